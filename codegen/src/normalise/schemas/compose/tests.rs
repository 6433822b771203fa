//! Tests the complete composition step.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::testing::{check, parse};
use super::compose;
use crate::normalise::Record;

#[test]
fn inheritance_becomes_a_union() {
    check(
        compose,
        "
Pet:
  type: object
  required: [kind]
  properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/Pet' } }
  discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }
Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { lives: { type: integer, default: 9 } } }] }
Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { name: { type: string } } }] }",
        "
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } }
Cat:
  type: object
  required: [kind]
  properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/Pet' }, lives: { type: integer, description: 'Default: `9`.' } }
Dog:
  type: object
  required: [kind]
  properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/Pet' }, name: { type: string } }
PetBase:
  type: object
  required: [kind]
  properties: { kind: { type: string }, friend: { $ref: '#/components/schemas/Pet' } }",
        &[],
    );
}

/// The alternatives are no longer the named schemas, so they get new names. A discriminator needs
/// named alternatives.
#[test]
fn an_extended_union_keeps_its_discriminator() {
    check(
        compose,
        "
Cat: { type: object, properties: { kind: { type: string } } }
Dog: { type: object, properties: { kind: { type: string } } }
Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } }
Sold: { allOf: [{ $ref: '#/components/schemas/Pet' }, { type: object, properties: { price: { type: integer } } }] }",
        "
Cat: { type: object, properties: { kind: { type: string } } }
Dog: { type: object, properties: { kind: { type: string } } }
Pet:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { Cat: '#/components/schemas/Cat', Dog: '#/components/schemas/Dog' } }
Sold:
  oneOf: [{ $ref: '#/components/schemas/SoldCat' }, { $ref: '#/components/schemas/SoldDog' }]
  discriminator: { propertyName: kind, mapping: { Cat: '#/components/schemas/SoldCat', Dog: '#/components/schemas/SoldDog' } }
SoldCat: { type: object, properties: { price: { type: integer }, kind: { type: string } } }
SoldDog: { type: object, properties: { price: { type: integer }, kind: { type: string } } }",
        &[],
    );
}

#[test]
fn values_excluded_by_not_are_described() {
    check(
        compose,
        "
A: { type: string, description: A name., not: { enum: [root, admin] } }
B: { allOf: [{ type: string, not: { pattern: '^x' } }, { maxLength: 3 }] }",
        "
A: { type: string, description: \"A name.\\n\\nMust not be `root` or `admin`.\" }
B: { type: string, description: 'Must not match `^x`. At most 3 characters.', x-openapi-keys-constraints: { maxLength: 3 } }",
        &["not", "not"],
    );
}

const KEYS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// Generates a small schema, which may refer to other schemas and to itself.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (0..4).prop_map(|at| json!({ "$ref": format!("#/components/schemas/S{at}") })),
        "(string|integer|number|boolean|object|null)".prop_map(|kind| json!({ "type": kind })),
        Just(json!({})),
        Just(json!({ "nullable": true })),
        Just(json!({ "required": ["a"] })),
        Just(json!({ "type": "string", "enum": ["a", null, 1] })),
        Just(json!({ "type": "integer", "minimum": 0, "default": 3 })),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4);

        prop_oneof![
            (prop::sample::select(KEYS), list).prop_map(|(key, list)| json!({ key: list })),
            (prop::sample::select(KEYS), inner.clone(), inner.clone(), inner.clone()).prop_map(
                |(key, a, b, c)| json!({
                    "type": "object", "properties": { "a": a, "b": b }, "required": ["a", "c"],
                    key: [c], "discriminator": { "propertyName": "a" },
                })
            ),
            inner.clone().prop_map(|items| json!({ "type": "array", "items": items })),
            inner.clone().prop_map(|not| json!({ "not": not, "nullable": true })),
            inner.prop_map(|value| json!({ "type": "object", "additionalProperties": value })),
        ]
    })
}

proptest! {
    #[test]
    fn composition_never_panics_and_a_second_run_changes_nothing(schemas in prop::collection::vec(schema(), 4)) {
        let named: serde_json::Map<_, _> =
            schemas.into_iter().enumerate().map(|(at, it)| (format!("S{at}"), it)).collect();
        // Earlier normalisation steps ensure that a named schema is a mapping, not a reference.
        let usable = |schema: &Value| schema.is_object() && schema.get("$ref").is_none();
        prop_assume!(named.values().all(usable));
        let mut root = parse(&Value::Object(named).to_string());
        compose(&mut root, &mut Record::default());
        let once = root.to_json();
        for key in ["allOf", "anyOf", "not", "default", "const"] {
            prop_assert!(!once.to_string().contains(&format!("\"{key}\":")), "{} {}", key, once);
        }
        compose(&mut root, &mut Record::default());
        prop_assert_eq!(once, root.to_json());
    }
}
