//! Tests documents before and after their references are resolved.

use crate::normalise::Record;
use crate::{Document, Node};

/// Returns the resolved document as JSON, and the codes of the decisions.
fn resolved(text: &str) -> (serde_json::Value, Vec<&'static str>) {
    let document = Document::parse("a.yaml", text).unwrap();
    let mut root: Node = document.root().clone();
    let mut record = Record::default();
    let diagnostics = super::resolve(&mut root, &mut record);
    assert!(diagnostics.is_empty());
    let codes = record.into_notes().into_iter().map(|decision| decision.code).collect();
    (root.to_json(), codes)
}

#[track_caller]
fn check(before: &str, after: &str, codes: &[&str]) {
    let expected = Document::parse("b.yaml", after).unwrap().to_json();
    let (found, recorded) = resolved(before);
    assert_eq!(found, expected, "{found:#}");
    assert_eq!(recorded, codes);
}

#[test]
fn direct_references_are_kept() {
    let text = r##"
openapi: 3.0.3
paths:
  /a:
    get:
      parameters: [{ $ref: "#/components/parameters/P" }]
      responses: { "200": { $ref: "#/components/responses/R" } }
components:
  parameters: { P: { name: p, in: query, schema: { $ref: "#/components/schemas/A" } } }
  responses: { R: { description: "", content: { application/json: { example: { $ref: x } } } } }
  schemas: { A: { properties: { $ref: { type: string } } } }
"##;
    check(text, text, &[]);
}

#[test]
fn aliases_are_removed_and_null_is_kept() {
    check(
        r##"
openapi: 3.0.3
components:
  schemas:
    A: { $ref: "#/components/schemas/B", nullable: true }
    B: { $ref: "#/components/schemas/C" }
    C: { type: object, properties: { a: { $ref: "#/components/schemas/A", description: One. } } }
"##,
        r##"
openapi: 3.0.3
components:
  schemas:
    C: { type: object, properties: { a: { $ref: "#/components/schemas/C", description: One., nullable: true } } }
"##,
        &["reference-alias", "reference-alias"],
    );
}

#[test]
fn cycles_and_lost_references_accept_any_json() {
    check(
        r##"
openapi: 3.0.3
components:
  schemas:
    A: { $ref: "#/components/schemas/B" }
    B: { $ref: "#/components/schemas/A" }
    C:
      properties:
        a: { $ref: "#/components/schemas/Nothing", description: Gone. }
        b: { $ref: "other.yaml#/A" }
        c: { $ref: 5 }
"##,
        r##"
openapi: 3.0.3
components:
  schemas:
    A: {}
    B: {}
    C: { properties: { a: { description: Gone. }, b: {}, c: {} } }
"##,
        &[
            "reference-cycle",
            "reference-cycle",
            "unresolved-reference",
            "external-reference",
            "unresolved-reference",
        ],
    );
}

