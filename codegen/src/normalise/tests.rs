//! Tests what holds for every document after the reference and schema steps.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::kinds::{Kind, for_each_schema};
use super::schemas::{hoist, names, plain};
use super::{Record, prune, references, version_31};
use crate::names::pascal;
use crate::{Document, Node, Settings};

fn normalised(root: &mut Node) -> usize {
    let mut record = Record::default();
    let diagnostics = references::resolve(root, &mut record);
    assert!(diagnostics.is_empty());
    version_31::lower(root, &mut record);
    plain::plain(root, &Settings::new("cargo run", "a.json"), &mut record);
    hoist::hoist(root, &mut record);
    names::names(root, &mut record);
    prune::prune(root);
    record.into_notes().len()
}

/// Generates references of every kind that occurs in documents. Many of them have no target.
fn reference() -> impl Strategy<Value = String> {
    let name =
        prop_oneof!["A", "B", "a", "Page%5BA%5D", "Option", "X", "A/properties/a", "B/items"]
            .boxed();
    prop_oneof![
        8 => name.prop_map(|name| format!("#/components/schemas/{name}")),
        1 => "A/\\$defs/[AB](/items)?".prop_map(|rest| format!("#/components/schemas/{rest}")),
        1 => "#/(\\$defs|definitions)/[AB]",
        1 => Just("#".to_owned()),
        1 => Just("#/components/responses/R".to_owned()),
        1 => Just("#/paths/~1a/get/responses/200/content/application~1json/schema".to_owned()),
        1 => Just("other.yaml#/A".to_owned()),
    ]
}

/// Generates schemas with arbitrary keys in arbitrary places.
fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        reference().prop_map(|text| json!({ "$ref": text })),
        "(string|integer|array|object|null|int)".prop_map(|kind| json!({ "type": kind })),
        Just(json!({})),
        Just(json!(true)),
        Just(json!(null)),
        Just(json!({ "type": ["string", "null", "integer"], "enum": ["a", 1, null] })),
        Just(json!({ "const": "a", "format": "uuid", "title": "T" })),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let key = "(\\$ref|properties|items|additionalProperties|allOf|oneOf|not|prefixItems\
            |\\$defs|patternProperties|required|enum|nullable|description|discriminator|type|x-a)";
        let value = prop_oneof![
            inner.clone(),
            prop::collection::btree_map("[abAB-]{1,2}", inner.clone(), 0..3)
                .prop_map(|properties| json!(properties)),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            reference().prop_map(Value::from),
            Just(json!(["a", "b", "a"])),
            Just(json!(true)),
            reference().prop_map(|text| json!({ "propertyName": "a", "mapping": { "a": text } })),
        ];
        prop::collection::btree_map(key, value, 1..4).prop_map(|entries| json!(entries))
    })
}

fn document() -> impl Strategy<Value = Value> {
    let names = "(A|B|a|Page\\[A\\]|Option|AA|ARequired)";
    let schemas = prop::collection::btree_map(names, schema(), 1..5);
    let version = prop_oneof!["3\\.0\\.3", "3\\.1\\.0"];
    (version, schemas, schema(), schema()).prop_map(|(version, schemas, body, answer)| {
        let content = |schema: Value| json!({ "application/json": { "schema": schema } });
        let response = json!({ "description": "", "content": content(answer) });
        json!({
            "openapi": version,
            "paths": { "/a": {
                "get": {
                    "operationId": "listA",
                    "requestBody": { "content": content(body) },
                    "responses": { "200": response, "404": { "$ref": "#/components/responses/R" } },
                },
                "put": { "$ref": "#/paths/~1a/get" },
            } },
            "components": { "schemas": schemas, "responses": { "R": response } },
        })
    })
}

/// Returns whether a part or an alternative of a composition has `required`.
///
/// Such a `required` may name properties of the other parts, so the first run keeps all of its
/// names. The first run may also turn the part or alternative into a named schema, and then a
/// second run drops each name that isn't a property of that schema. This doesn't happen in the full
/// stage, where `compose` adds the properties. These tests don't run `compose`.
fn requires_in_a_part(value: &Value) -> bool {
    let requires = |part: &Value| part.get("required").is_some();
    match value {
        Value::Object(entries) => entries.iter().any(|(key, value)| {
            let composed = ["allOf", "anyOf", "oneOf", "not"].contains(&key.as_str());
            let mut parts = value.as_array().into_iter().flatten();
            composed && (requires(value) || parts.any(requires)) || requires_in_a_part(value)
        }),
        Value::Array(items) => items.iter().any(requires_in_a_part),
        _ => false,
    }
}

proptest! {
    #[test]
    fn any_document_has_direct_references_and_distinct_names(value in document()) {
        let text = value.to_string();
        let mut root = Document::parse("a.json", &text).unwrap().root().clone();
        normalised(&mut root);
        let schemas = root.get("components").and_then(|components| components.get("schemas"));
        let schemas = schemas.map_or(&[][..], Node::entries);
        let types: BTreeSet<String> = schemas.iter().map(|entry| pascal(&entry.key)).collect();
        prop_assert_eq!(types.len(), schemas.len());
        for entry in schemas {
            prop_assert!(!entry.value.has("$ref"), "{}", entry.value);
        }
        let known: BTreeSet<String> = schemas.iter().map(|entry| entry.key.clone()).collect();
        let mut lost = Vec::new();
        for_each_schema(&mut root.clone(), Kind::Document, &mut |node| {
            if let Some(target) = node.get("$ref") {
                let name = target.as_str().and_then(|it| it.strip_prefix("#/components/schemas/"));
                if !name.is_some_and(|name| known.contains(name)) {
                    lost.push(target.to_string());
                }
            }
        });
        prop_assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn running_the_steps_again_changes_nothing(value in document()) {
        prop_assume!(!requires_in_a_part(&value));
        let text = value.to_string();
        let mut root = Document::parse("a.json", &text).unwrap().root().clone();
        normalised(&mut root);
        let once = root.to_json();
        normalised(&mut root);
        prop_assert_eq!(root.to_json(), once);
    }
}
