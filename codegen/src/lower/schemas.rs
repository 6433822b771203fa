//! Lowers named schemas, with the information that the passes and the documentation need.

use std::collections::BTreeSet;

use super::{described, unions};
use crate::model::{Property, Schema, SchemaKind, Shape};
use crate::names::{self, Wanted};
use crate::passes::docs::first_sentence;
use crate::{Document, Entry, Node, Settings, Value};

/// The extension that marks a response property on which users rely.
pub(crate) const EXPECTED: &str = "x-expected";

/// Lowers all named schemas. `bodies` contains the names of the schemas of request bodies and of
/// objects in parameters.
pub(super) fn lower<'a>(
    document: &'a Document,
    settings: &Settings,
    bodies: impl Iterator<Item = &'a str>,
) -> Vec<Schema> {
    let schemas = document.get(&["components", "schemas"]).map(Node::entries).unwrap_or_default();
    let sent = reached(document, bodies);
    let schema = |entry: &Entry| {
        let sent = sent.contains(entry.key.as_str());
        let kind = match settings.hooks.types.contains_key(&entry.key) {
            true => SchemaKind::Other,
            false => kind(document, settings, &entry.key, &entry.value, sent),
        };
        Schema {
            name: entry.key.clone(),
            ident: names::pascal(&entry.key),
            description: described(Some(&entry.value), || format!("Schema `{}`.", entry.key)),
            sent,
            additional: additional(&kind, &entry.value),
            shape: shape(settings, &entry.value),
            kind,
        }
    };
    schemas.iter().map(schema).collect()
}

/// Returns the name of the schema that a reference points to.
pub(crate) fn reference(schema: &Node) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}

/// Returns the names of these schemas and of all schemas that they reach.
pub(crate) fn reached<'a>(
    document: &'a Document,
    names: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = names.collect();
    while let Some(name) = open.pop() {
        if reached.insert(name)
            && let Some(schema) = document.get(&["components", "schemas", name])
        {
            references(schema, &mut open);
        }
    }
    reached
}

/// Collects the names that a schema refers to, including nested schemas.
pub(crate) fn references<'a>(schema: &'a Node, found: &mut Vec<&'a str>) {
    found.extend(reference(schema));
    for entry in schema.entries() {
        match entry.key.as_str() {
            "properties" => {
                entry.value.entries().iter().for_each(|each| references(&each.value, found));
            }
            "items" | "additionalProperties" | "not" => references(&entry.value, found),
            "oneOf" | "allOf" | "anyOf" => {
                entry.value.items().iter().for_each(|each| references(each, found));
            }
            _ => {}
        }
    }
}

fn kind(
    document: &Document,
    settings: &Settings,
    name: &str,
    schema: &Node,
    sent: bool,
) -> SchemaKind {
    if let Some(values) = schema.get("enum") {
        return enumeration(schema, values.items());
    }
    if let Some(union) = unions::of(document, settings, name, schema) {
        return SchemaKind::Union(union);
    }
    let Some(properties) = schema.get("properties") else {
        return match shape(settings, schema) {
            Shape::List(item) => SchemaKind::List(*item),
            _ => SchemaKind::Other,
        };
    };
    let filled = schema.get("x-filled-by-client");
    let required = required(schema);
    let property = |name: &str, node: &Node| {
        let value = filled.and_then(|filled| filled.get(name)).and_then(Node::as_str);
        let filled = value.and_then(|value| settings.hooks.values.get(value)).cloned();
        let one_way = |key: &str| sent && is_true(node, key);
        let required = required.contains(name)
            && filled.is_none()
            && !one_way("readOnly")
            && !one_way("writeOnly");
        Property {
            name: name.to_owned(),
            ident: String::new(),
            required,
            // A required property that accepts any JSON isn't marked, because its type already
            // covers `null`.
            nullable: is_true(node, "nullable") || (!required && is_anything(node)),
            description: description(document, name, node),
            shape: shape(settings, node),
            filled,
            expected: is_true(node, EXPECTED),
            read_only: one_way("readOnly"),
        }
    };
    let properties = properties.entries().iter();
    let mut properties: Vec<Property> =
        properties.map(|entry| property(&entry.key, &entry.value)).collect();
    let fields =
        names::fields(properties.iter().map(|property| Wanted {
            name: &property.name,
            is_method: sent && !property.required,
        }));
    for (property, field) in properties.iter_mut().zip(fields) {
        property.ident = field;
    }
    SchemaKind::Object(properties)
}

/// Returns the names under `required`.
pub(super) fn required(schema: &Node) -> BTreeSet<&str> {
    let required = schema.get("required").map(Node::items).unwrap_or_default();
    required.iter().filter_map(Node::as_str).collect()
}

