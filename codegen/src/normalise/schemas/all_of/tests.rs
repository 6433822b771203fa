//! Tests parts that are merged, and parts that can't be merged.

use super::super::testing::{check, parse};
use super::merge_all;
use crate::normalise::Record;

#[test]
fn parts_become_one_object() {
    check(
        merge_all,
        "
Base: { type: object, description: A base., required: [id], properties: { id: { type: string }, kind: { type: string } } }
Dog:
  description: A dog.
  allOf:
    - $ref: '#/components/schemas/Base'
    - { type: object, required: [kind], properties: { name: { type: string }, id: { description: Its id. } } }",
        "
Base: { type: object, description: A base., required: [id], properties: { id: { type: string }, kind: { type: string } } }
Dog:
  type: object
  description: A dog.
  required: [id, kind]
  properties: { id: { type: string, description: Its id. }, kind: { type: string }, name: { type: string } }",
        &[],
    );
}

#[test]
fn a_single_reference_stays_a_reference() {
    check(
        merge_all,
        "
State: { type: string, enum: [a] }
Also: { allOf: [{ $ref: '#/components/schemas/State' }] }
Order:
  type: object
  properties:
    state: { nullable: true, description: Where., allOf: [{ $ref: '#/components/schemas/State' }] }
    other: { type: string, allOf: [{ $ref: '#/components/schemas/State' }, { description: Other. }] }",
        "
State: { type: string, enum: [a] }
Also: { type: string, enum: [a] }
Order:
  type: object
  properties:
    state: { $ref: '#/components/schemas/State', description: Where., nullable: true }
    other: { $ref: '#/components/schemas/State', description: Other. }",
        &[],
    );
}

#[test]
fn the_same_property_is_merged() {
    check(
        merge_all,
        "
Kind: { type: string, enum: [a, b] }
A:
  allOf:
    - type: object
      properties:
        kind: { $ref: '#/components/schemas/Kind' }
        inner: { type: object, properties: { x: { type: string } } }
        size: { type: number, minimum: 1 }
        clash: { type: string }
    - type: object
      properties:
        kind: { type: string, enum: [a] }
        inner: { type: object, properties: { y: { type: string } } }
        size: { type: integer, minimum: 3 }
        clash: { type: boolean }",
        "
Kind: { type: string, enum: [a, b] }
A:
  type: object
  properties:
    kind: { type: string, enum: [a] }
    inner: { type: object, properties: { x: { type: string }, y: { type: string } } }
    size: { type: integer, minimum: 3 }
    clash: {}",
        &["all-of-conflict"],
    );
}

#[test]
fn contradictory_types_accept_any_json() {
    check(
        merge_all,
        "A: { description: Odd., allOf: [{ type: string }, { type: integer }] }",
        "A: { description: Odd. }",
        &["all-of-conflict"],
    );
}

#[test]
fn a_merged_schema_is_closed_only_if_all_parts_are() {
    check(
        merge_all,
        "
A: { allOf: [{ type: object, additionalProperties: false }, { type: object, additionalProperties: false }] }
B: { allOf: [{ type: object, additionalProperties: false }, { type: object, properties: { a: {} } }] }
C: { allOf: [{ type: object, additionalProperties: { type: string } }, { type: object, properties: { a: {} } }] }",
        "
A: { type: object, additionalProperties: false }
B: { type: object, properties: { a: {} } }
C: { type: object, additionalProperties: { type: string }, properties: { a: {} } }",
        &[],
    );
}

