//! Reduces a schema to what typify can represent. Properties get stand-in names if typify's field
//! names would differ from this generator's. Types that this generator emits itself are replaced by
//! placeholders.

use serde_json::{Map, Value, json};

use crate::lower::unions::placeholder_field;
use crate::model::{Property, Schema, SchemaKind};
use crate::passes::enums;
use crate::progenitor::fields;
use crate::{Entry, Node, Value as NodeValue};

/// Returns the input for a named schema.
pub(super) fn definition(node: &Node, schema: Option<&Schema>) -> Value {
    let Some(schema) = schema else { return expression(node) };
    match &schema.kind {
        SchemaKind::Numbers { .. } => placeholder(Map::new()),
        SchemaKind::Enum { open, .. } if *open || enums::is_ours(schema) => placeholder(Map::new()),
        SchemaKind::Union(_) => placeholder(alternatives(node)),
        SchemaKind::Object(properties) => object(node, schema, properties),
        SchemaKind::Enum { .. } | SchemaKind::List(_) | SchemaKind::Other => expression(node),
    }
}

/// Returns an object with these required properties. typify turns the object into a struct without
/// `Default`.
fn placeholder(mut properties: Map<String, Value>) -> Value {
    properties.insert("placeholder".to_owned(), json!({ "type": "string" }));
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// Returns the alternatives that aren't references. References are left out, because their
/// schemas already have names, and because references could form cycles.
fn alternatives(node: &Node) -> Map<String, Value> {
    let nodes = node.get("oneOf").map(Node::items).unwrap_or_default().iter().enumerate();
    let own = nodes.filter(|(_, node)| node.get("$ref").is_none());
    own.map(|(number, node)| (placeholder_field(number), expression(node))).collect()
}

/// Returns an object. Its properties have stand-in names if typify's field names would differ from
/// this generator's.
fn object(node: &Node, schema: &Schema, properties: &[Property]) -> Value {
    let renamed = fields::renamed(schema);
    let called = |number: usize, property: &Property| match renamed {
        true => fields::stand_in(number),
        false => property.name.clone(),
    };
    let types = node.get("properties");
    let numbered = || properties.iter().enumerate();
    let mut types_by_name: Map<String, Value> = numbered()
        .filter_map(|(at, it)| Some((called(at, it), expression(types?.get(&it.name)?))))
        .collect();
    let required = numbered().filter(|(_, it)| it.required).map(|(at, it)| called(at, it));
    let required: Vec<String> = required.collect();
    if schema.additional.is_some() {
        let values = node.get("additionalProperties").map(expression).unwrap_or_default();
        let map = json!({ "type": "object", "additionalProperties": values });
        types_by_name.insert(fields::stand_in(properties.len()), map);
    }
    let mut object = expression(node);
    if let Some(object) = object.as_object_mut() {
        object.insert("properties".to_owned(), types_by_name.into());
        object.insert("required".to_owned(), required.into());
        object.remove("additionalProperties");
    }
    object
}

/// Returns a schema in which each `nullable` reference is an `allOf`, because `openapiv3` skips
/// keys next to a reference.
fn expression(node: &Node) -> Value {
    match &node.value {
        NodeValue::Mapping(entries) if node.get("$ref").is_some() => {
            let reference = entries.iter().find(|entry| entry.key == "$ref");
            let reference = reference.map(|entry| entry.value.to_json()).unwrap_or_default();
            let reference = json!({ "$ref": reference });
            match node.get("nullable").and_then(Node::as_bool) {
                Some(true) => json!({ "allOf": [reference], "nullable": true }),
                _ => reference,
            }
        }
        NodeValue::Mapping(entries) => {
            // A schema that accepts any JSON already accepts `null`.
            let is_said = |entry: &&Entry| entry.key != "nullable" || node.get("type").is_some();
            let entries = entries.iter().filter(is_said).map(|entry| {
                let value = match entry.key.as_str() {
                    "items" | "additionalProperties" => expression(&entry.value),
                    "oneOf" => entry.value.items().iter().map(expression).collect(),
                    "properties" => {
                        let properties = entry.value.entries().iter();
                        properties.map(|it| (it.key.clone(), expression(&it.value))).collect()
                    }
                    _ => entry.value.to_json(),
                };
                (entry.key.clone(), value)
            });
            Value::Object(entries.collect())
        }
        _ => node.to_json(),
    }
}
