//! Compares schemas before and after the conversion.

use crate::Document;
use crate::normalise::Record;

/// Returns this schema after the conversion, and the codes of the decisions.
fn schema(text: &str) -> (serde_json::Value, Vec<&'static str>) {
    let text = format!("openapi: 3.1.0\npaths: {{}}\ncomponents: {{ schemas: {{ A: {text} }} }}");
    let mut root = Document::parse("a.yaml", &text).unwrap().root().clone();
    let mut record = Record::default();
    super::lower(&mut root, &mut record);
    let codes = record.into_notes().into_iter().map(|decision| decision.code).collect();
    assert_eq!(root.text("openapi"), Some("3.0.3"));
    let schema = &root.to_json()["components"]["schemas"]["A"];
    (schema.clone(), codes)
}

#[track_caller]
fn check(before: &str, after: &str, codes: &[&str]) {
    let expected: serde_json::Value =
        Document::parse("b.yaml", &format!("a: {after}")).unwrap().to_json()["a"].clone();
    let (found, recorded) = schema(before);
    assert_eq!(found, expected, "{before}: {found:#}");
    assert_eq!(recorded, codes, "{before}");
}

#[test]
fn lists_of_types_are_converted() {
    check("{ type: [string, 'null'] }", "{ type: string, nullable: true }", &[]);
    check("{ type: [string] }", "{ type: string }", &[]);
    check("{ type: 'null' }", "{ enum: [null], nullable: true }", &[]);
    check("{ type: ['null'] }", "{ enum: [null], nullable: true }", &[]);
    check("{ type: [integer, number] }", "{ type: number }", &[]);
    check("{ type: [] }", "{}", &[]);
    check(
        "{ description: D, type: [string, integer, 'null'], pattern: a, minimum: 2, enum: [a, 1] }",
        "{ description: D, nullable: true, oneOf: [{ type: string, pattern: a, enum: [a] }, { type: integer, minimum: 2, enum: [1] }] }",
        &[],
    );
    check(
        "{ type: [array, object, string], items: { type: [string, 'null'] }, properties: { a: {} }, format: date }",
        "{ oneOf: [{ type: array, items: { type: string, nullable: true } }, { type: object, properties: { a: {} } }, { type: string, format: date }] }",
        &[],
    );
    check("{ type: [string, number, boolean, array, object, 'null'] }", "{ nullable: true }", &[]);
    check(
        "{ type: string, nullable: true }",
        "{ type: string, nullable: true }",
        &["nullable-3-1"],
    );
}

#[test]
fn equivalent_keywords_are_converted() {
    check("{ const: a }", "{ enum: [a] }", &[]);
    check(
        "{ exclusiveMinimum: 1, maximum: 3, exclusiveMaximum: true }",
        "{ exclusiveMinimum: true, minimum: 1, maximum: 3, exclusiveMaximum: true }",
        &[],
    );
    check("{ examples: [1, 2] }", "{ example: 1 }", &[]);
    check("{ examples: [1, 2], example: 3 }", "{ example: 3 }", &[]);
    check("{ examples: [] }", "{}", &[]);
    check("{ type: string, contentEncoding: base64 }", "{ type: string, format: byte }", &[]);
    check(
        "{ type: string, contentMediaType: image/png }",
        "{ type: string, format: binary, x-openapi-keys-bytes: image/png }",
        &[],
    );
    check(
        "{ type: string, contentMediaType: image/png, contentEncoding: x }",
        "{ type: string }",
        &[],
    );
    check("{ $schema: a, $id: b, $anchor: c, $comment: d, $defs: { a: {} } }", "{}", &[]);
    check(
        "{ additionalProperties: true, items: true }",
        "{ additionalProperties: true, items: {} }",
        &[],
    );
    check(
        "{ patternProperties: { '^a': { type: string }, b: { type: string } }, additionalProperties: false }",
        "{ additionalProperties: { type: string } }",
        &[],
    );
    check(
        "{ prefixItems: [{ type: string }, { type: string }] }",
        "{ items: { type: string } }",
        &[],
    );
}

#[test]
fn lost_information_is_recorded() {
    check("{ if: {}, then: {}, else: {} }", "{}", &["schema-constraint"]);
    check("{ unevaluatedProperties: false }", "{}", &[]);
    check(
        "{ properties: { a: false, b: true } }",
        "{ properties: { a: {}, b: {} } }",
        &["false-schema"],
    );
    check(
        "{ patternProperties: { a: { type: string }, b: { type: number } } }",
        "{ additionalProperties: {} }",
        &["pattern-properties"],
    );
    check(
        "{ prefixItems: [{ type: string }], items: { type: number } }",
        "{ items: {} }",
        &["prefix-items"],
    );
}

#[test]
fn keys_outside_schemas_are_converted() {
    let text = "
openapi: 3.1.1
jsonSchemaDialect: a
info: { title: T, summary: S, license: { name: MIT, identifier: MIT } }
webhooks: { a: {}, b: {} }
components: { pathItems: {} }
";
    let mut root = Document::parse("a.yaml", text).unwrap().root().clone();
    let mut record = Record::default();
    super::lower(&mut root, &mut record);
    let expected = "
openapi: 3.0.3
info: { title: T, license: { name: MIT } }
components: {}
paths: {}
";
    assert_eq!(root.to_json(), Document::parse("b.yaml", expected).unwrap().to_json());
    let decisions = record.into_notes();
    assert_eq!(decisions.len(), 1);
    assert_eq!(decisions[0].code, "webhooks");
    assert!(decisions[0].message.contains('2'), "{}", decisions[0].message);
}

#[test]
fn documents_of_other_versions_are_unchanged() {
    let text = "openapi: 3.0.3\ncomponents: { schemas: { A: { const: a } } }";
    let mut root = Document::parse("a.yaml", text).unwrap().root().clone();
    super::lower(&mut root, &mut Record::default());
    assert_eq!(root.to_json(), Document::parse("a.yaml", text).unwrap().to_json());
}
