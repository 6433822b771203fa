//! Tests `nullable` in every position.

use super::super::testing::check;
use super::move_to_places;
use crate::normalise::Record;
use crate::{Document, Node};

#[test]
fn nullable_moves_from_named_schemas_to_their_uses() {
    check(
        move_to_places,
        "
State: { type: string, nullable: true }
Order:
  type: object
  properties:
    state: { $ref: '#/components/schemas/State' }
    list: { type: array, items: { $ref: '#/components/schemas/State' } }
    map: { type: object, additionalProperties: { $ref: '#/components/schemas/State' } }
    off: { type: string, nullable: false }",
        "
State: { type: string }
Order:
  type: object
  properties:
    state: { $ref: '#/components/schemas/State', nullable: true }
    list: { type: array, items: { $ref: '#/components/schemas/State', nullable: true } }
    map: { type: object, additionalProperties: { $ref: '#/components/schemas/State', nullable: true } }
    off: { type: string }",
        &[],
    );
}

#[test]
fn nullable_moves_from_alternatives_to_their_union() {
    check(
        move_to_places,
        "
A: { type: string, nullable: true }
B: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: integer }] }
C: { oneOf: [{ $ref: '#/components/schemas/B' }, { type: boolean }] }
D: { type: object, properties: { c: { $ref: '#/components/schemas/C' }, d: { oneOf: [{ type: string, nullable: true }, { type: integer }] } } }",
        "
A: { type: string }
B: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: integer }] }
C: { oneOf: [{ $ref: '#/components/schemas/B' }, { type: boolean }] }
D: { type: object, properties: { c: { $ref: '#/components/schemas/C', nullable: true }, d: { oneOf: [{ type: string }, { type: integer }], nullable: true } } }",
        &[],
    );
}

#[test]
fn bodies_keep_nullable_and_parameters_do_not() {
    let text = "
paths:
  /a:
    get:
      parameters: [{ name: p, in: query, schema: { type: string, nullable: true } }]
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
components: { schemas: { A: { type: string, nullable: true } } }";
    let Ok(document) = Document::parse("test.yaml", text) else { panic!("not YAML") };
    let mut root = document.root().clone();
    let mut record = Record::default();
    move_to_places(&mut root, &mut record);
    let at = |path: &[&str]| {
        path.iter().try_fold(&root, |node, key| match *key {
            "0" => node.items().first(),
            key => node.get(key),
        })
    };
    let schema =
        at(&["paths", "/a", "get", "responses", "200", "content", "application/json", "schema"]);
    assert!(schema.is_some_and(|schema| schema.is_true("nullable")));
    let schema = at(&["paths", "/a", "get", "parameters", "0", "schema"]);
    assert_eq!(schema.map(Node::to_string).as_deref(), Some("{\"type\":\"string\"}"));
    assert_eq!(record.into_notes().len(), 1);
}