#[test]
fn a_union_is_distributed() {
    check(
        merge_all,
        "
A: { type: object, properties: { a: { type: string } } }
B: { type: object, properties: { b: { type: string }, id: { type: string } }, required: [id] }
U: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
V: { allOf: [{ $ref: '#/components/schemas/U' }, { type: object, required: [id], properties: { id: { type: string } } }] }
W: { type: object, properties: { w: { type: string } }, oneOf: [{ required: [w] }, { required: [x] }] }",
        "
A: { type: object, properties: { a: { type: string } } }
B: { type: object, properties: { b: { type: string }, id: { type: string } }, required: [id] }
U: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
V:
  oneOf:
    - { type: object, required: [id], properties: { id: { type: string }, a: { type: string } } }
    - $ref: '#/components/schemas/B'
W: { type: object, properties: { w: { type: string } }, x-openapi-keys-remarks: ['Exactly one of these must be set: `w` or `x`.'] }",
        &["union-constraint"],
    );
}

#[test]
fn keywords_apply_only_to_their_type() {
    check(
        merge_all,
        "
Command: { items: { type: string }, oneOf: [{ type: array, items: {} }, { type: string }] }
Alias: { allOf: [{ type: string, enum: [a], x-open-enum: true }, { type: string, enum: [b], x-open-enum: true }] }",
        "
Command: { oneOf: [{ type: array, items: { type: string } }, { type: string }] }
Alias: { type: string }",
        &["all-of-conflict"],
    );
}

#[test]
fn cycles_terminate() {
    check(
        merge_all,
        "
A: { allOf: [{ $ref: '#/components/schemas/B' }, { type: object, properties: { a: { type: string } } }] }
B: { allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { b: { type: string } } }] }
C:
  type: object
  properties:
    inner: { allOf: [{ $ref: '#/components/schemas/C' }, { type: object, properties: { more: {} } }] }
    same: { allOf: [{ $ref: '#/components/schemas/C' }] }",
        "
A: { type: object, properties: { b: { type: string }, a: { type: string } } }
B: { type: object, properties: { b: { type: string } } }
C: { type: object, properties: { inner: {}, same: { $ref: '#/components/schemas/C' } } }",
        &["all-of-cycle", "all-of-cycle"],
    );
}

#[test]
fn a_child_may_contain_its_base() {
    check(
        merge_all,
        "
Base: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Base' } } } }
Node: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Node' } } } }] }",
        "
Base: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Base' } } } }
Node: { type: object, properties: { children: { type: array, items: { $ref: '#/components/schemas/Node' } } } }",
        &[],
    );
}

/// Each schema includes the previous one twice, so the last one would contain 2^39 copies of `S0`.
#[test]
fn schemas_that_multiply_are_limited() {
    let mut text = "S0: { type: object, properties: { p: { type: string } } }\n".to_owned();
    for at in 1..40 {
        let before = format!("#/components/schemas/S{}", at - 1);
        text += &format!(
            "S{at}: {{ type: object, properties: {{ l: {{ allOf: [{{ $ref: '{before}' }}, {{ properties: {{ x: {{}} }} }}] }}, r: {{ allOf: [{{ $ref: '{before}' }}, {{ properties: {{ y: {{}} }} }}] }} }} }}\n"
        );
    }
    let mut root = parse(&text);
    let mut record = Record::default();
    merge_all(&mut root, &mut record);
    let decisions = record.into_notes();
    assert!(!decisions.is_empty());
    assert!(decisions.iter().all(|it| it.code == "all-of-size"), "{decisions:?}");
}

#[test]
fn long_chains_do_not_recurse() {
    let mut text = "S0: { type: object, properties: { p0: { type: string } } }\n".to_owned();
    for at in (1..3_000).rev() {
        let before = at - 1;
        text += &format!(
            "S{at}: {{ allOf: [{{ $ref: '#/components/schemas/S{before}' }}, {{ properties: {{ q: {{}} }} }}] }}\n"
        );
    }
    let mut root = parse(&text);
    let mut record = Record::default();
    merge_all(&mut root, &mut record);
    assert!(record.into_notes().is_empty());
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let last = schemas.and_then(|schemas| schemas.get("S2999")).map(ToString::to_string);
    assert_eq!(
        last.as_deref(),
        Some(r#"{"properties":{"p0":{"type":"string"},"q":{}},"type":"object"}"#)
    );
}
