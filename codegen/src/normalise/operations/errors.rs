//! Normalises error responses. Types are generated for JSON bodies. A type that several places
//! share gets its own name.

mod forget;

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, json};
use super::media::Media;
use super::responses::Response;
use super::{for_each, response_headers};
use crate::names::pascal;
use crate::normalise::Record;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::normalise::schemas::place::{define, take};
use crate::normalise::schemas::taken::Taken;
use crate::{Entry, Node};

pub(crate) use forget::forget;

/// The key that marks an error whose definition several operations share. The key's value is the
/// name of the definition.
const SHARED: &str = "x-openapi-keys-shared-response";

/// Returns error responses in the normal form. Bodies that aren't JSON, or that may be any JSON,
/// are left out.
pub(super) fn entries(errors: Vec<Response>, record: &mut Record) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for error in errors {
        // A document may declare both `4xx` and `4XX`, which are the same status here.
        if !seen.insert(error.status.clone()) {
            continue;
        }
        let description = error.description.unwrap_or_else(|| Node::text_at(error.span, ""));
        let mut node = Node::mapping_at(error.span, [("description", description)]);
        response_headers::keep(error.headers, &mut node);
        match error.content {
            Content::One(Media::Json(_), mut media) => {
                if media.value.get("schema").is_some_and(says_something) {
                    // Examples and extensions aren't used, and may contain anything.
                    media.value.retain(|entry| entry.key == "schema");
                    node.set("content", json(media));
                    if let Some(name) = error.shared {
                        node.set(SHARED, Node::text_at(error.span, name));
                    }
                }
            }
            Content::Empty => {}
            Content::One(..) => record.note_once(
                "error-body",
                error.span,
                "error bodies that aren't JSON have no type: `Error::body` returns them",
            ),
        }
        entries.push(Entry { key: error.status, key_span: error.span, value: node });
    }
    entries
}

/// Returns whether a schema is more specific than "any JSON" or "any object".
fn says_something(schema: &Node) -> bool {
    const SOMETHING: &[&str] = &["$ref", "allOf", "anyOf", "enum", "oneOf", "properties"];
    let is_map = |node: &Node| node.get("additionalProperties").is_some_and(Node::is_mapping);
    SOMETHING.iter().any(|key| schema.has(key))
        || schema.text("type").is_some_and(|kind| kind != "object")
        || is_map(schema)
}

/// Gives a name to each error type that several places share, so that they all use one type. As
/// usual, a type that is used in a single place is named after that place.
pub(in crate::normalise) fn share(root: &mut Node, record: &mut Record) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for_each_inline(root, &mut |schema, _| *places.entry(shape(schema)).or_default() += 1);
    let mut taken = Taken::of(root);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut made = Vec::new();
    for_each_inline(root, &mut |schema, shared| {
        let key = shape(schema);
        let wanted = match shared {
            Some(name) if name.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                pascal(name)
            }
            Some(name) => format!("Error{}", pascal(name)),
            None if places.get(&key).is_some_and(|places| *places > 1) => "ErrorBody".to_owned(),
            None => return,
        };
        let span = schema.span;
        if let Some(name) = names.get(&key) {
            *schema = Node::reference_at(span, name);
            return;
        }
        let name = taken.first(&wanted, "Error");
        let message = format!("Several error responses share the type `{name}`.");
        record.note("inline-schema", span, message);
        let mut definition = take(schema, &name, false);
        definition.remove("nullable");
        *schema = Node::reference_at(span, &name);
        names.insert(key, name.clone());
        made.push((name, definition));
    });
    for (name, definition) in made {
        define(root, name, definition);
    }
    // Operations have copies of the definitions in these sections, and types are generated from the
    // copies.
    if let Some(components) = root.get_mut("components") {
        components.retain(|section| !matches!(&*section.key, "headers" | "responses"));
    }
    for_each(root, |operation| {
        let responses = operation.node.get_mut("responses");
        for response in responses.map_or(&mut [][..], Node::entries_mut) {
            response.value.remove(SHARED);
        }
    });
}

/// Visits the inline schemas of errors, each with the name of its response if several operations
/// refer to that response.
fn for_each_inline(root: &mut Node, visit: &mut dyn FnMut(&mut Node, Option<&str>)) {
    for_each(root, |operation| {
        let responses = operation.node.get_mut("responses");
        for response in responses.map_or(&mut [][..], Node::entries_mut) {
            let shared = response.value.text(SHARED).map(str::to_owned);
            let Some(schema) = is_error(&response.key).then(|| schema_mut(&mut response.value))
            else {
                continue;
            };
            if let Some(schema) = schema.filter(|schema| !schema.has("$ref")) {
                visit(schema, shared.as_deref());
            }
        }
    });
}

/// Returns whether a response in the normal form is an error.
pub(crate) fn is_error(status: &str) -> bool {
    !status.starts_with('2')
}

fn schema_mut(response: &mut Node) -> Option<&mut Node> {
    response.get_mut("content")?.get_mut("application/json")?.get_mut("schema")
}

/// Returns a schema without prose. Two schemas with the same form become one type.
fn shape(schema: &Node) -> String {
    let mut schema = schema.clone();
    for_each_schema(&mut schema, Kind::Schema, &mut |node| {
        node.retain(|entry| {
            !matches!(&*entry.key, "description" | "example" | "examples" | "title")
        });
    });
    schema.to_json().to_string()
}
