//! Tests properties that only one side sends.

use super::normalise;
use crate::normalise::Record;
use crate::{Document, Node};

/// Checks a property in three schemas: `Sent` for requests, `Received` for responses, and `Both`
/// for both.
fn check(property: &str, sent: &str, received: &str, both: &str, decisions: usize) {
    let schema =
        format!("{{ type: object, required: [id, p], properties: {{ id: {{}}, p: {property} }} }}");
    let text = format!(
        "
paths:
  /a:
    post:
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Sent' }} }} }} }}
      responses:
        '200': {{ $ref: '#/components/responses/Ok' }}
    put:
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Both' }} }} }} }}
      responses:
        '200': {{ content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: '#/components/schemas/Both' }} }} }} }} }}
components:
  responses:
    Ok: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Received' }} }} }} }}
  schemas:
    Sent: {schema}
    Received: {schema}
    Both: {schema}
    Stamp: {{ type: string, readOnly: true }}
"
    );
    let Ok(document) = Document::parse("test.yaml", &text) else {
        panic!("this must be YAML: {text}")
    };
    let mut root = document.root().clone();
    let mut record = Record::default();
    normalise(&mut root, &mut record);
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let found = |name: &str| {
        let schema = schemas.and_then(|schemas| schemas.get(name));
        let part =
            |key: &str| schema.and_then(|it| it.get(key)).map(Node::to_string).unwrap_or_default();
        format!("{} {}", part("required"), part("properties"))
    };
    assert_eq!(found("Sent"), sent);
    assert_eq!(found("Received"), received);
    assert_eq!(found("Both"), both);
    assert_eq!(record.into_notes().len(), decisions);
}

#[test]
fn read_only_properties_are_removed_from_requests() {
    check(
        "{ type: string, readOnly: true }",
        r#"["id"] {"id":{}}"#,
        r#"["id","p"] {"id":{},"p":{"type":"string"}}"#,
        r#"["id"] {"id":{},"p":{"readOnly":true,"type":"string"}}"#,
        2,
    );
}

#[test]
fn write_only_properties_are_removed_from_responses() {
    check(
        "{ type: string, writeOnly: true }",
        r#"["id","p"] {"id":{},"p":{"type":"string"}}"#,
        r#"["id"] {"id":{}}"#,
        r#"["id"] {"id":{},"p":{"type":"string","writeOnly":true}}"#,
        2,
    );
}

#[test]
fn a_mark_is_found_through_a_reference() {
    check(
        "{ $ref: '#/components/schemas/Stamp' }",
        r#"["id"] {"id":{}}"#,
        r##"["id","p"] {"id":{},"p":{"$ref":"#/components/schemas/Stamp"}}"##,
        r##"["id"] {"id":{},"p":{"$ref":"#/components/schemas/Stamp","readOnly":true}}"##,
        2,
    );
}

#[test]
fn both_marks_together_are_ignored() {
    let same = r#"["id","p"] {"id":{},"p":{"type":"string"}}"#;
    check("{ type: string, readOnly: true, writeOnly: true }", same, same, same, 0);
}

/// An object without properties would be a map.
#[test]
fn the_last_property_becomes_optional() {
    let text = "
paths:
  /a:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
components:
  schemas:
    A: { type: object, required: [p], properties: { p: { type: string, readOnly: true } } }
";
    let Ok(document) = Document::parse("test.yaml", text) else { panic!("this must be YAML") };
    let mut root = document.root().clone();
    let mut record = Record::default();
    normalise(&mut root, &mut record);
    let messages: Vec<_> = record.into_notes().into_iter().map(|note| note.message).collect();
    let expected = "Property `p` of schema `A` is optional, because it is `readOnly` and requests never contain it. It \
                    isn't left out, because it is the only property left.";
    assert_eq!(messages, [expected]);
}
