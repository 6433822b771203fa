//! Tests schemas before and after the cleanup.

use crate::normalise::Record;
use crate::{Document, Settings};

fn schemas(text: &str) -> (serde_json::Value, Vec<&'static str>) {
    let text = format!("components: {{ schemas: {text} }}");
    let mut root = Document::parse("a.yaml", &text).unwrap().root().clone();
    let mut settings = Settings::new("cargo run", "a.yaml");
    settings.formats.insert("date".to_owned(), "crate::Date".to_owned());
    settings.formats.insert("slug".to_owned(), "::std::string::String".to_owned());
    let mut record = Record::default();
    super::plain(&mut root, &settings, &mut record);
    let once = root.to_json();
    super::plain(&mut root, &settings, &mut Record::default());
    assert_eq!(root.to_json(), once, "running it again must change nothing");
    let codes = record.into_notes().into_iter().map(|decision| decision.code).collect();
    (once["components"]["schemas"].clone(), codes)
}

/// Checks a named schema.
#[track_caller]
fn check(before: &str, after: &str, codes: &[&str]) {
    let text = format!("a: {{ A: {after} }}");
    let expected = Document::parse("b.yaml", &text).unwrap().to_json()["a"].clone();
    let (found, recorded) = schemas(&format!("{{ A: {before} }}"));
    assert_eq!(found, expected, "{before}: {found:#}");
    assert_eq!(recorded, codes, "{before}");
}

/// Checks a property with the name `p`.
#[track_caller]
fn property(before: &str, after: &str, codes: &[&str]) {
    let around = |inner: &str| format!("{{ type: object, properties: {{ p: {inner} }} }}");
    check(&around(before), &around(after), codes);
}

#[test]
fn plain_schemas_are_unchanged() {
    for schema in [
        "{ type: object, properties: { a: { type: string, nullable: true, x-expected: true } }, required: [a], x-filled-by-client: { a: b } }",
        "{ type: string, enum: [a], x-open-enum: true }",
        "{ type: array, items: { type: integer, format: int64, minimum: 0 } }",
        "{ type: object, additionalProperties: { type: string, format: date } }",
        "{}",
        "{ allOf: [{ required: [a] }, { $ref: x }] }",
        "{ oneOf: [{ required: [a] }], discriminator: { propertyName: a } }",
        "{ type: string, format: email, description: D, default: a, pattern: b, maxLength: 1 }",
    ] {
        check(schema, schema, &[]);
    }
}

#[test]
fn missing_types_are_derived_from_keywords() {
    let code = &["missing-type"];
    check("{ properties: { a: {} } }", "{ type: object, properties: { a: {} } }", code);
    check("{ items: {} }", "{ type: array, items: {} }", code);
    check("{ enum: [a, null] }", "{ type: string, enum: [a, null] }", code);
    check("{ enum: [1, 2] }", "{ type: integer, enum: [1, 2] }", code);
    check("{ enum: [1, 2.5] }", "{ type: number, enum: [1, 2.5] }", code);
    check("{ enum: [1, a] }", "{ enum: [1, a] }", &[]);
    check("{ pattern: a }", "{ type: string, pattern: a }", code);
    check("{ minimum: 1, format: int32 }", "{ type: integer, minimum: 1, format: int32 }", code);
    check("{ additionalProperties: true }", "{ additionalProperties: true }", &[]);
    check("{ format: email }", "{ type: string, format: email }", code);
}

#[test]
fn type_names_of_other_languages_are_understood() {
    let code = &["unknown-type"];
    check("{ type: int }", "{ type: integer }", code);
    check("{ type: Long }", "{ type: integer, format: int64 }", code);
    check("{ type: bool }", "{ type: boolean }", code);
    check("{ type: date }", "{ type: string, format: date }", code);
    check("{ type: float }", "{ type: number, format: float }", code);
    check("{ type: any }", "{}", &[]);
    check("{ type: Order }", "{}", code);
    check("{ type: 5 }", "{}", code);
    check("{ type: [string, 'null'] }", "{ type: string, nullable: true }", &[]);
}