#[test]
fn unnamed_targets_of_references_get_names() {
    check(
        r##"
openapi: 3.0.3
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        "200": { content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Page%5BA%5D" } } } } }
components:
  schemas:
    "Page[A]":
      properties:
        id: { type: string, format: uuid }
        inner: { description: In., nullable: true, properties: { deep: { enum: [a] } } }
    B:
      properties:
        id: { $ref: "#/components/schemas/Page[A]/properties/id", description: Own. }
        inner: { $ref: "#/components/schemas/Page[A]/properties/inner" }
        deep: { $ref: "#/components/schemas/Page[A]/properties/inner/properties/deep" }
        list: { $ref: "#/paths/~1orders/get/responses/200/content/application~1json/schema" }
"##,
        r##"
openapi: 3.0.3
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        "200": { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersResponse" } } } }
components:
  schemas:
    "Page[A]":
      properties:
        id: { type: string, format: uuid }
        inner: { $ref: "#/components/schemas/PageAInner", nullable: true, description: In. }
    B:
      properties:
        id: { type: string, format: uuid, description: Own. }
        inner: { $ref: "#/components/schemas/PageAInner", nullable: true }
        deep: { $ref: "#/components/schemas/PageAInnerDeep" }
        list: { $ref: "#/components/schemas/ListOrdersResponse" }
    PageAInnerDeep: { enum: [a] }
    PageAInner: { description: In., properties: { deep: { $ref: "#/components/schemas/PageAInnerDeep" } } }
    ListOrdersResponse: { type: array, items: { $ref: "#/components/schemas/Page[A]" } }
"##,
        &[],
    );
}

#[test]
fn the_definitions_of_json_schema_are_found() {
    check(
        r##"
openapi: 3.1.0
components:
  schemas:
    A:
      $ref: "#/$defs/Node"
      $defs: { Node: { properties: { next: { $ref: "#/$defs/Node" }, top: { $ref: "#" } } } }
    B: { items: { $ref: "#/definitions/A" } }
"##,
        r##"
openapi: 3.1.0
components:
  schemas:
    B: { items: { $ref: "#/components/schemas/ANode" } }
    ANode:
      properties:
        next: { $ref: "#/components/schemas/ANode" }
        top: { $ref: "#/components/schemas/ANode" }
"##,
        &["reference-alias"],
    );
}

#[test]
fn the_required_key_of_a_property_is_kept() {
    let text = r##"
openapi: 3.0.3
components:
  schemas: { A: { properties: { a: { $ref: "#/components/schemas/A", required: true } } } }
"##;
    check(text, text, &[]);
}

#[test]
fn long_strings_are_not_copied() {
    let long = "x".repeat(1000);
    let text = format!(
        r##"
openapi: 3.0.3
components:
  schemas:
    A: {{ properties: {{ a: {{ type: string, description: {long} }} }} }}
    B: {{ $ref: "#/components/schemas/A/properties/a" }}
"##
    );
    let (found, _) = resolved(&text);
    assert_eq!(found["components"]["schemas"]["B"], serde_json::json!({ "type": "string" }));
}

#[test]
fn a_path_with_a_reference_keeps_its_own_operations() {
    check(
        r##"
openapi: 3.0.3
paths:
  x-a: { $ref: "#/nowhere" }
  /a: { $ref: "#/paths/~1b", get: { operationId: own, responses: { x-a: { $ref: "#/nowhere" } } } }
  /b: { get: { operationId: b }, put: { operationId: c } }
  /c: { $ref: c.yaml, get: { operationId: d } }
"##,
        r##"
openapi: 3.0.3
paths:
  x-a: { $ref: "#/nowhere" }
  /a: { get: { operationId: own, responses: { x-a: { $ref: "#/nowhere" } } }, put: { operationId: c } }
  /b: { get: { operationId: b }, put: { operationId: c } }
  /c: { get: { operationId: d } }
"##,
        &["external-reference"],
    );
}

#[test]
fn keys_next_to_a_reference_apply_only_in_3_1() {
    let schemas = r##"
components:
  schemas:
    A: { type: object }
    B: { properties: { a: { $ref: "#/components/schemas/A", title: T, required: [x] } } }
"##;
    check(
        &format!("openapi: 3.0.3{schemas}"),
        r##"
openapi: 3.0.3
components:
  schemas:
    A: { type: object }
    B: { properties: { a: { $ref: "#/components/schemas/A", title: T } } }
"##,
        &["reference-siblings"],
    );
    check(
        &format!("openapi: 3.1.0{schemas}"),
        r##"
openapi: 3.1.0
components:
  schemas:
    A: { type: object }
    B: { properties: { a: { title: T, allOf: [{ $ref: "#/components/schemas/A" }, { required: [x] }] } } }
"##,
        &[],
    );
}

#[test]
fn values_of_discriminators_become_references() {
    check(
        r##"
openapi: 3.0.3
components:
  schemas:
    Cat: { type: object }
    Tom: { $ref: "#/components/schemas/Cat" }
    Pet:
      discriminator:
        propertyName: kind
        mapping: { a: Cat, b: ./cat.yaml, c: "#/components/schemas/Tom", d: Dog, e: "schemas.json#/Cat" }
"##,
        r##"
openapi: 3.0.3
components:
  schemas:
    Cat: { type: object }
    Pet:
      discriminator:
        propertyName: kind
        mapping:
          a: "#/components/schemas/Cat"
          b: "#/components/schemas/Cat"
          c: "#/components/schemas/Cat"
          e: "#/components/schemas/Cat"
"##,
        &["discriminator-mapping", "reference-alias"],
    );
}

#[test]
fn references_to_paths_and_unusual_places_are_replaced_by_copies() {
    check(
        r##"
openapi: 3.1.0
paths:
  /a: { $ref: "#/components/pathItems/A" }
  /b: { $ref: "#/paths/~1a" }
  /c: { $ref: "c.yaml" }
components:
  pathItems:
    A: { get: { parameters: [{ $ref: "#/components/parameters/Alias" }], responses: { "200": { $ref: "#/components/schemas/S" } } } }
  parameters:
    Alias: { $ref: "#/components/parameters/Own/Name" }
    Own/Name: { name: a, in: query }
  schemas: { S: { type: object } }
"##,
        r##"
openapi: 3.1.0
paths:
  /a: { get: { parameters: [{ name: a, in: query }], responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } } } }
  /b: { get: { parameters: [{ name: a, in: query }], responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } } } }
components:
  pathItems:
    A: { get: { parameters: [{ name: a, in: query }], responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } } } }
  parameters:
    Alias: { name: a, in: query }
    Own/Name: { name: a, in: query }
  schemas: { S: { type: object } }
"##,
        &["reference-kind", "reference-kind", "reference-kind", "external-reference"],
    );
}

#[test]
fn operations_that_cannot_be_read_are_marked() {
    let text = r##"
openapi: 3.0.3
paths:
  /a:
    parameters: [{ $ref: "#/nowhere" }]
    get: { operationId: a }
  /b:
    get: { operationId: b, responses: { "200": { $ref: "#/components/responses/R" } } }
    put: { operationId: c, requestBody: { $ref: "http://x.example/y" } }
    post: { operationId: d, security: [{ s: [] }] }
    patch: { operationId: e, responses: { "200": { headers: { H: { $ref: "#/nowhere" } } } } }
components:
  responses: { R: { $ref: "#/components/responses/Nothing" } }
  securitySchemes: { s: { $ref: "s.yaml" } }
"##;
    let (found, _) = resolved(text);
    let code = |path: &str, method: &str| {
        let omit = &found["paths"][path][method]["x-openapi-keys-omit"];
        omit["code"].as_str().map(str::to_owned)
    };
    assert_eq!(code("/a", "get").as_deref(), Some("unresolved-reference"));
    assert_eq!(code("/b", "get").as_deref(), Some("unresolved-reference"));
    assert_eq!(code("/b", "put").as_deref(), Some("external-reference"));
    assert_eq!(code("/b", "post").as_deref(), Some("external-reference"));
    assert_eq!(code("/b", "patch"), None);
}
