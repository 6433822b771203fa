//! Tests that the generator accepts five operations, written as a new contributor would add them to
//! `openapi/mileston.yaml`.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may panic")]

use openapi_keys::Output;
use xtask::codegen::{DOCUMENT, settings};

/// Five operations with common features: a query parameter that is a list with an inline enum; a query parameter with
/// limits; an inline list of objects in a body; a security requirement with two alternatives; `deprecated`; a success
/// response without a body.
const OPERATIONS: &str = r##"
  /payment-link/search:
    servers: [{ url: https://payment-service.mileston.co }]
    get:
      operationId: searchPaymentLinks
      tags: [paymentLinks]
      summary: Lists payment links by their state.
      security: [{ normalKey: [], businessId: [] }]
      parameters:
        - name: state
          in: query
          schema: { type: array, items: { type: string, enum: [open, paid, expired] } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100, default: 20 } }
      responses:
        "200":
          description: The links.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/PaymentLink" } } } }
  /payment-link/batch:
    servers: [{ url: https://payment-service.mileston.co }]
    post:
      operationId: createPaymentLinkBatch
      tags: [paymentLinks]
      summary: Creates several payment links.
      security: [{ normalKey: [], businessId: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [links]
              properties:
                links:
                  type: array
                  items:
                    type: object
                    required: [amount]
                    properties:
                      amount: { type: string, description: The amount. }
                      title: { type: string, nullable: true, maxLength: 80 }
      responses:
        "201":
          description: Created.
          content: { application/json: { schema: { $ref: "#/components/schemas/PaymentLinkList" } } }
  /payment-link/{id}/views:
    servers: [{ url: https://payment-service.mileston.co }]
    get:
      operationId: getPaymentLinkViews
      tags: [paymentLinks]
      summary: Returns how many times a payment link was opened.
      security: [{ normalKey: [], businessId: [] }, { checkoutKey: [], businessId: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: The count.
          content:
            application/json:
              schema:
                allOf:
                  - { $ref: "#/components/schemas/Acknowledgement" }
                  - { type: object, properties: { views: { type: integer, minimum: 0 } } }
  /payment-link/{id}/remind:
    servers: [{ url: https://payment-service.mileston.co }]
    post:
      operationId: remindPayer
      tags: [paymentLinks]
      summary: Reminds the payer.
      deprecated: true
      security: [{ normalKey: [], businessId: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "202": { description: Accepted. } }
    delete:
      operationId: cancelReminder
      tags: [paymentLinks]
      summary: Cancels the reminder.
      security: [{ normalKey: [], businessId: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Cancelled. } }
"##;

fn generated(operations: &str) -> Output {
    let text = std::fs::read_to_string(xtask::root().join(DOCUMENT)).unwrap();
    let text = text.replacen("\ncomponents:\n", &format!("{operations}\ncomponents:\n"), 1);
    openapi_keys::generate(&text, &settings()).unwrap_or_else(|refused| panic!("{refused}"))
}

#[test]
fn five_ordinary_operations_are_accepted() {
    let output = generated(OPERATIONS);
    let report = &output.report;
    assert_eq!((report.operations, report.generated), (47, 47));
    let file = |name: &str| {
        let file = output.client.get(&format!("operations/payment_links/{name}.rs"));
        file.unwrap_or_else(|| panic!("{:?}", output.client.keys()))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let search = file("search");
    assert!(
        search.contains("pub fn state(mut self, state: Vec<types::SearchPaymentLinksStateItem>)"),
        "{search}"
    );
    assert!(
        search.contains(".query_as(\"state\", Style::FORM.explode(), self.state.as_ref())"),
        "{search}"
    );
    assert!(search.contains("Between 1 and 100."), "{search}");
    let batch = file("create_batch");
    assert!(batch.contains("links: Vec<types::CreatePaymentLinkBatchBodyLinksItem>"), "{batch}");
    let views = file("get_views");
    assert!(views.contains("K: scope::Keyed"), "{views}");
    let remind = file("remind_payer");
    assert!(remind.contains("#[deprecated]"), "{remind}");
    let cancel = file("cancel_reminder");
    assert!(cancel.contains("K: scope::Normal"), "{cancel}");
}

/// Tests the operation in docs/spec.md, and the method that the page names.
#[test]
fn the_operation_in_the_spec_guide_becomes_the_method_named_there() {
    let page = std::fs::read_to_string(xtask::root().join("docs/spec.md")).unwrap();
    let block = page.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let output = generated(&format!("\n{block}"));
    let file = &output.client["operations/payment_links/get_views.rs"];
    assert!(page.contains("`payment_links().get_views(payment_link_id)`"));
    assert!(file.contains("pub fn get_views(") && file.contains("payment_link_id:"), "{file}");
    assert!(file.contains("K: scope::Normal"), "{file}");
}