#[test]
fn values_of_the_wrong_kind_are_fixed() {
    check("{ description: , type: string, example: }", "{ type: string, example: null }", &[]);
    check(
        "{ type: string, nullable: 'true', deprecated: 5 }",
        "{ type: string, nullable: true }",
        &[],
    );
    check("{ type: object, properties: {} }", "{ type: object }", &[]);
    check("{ type: object, properties: [a] }", "{ type: object }", &[]);
    check("{ type: string, enum: a }", "{ type: string, enum: [a] }", &[]);
    check("{ type: string, enum: [] }", "{ type: string }", &[]);
    check("{ type: string, x-nullable: true }", "{ type: string, nullable: true }", &[]);
    check("text", "{}", &["schema-shape"]);
    check("true", "{}", &[]);
    check("{ x-rust-type: a, x-openapi-keys-a: b, x-other: c, xml: {} }", "{ x-other: c }", &[]);
}

#[test]
fn required_contains_only_names_of_properties() {
    check(
        "{ type: object, properties: { a: { type: string, required: true }, b: { type: string, required: false }, c: {} }, required: [c, c] }",
        "{ type: object, properties: { a: { type: string }, b: { type: string }, c: {} }, required: [c, a] }",
        &[],
    );
    check(
        "{ type: object, properties: { a: {} }, required: [b] }",
        "{ type: object, properties: { a: {} } }",
        &["required-without-property"],
    );
    check("{ type: object, required: a }", "{ type: object }", &["schema-shape"]);
    check("{ type: object, required: true }", "{ type: object }", &[]);
}

#[test]
fn every_list_has_items() {
    check("{ type: array }", "{ type: array, items: {} }", &["missing-items"]);
    check(
        "{ type: array, items: [{ type: string }, { type: string }] }",
        "{ type: array, items: { type: string } }",
        &[],
    );
    check(
        "{ type: array, items: [{ type: string }, {}] }",
        "{ type: array, items: {} }",
        &["missing-items"],
    );
    check(
        "{ items: [{ type: string }] }",
        "{ type: array, items: { type: string } }",
        &["missing-type"],
    );
    check(
        "{ type: array, enum: [a, b], items: { type: string } }",
        "{ type: array, items: { type: string, enum: [a, b] } }",
        &["misplaced-keyword"],
    );
}

#[test]
fn keywords_of_other_types_are_dropped() {
    check("{ type: string, items: {}, minimum: 1 }", "{ type: string }", &["misplaced-keyword"]);
    check(
        "{ type: integer, minimum: 1, pattern: a }",
        "{ type: integer, minimum: 1 }",
        &["misplaced-keyword"],
    );
    check("{ type: string, collectionFormat: csv, name: a }", "{ type: string }", &["unknown-key"]);
    property("{ type: boolean, title: T }", "{ type: boolean, description: T }", &[]);
    property("{ $ref: a, title: T, description: D }", "{ $ref: a, description: D }", &[]);
}

#[test]
fn known_formats_are_kept_and_others_become_remarks() {
    let code = &["format"];
    property("{ type: string, format: date }", "{ type: string, format: date }", &[]);
    property(
        "{ type: string, format: date-time, description: D. }",
        "{ type: string, description: \"D.\\n\\nFormat: `date-time`.\" }",
        code,
    );
    property("{ type: string, format: slug }", "{ type: string, format: slug }", &[]);
    check(
        "{ type: string, format: slug }",
        "{ type: string, description: 'Format: `slug`.' }",
        code,
    );
    check("{ type: string, format: string }", "{ type: string }", &[]);
    check(
        "{ type: integer, format: unix-time }",
        "{ type: integer, description: 'Format: `unix-time`.' }",
        code,
    );
    check("{ type: integer, format: INT32 }", "{ type: integer, format: int32 }", &[]);
    check(
        "{ type: number, format: int64 }",
        "{ type: number, description: 'Format: `int64`.' }",
        code,
    );
    let (_, codes) =
        schemas("{ A: { type: string, format: uuid }, B: { type: string, format: uuid } }");
    assert_eq!(codes, ["format"]);
}
