//! Tests `Settings::formats`: the type for a format is used everywhere, regardless of the keys next
//! to `format`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first error")]

use std::collections::BTreeMap;

use openapi_keys::{Bound, Server, Settings, generate};

fn settings(formats: &[(&str, &str)]) -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
        .with_bounds([Bound::new("Reader", "crate::scope::Reader", "a reader", &[&["reader"]])])
        .with_formats(formats.iter().copied())
        .with_server(Server::new("crate::runtime", "::shop"))
}

/// Returns a document with the `amount` format in parameters, bodies and schemas. The text `beside`
/// adds keys next to each `format`.
fn document(beside: &str) -> String {
    r##"
openapi: 3.0.3
info: { title: Shop, version: "1" }
tags: [{ name: orders, description: Orders. }]
paths:
  /orders/{since}:
    servers: [{ url: https://shop.example }]
    parameters: [{ name: since, in: path, required: true, schema: { type: string, format: amount BESIDE } }]
    patch:
      operationId: changeOrders
      tags: [orders]
      security: [{ reader: [] }]
      parameters:
        - { name: least, in: query, required: true, schema: { type: string, format: amount BESIDE } }
        - { name: most, in: query, schema: { type: string, format: amount BESIDE } }
        - { name: X-Sum, in: header, schema: { type: string, format: amount BESIDE } }
        - { $ref: "#/components/parameters/step" }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Change" } } }
      responses:
        "200":
          description: Changed.
          content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
components:
  securitySchemes: { reader: { type: apiKey, in: header, name: x-reader } }
  parameters:
    step: { name: step, in: query, schema: { type: string, format: amount BESIDE } }
  schemas:
    Change:
      type: object
      required: [total, tax]
      properties:
        total: { type: string, format: amount BESIDE }
        tip: { type: string, format: amount BESIDE }
        tax: { type: string, format: amount, nullable: true BESIDE }
        fee: { type: string, format: amount, nullable: true BESIDE }
        parts: { type: array, items: { type: string, format: amount BESIDE } }
        rates: { type: object, additionalProperties: { type: string, format: amount BESIDE } }
        deep: { type: object, additionalProperties: { type: array, items: { type: string, format: amount, nullable: true BESIDE } } }
        price: { $ref: "#/components/schemas/Price" }
    Price: { type: string, format: amount BESIDE }
    Order:
      type: object
      properties:
        paid: { type: string, format: amount BESIDE }
        rest: { type: string, format: amount, nullable: true BESIDE }
"##
    .replace(" BESIDE", beside)
}

/// Returns the generated code without documentation and without the hash of the document.
fn code(beside: &str) -> BTreeMap<String, String> {
    let output = generate(&document(beside), &settings(&[("amount", "crate::Amount")]));
    assert!(output.is_ok(), "{beside}: {}", output.unwrap_err());
    let output = output.unwrap();
    let bare = |text: String| {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let server = output.server.into_iter().map(|(name, text)| (format!("server/{name}"), text));
    output.client.into_iter().chain(server).map(|(name, text)| (name, bare(text))).collect()
}

/// Returns all types in one string.
fn types(files: &BTreeMap<String, String>) -> String {
    let types = files.iter().filter(|(name, _)| name.starts_with("types/"));
    types.map(|(_, text)| text.as_str()).collect()
}

#[test]
fn keys_next_to_a_format_do_not_change_its_type() {
    let plain = code("");
    let types = types(&plain);
    for field in [
        "total: Amount,",
        "tip: Option<Amount>,",
        "tax: Option<Amount>,",
        "fee: Nullable<Amount>,",
        "parts: Option<Vec<Amount>>,",
        "struct Price(pub Amount);",
        "rest: Option<Amount>,",
    ] {
        assert!(types.contains(field), "no `{field}` in {types}");
    }
    let server: String = plain
        .iter()
        .filter(|(name, _)| name.starts_with("server/"))
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(server.contains("since: Amount") && server.contains("use shop::"), "{server}");
    for beside in [
        ", x-note: A note",
        ", x-note: { deep: [1] }, x-other: null",
        ", description: A sum.",
        ", example: \"1.00\"",
        ", deprecated: true",
        ", externalDocs: { url: \"https://shop.example/docs\" }",
        ", description: A sum., x-note: A note, example: \"1.00\", deprecated: true",
    ] {
        for (name, text) in code(beside) {
            assert!(text == plain[&name], "{name} must not change with `{beside}`:\n{text}");
        }
    }
}

/// Returns the setter of a property with this format in a request.
fn setter(path: &str) -> String {
    let output = generate(&document(""), &settings(&[("amount", path)])).unwrap();
    let types = types(&output.client);
    let setter = types.split("pub fn tip(").nth(1).unwrap().split('}').next().unwrap();
    setter.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_type_of_the_standard_library_is_recognised_by_its_full_path() {
    for (path, written) in [
        ("crate::String", "crate::String"),
        ("crate::MyString", "MyString"),
        ("::text::String", "text::String"),
        ("crate::string::String", "crate::string::String"),
        ("crate::Option", "crate::Option"),
        ("crate::Vec", "crate::Vec"),
        ("crate::Box", "crate::Box"),
        ("crate::HashMap", "HashMap"),
        ("crate::Value", "Value"),
    ] {
        let expected = format!("mut self, tip: {written}) -> Self {{ self.tip = Some(tip); self");
        assert_eq!(setter(path), expected);
    }
}