fn enumeration(schema: &Node, values: &[Node]) -> SchemaKind {
    let open = is_true(schema, "x-open-enum");
    if schema.get("type").and_then(Node::as_str) == Some("integer") {
        let values: Vec<i64> = values.iter().filter_map(integer_value).collect();
        let variants = values.iter().map(|value| match value.checked_abs() {
            Some(positive) if *value < 0 => format!("Minus{positive}"),
            Some(value) => format!("Value{value}"),
            None => "Minimum".to_owned(),
        });
        return SchemaKind::Numbers { open, variants: variants.collect(), values };
    }
    let values: Vec<String> = values.iter().filter_map(Node::as_str).map(str::to_owned).collect();
    let variants = names::variants(values.iter().map(String::as_str));
    SchemaKind::Enum { open, values, variants }
}

/// Returns the integer, if it fits into 64 bits.
fn integer_value(node: &Node) -> Option<i64> {
    node.to_json().as_i64()
}

/// Returns the name of the field that holds the properties that the schema doesn't list.
fn additional(kind: &SchemaKind, schema: &Node) -> Option<String> {
    let SchemaKind::Object(properties) = kind else { return None };
    schema
        .get("additionalProperties")
        .filter(|values| matches!(values.value, Value::Mapping(_)))?;
    // Setter names omit the `_` of a field name, so names are compared without it.
    let taken: BTreeSet<&str> = properties.iter().map(|it| it.ident.trim_matches('_')).collect();
    let numbered = (2..).map(|number| format!("additional_{number}"));
    let names = ["additional", "additional_properties"].map(str::to_owned).into_iter();
    names.chain(numbered).find(|name| !taken.contains(name.as_str()))
}

/// Returns whether the value at a key is `true`.
fn is_true(schema: &Node, key: &str) -> bool {
    schema.get(key).and_then(Node::as_bool).unwrap_or(false)
}

/// Returns whether the schema accepts any JSON.
fn is_anything(schema: &Node) -> bool {
    let says = ["type", "$ref", "oneOf", "anyOf", "allOf", "enum"];
    says.iter().all(|key| schema.get(key).is_none())
}

/// Returns the description. For a reference without a description, returns the first sentence of
/// its target's description.
fn description(document: &Document, name: &str, property: &Node) -> String {
    let otherwise = || format!("Property `{name}`.");
    let Some(target) = reference(property).filter(|_| property.get("description").is_none()) else {
        return described(Some(property), otherwise);
    };
    let target = document.get(&["components", "schemas", target]);
    let text = described(target, otherwise);
    definite(first_sentence(&text))
}

/// Returns `The book.` for `A book.`, because a property holds a particular value.
fn definite(sentence: &str) -> String {
    let rest = ["A ", "An "].iter().find_map(|article| sentence.strip_prefix(article));
    rest.map_or(sentence.to_owned(), |rest| format!("The {rest}"))
}

/// Returns the format of an integer. An integer without a format is unsigned if its minimum is 0;
/// typify treats properties in the same way.
fn integer<'a>(schema: &Node, format: Option<&'a str>) -> &'a str {
    let minimum = schema.get("minimum").map(ToString::to_string);
    match (format, minimum.as_deref()) {
        (None, Some("0")) => "uint64",
        (format, _) => format.unwrap_or_default(),
    }
}

/// Returns the description of a parameter, followed by the description of its inline schema, which
/// isn't documented separately. The schema's description includes its constraints.
pub(super) fn with_facets(description: String, schema: Option<&Node>) -> String {
    let schema = schema.filter(|schema| !schema.has("$ref"));
    match schema.and_then(|schema| schema.text("description")) {
        Some(more) if !description.contains(more) => format!("{description}\n\n{more}"),
        _ => description,
    }
}

pub(super) fn shape(settings: &Settings, property: &Node) -> Shape {
    if let Some(name) = reference(property) {
        return Shape::Named(name.to_owned());
    }
    let format = property.get("format").and_then(Node::as_str);
    match property.get("type").and_then(Node::as_str) {
        Some("string") => match format.and_then(|format| settings.formats.get(format)) {
            Some(path) => Shape::Formatted(path.clone()),
            None => Shape::Text,
        },
        Some("boolean") => Shape::Boolean,
        Some("integer") => Shape::Integer(integer(property, format).to_owned()),
        Some("number") => Shape::Number(format.unwrap_or_default().to_owned()),
        Some("array") => {
            let items = property.get("items").map_or(Shape::Other, |items| shape(settings, items));
            Shape::List(Box::new(items))
        }
        Some("object") => {
            let values = property.get("additionalProperties").filter(|values| values.is_mapping());
            Shape::Map(Box::new(values.map_or(Shape::Other, |values| shape(settings, values))))
        }
        _ => Shape::Other,
    }
}
