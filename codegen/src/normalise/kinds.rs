//! Determines the kind of object under each key of an OpenAPI document, so that only real
//! references and schemas are treated as such. For instance, a `$ref` key in an example isn't a
//! reference.

use super::tree::METHODS;
use crate::{Entry, Node};

/// The kind of object that a mapping in the document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    Body,
    Response,
    /// `content`: media types by name.
    Content,
    Media,
    Schema,
    Example,
    Link,
    SecurityScheme,
}

/// Whether the value of a key is one object, a list of objects or a map of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    One,
    List,
    Map,
}

/// Returns the kind of objects under a key in an object of this kind. Returns `None` for a value
/// without references, or for something that the normal form doesn't have, such as callbacks.
pub(crate) fn inner(kind: Kind, key: &str) -> Option<(Shape, Kind)> {
    use Shape::{List, Map, One};
    Some(match (kind, key) {
        (Kind::Document, "paths") => (Map, Kind::PathItem),
        (Kind::Document, "components") => (One, Kind::Components),
        (Kind::Components, "schemas") => (Map, Kind::Schema),
        (Kind::Components, "parameters") => (Map, Kind::Parameter),
        (Kind::Components, "headers") => (Map, Kind::Header),
        (Kind::Components, "requestBodies") => (Map, Kind::Body),
        (Kind::Components, "responses") => (Map, Kind::Response),
        (Kind::Components, "pathItems") => (Map, Kind::PathItem),
        (Kind::Components, "securitySchemes") => (Map, Kind::SecurityScheme),
        (Kind::Components, "examples") => (Map, Kind::Example),
        (Kind::Components, "links") => (Map, Kind::Link),
        (Kind::PathItem | Kind::Operation, "parameters") => (List, Kind::Parameter),
        (Kind::PathItem, key) if METHODS.contains(&key) => (One, Kind::Operation),
        (Kind::Operation, "requestBody") => (One, Kind::Body),
        (Kind::Operation, "responses") => (Map, Kind::Response),
        (Kind::Parameter | Kind::Header | Kind::Media, "schema") => (One, Kind::Schema),
        (Kind::Parameter | Kind::Header | Kind::Media, "examples") => (Map, Kind::Example),
        (Kind::Parameter | Kind::Header | Kind::Body | Kind::Response, "content") => {
            (One, Kind::Content)
        }
        (Kind::Response, "headers") => (Map, Kind::Header),
        (Kind::Response, "links") => (Map, Kind::Link),
        (Kind::Content, key) if key != "$ref" => (One, Kind::Media),
        (Kind::Schema, key) => (schemas(key)?, Kind::Schema),
        _ => return None,
    })
}

/// Returns how many schemas a schema keyword contains, in OpenAPI 3.0 and 3.1. In documents that
/// follow an older version of JSON Schema, `items` may also be a list.
fn schemas(keyword: &str) -> Option<Shape> {
    Some(match keyword {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => {
            Shape::Map
        }
        "items"
        | "additionalProperties"
        | "not"
        | "contains"
        | "propertyNames"
        | "if"
        | "then"
        | "else"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "contentSchema" => Shape::One,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Shape::List,
        _ => return None,
    })
}

/// Returns whether a key is an extension. Only maps of path items and responses have extensions. In
/// other maps, a key that starts with `x-` may be the name of a header or a property.
pub(crate) fn is_extension(kind: Kind, key: &str) -> bool {
    matches!(kind, Kind::PathItem | Kind::Response) && key.starts_with("x-")
}

/// Calls `each` for every value of a known kind directly inside a value of this kind.
pub(crate) fn for_each_inner(node: &mut Node, kind: Kind, each: &mut dyn FnMut(&mut Node, Kind)) {
    for Entry { key, value, .. } in node.entries_mut() {
        match inner(kind, key) {
            // Some documents have a single value where a list is expected.
            Some((Shape::One | Shape::List, kind)) if value.is_mapping() => each(value, kind),
            Some((Shape::One | Shape::List, kind)) => {
                value.items_mut().iter_mut().for_each(|item| each(item, kind));
            }
            Some((Shape::Map, kind)) => {
                let entries = value.entries_mut().iter_mut();
                let entries = entries.filter(|entry| !is_extension(kind, &entry.key));
                entries.for_each(|entry| each(&mut entry.value, kind));
            }
            None => {}
        }
    }
}

/// Calls `visit` for every schema inside a value of this kind. Inner schemas come before outer
/// ones.
pub(crate) fn for_each_schema(node: &mut Node, kind: Kind, visit: &mut dyn FnMut(&mut Node)) {
    for_each_inner(node, kind, &mut |inner, kind| for_each_schema(inner, kind, visit));
    if kind == Kind::Schema {
        visit(node);
    }
}
