//! Tests pagination, whose settings have to match the document.

use openapi_keys::{PageStyle, Pagination, generate};

use super::{HEAD, generated_with, has, settings};

fn document() -> String {
    format!(
        "{HEAD}paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - {{ name: after, in: query, schema: {{ type: string }} }}
        - {{ name: page, in: query, schema: {{ type: integer }} }}
        - {{ name: must, in: query, required: true, schema: {{ type: integer }} }}
      responses: {{ '200': {{ description: A page, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Page' }} }} }} }} }}
    post:
      operationId: search
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}
      responses: {{ '200': {{ description: A page, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Page' }} }} }} }} }}
  /done:
    get: {{ operationId: done, responses: {{ '204': {{ description: Done }} }} }}
components:
  schemas:
    Page:
      type: object
      properties:
        data: {{ type: array, items: {{ type: string }} }}
        next: {{ type: string }}
        total: {{ type: integer }}
"
    )
}

fn cursor(parameter: &str, next: &str) -> PageStyle {
    PageStyle::Cursor { parameter: parameter.to_owned(), next: next.to_owned() }
}

#[track_caller]
fn refused(pagination: Pagination, expected: &str) {
    let mistakes = generate(&document(), &settings().with_pagination([pagination])).unwrap_err();
    let [mistake] = mistakes.list() else { panic!("{mistakes}") };
    assert_eq!(mistake.code, "settings");
    assert!(mistake.message.contains(expected), "{}", mistake.message);
}

#[test]
fn settings_that_do_not_match_the_document_are_errors() {
    let orders = |style| Pagination::new("listOrders", style).with_items("data");
    refused(
        Pagination::new("listOrder", PageStyle::Link),
        "`Settings::pagination` of `listOrder` is for an operation that isn't in the client",
    );
    refused(
        Pagination::new("done", PageStyle::Link),
        "is for an operation without a response body",
    );
    refused(Pagination::new("search", PageStyle::Link), "is for an operation with a body");
    refused(Pagination::new("listOrders", PageStyle::Link), "has no `items`");
    refused(
        orders(PageStyle::Link).with_items("date"),
        "names `date`, which the response doesn't have",
    );
    refused(
        orders(PageStyle::Link).with_items("next"),
        "uses `next` as `items`, but that isn't a list",
    );
    refused(
        orders(PageStyle::Link).with_more("next"),
        "uses `next` as `more`, but that isn't a boolean",
    );
    refused(orders(cursor("before", "next")), "names `before`, which isn't a query parameter");
    refused(orders(cursor("after", "next.id")), "names `next.id`, which the response doesn't have");
    refused(
        orders(cursor("after", "total")),
        "copies `total` to the `after` parameter, which has a different type",
    );
    refused(
        orders(PageStyle::Page { parameter: "after".to_owned(), first: 1 }),
        "names the `after` parameter, which isn't an integer",
    );
    refused(
        orders(PageStyle::Offset { parameter: "must".to_owned() }),
        "names the `must` parameter, which isn't optional",
    );
    let last = PageStyle::LastItem { parameter: "after".to_owned(), property: "id".to_owned() };
    refused(orders(last), "uses a property of items that aren't objects");
}

#[test]
fn matching_settings_generate_streams() {
    let pagination = Pagination::new("listOrders", cursor("after", "next")).with_items("data");
    let output = generated_with(&document(), &settings().with_pagination([pagination]));
    has(
        &output,
        "operations/api/list_orders.rs",
        &["pubfnitems(self)->Items<Self>", "typeItem=String;"],
    );
}
