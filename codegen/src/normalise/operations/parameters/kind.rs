//! Determines the kind of a parameter from its schema: a single value, a list or an object.

use crate::Node;
use crate::normalise::operations::resolve;
use crate::normalise::operations::steps::{Budget, Steps};

/// The kind of a parameter.
pub(super) enum Kind {
    Scalar,
    /// A list, with its schema.
    List(Node),
    /// An object that contains only single values.
    Object,
    /// A list or an object that contains lists or objects.
    Deep,
    Unknown,
}

pub(super) fn of(components: &Node, schema: Option<&Node>) -> Kind {
    schema.map_or(Kind::Unknown, |schema| kind_of(components, schema, Budget::new().steps()))
}

fn kind_of(components: &Node, schema: &Node, steps: Steps<'_>) -> Kind {
    let (Some(schema), Some(inside)) = (resolve(components, "schemas", schema), steps.inside())
    else {
        return Kind::Unknown;
    };
    let types = match schema.get("type") {
        Some(node) if node.as_str().is_some() => node.as_str().into_iter().collect(),
        Some(node) => {
            node.items().iter().filter_map(Node::as_str).filter(|it| *it != "null").collect()
        }
        None => Vec::new(),
    };
    match types[..] {
        ["string" | "integer" | "number" | "boolean"] => Kind::Scalar,
        ["array"] => {
            let items = schema.get("items");
            match items.map_or(Kind::Unknown, |items| kind_of(components, items, inside)) {
                Kind::Scalar => {
                    items.map_or(Kind::Unknown, |items| Kind::List(list(schema, items.clone())))
                }
                Kind::Unknown => {
                    let text = Node::text_at(schema.span, "string");
                    let items = Node::mapping_at(schema.span, [("type", text)]);
                    Kind::List(list(schema, items))
                }
                Kind::List(_) | Kind::Object | Kind::Deep => Kind::Deep,
            }
        }
        ["object"] => object(components, schema, inside),
        [] if schema.has("properties") => object(components, schema, inside),
        [] if schema.has("enum") => Kind::Scalar,
        [] => composed(components, schema, inside),
        // Anything else, such as several types, can be sent as text.
        _ => Kind::Unknown,
    }
}

/// Returns the schema of a list with these items. Keeps the constraints and the default of the
/// original list.
fn list(schema: &Node, items: Node) -> Node {
    let array = Node::text_at(schema.span, "array");
    let mut list = Node::mapping_at(schema.span, [("type", array), ("items", items)]);
    for key in ["minItems", "maxItems", "uniqueItems", "default"] {
        if let Some(value) = schema.get(key) {
            list.set(key, value.clone());
        }
    }
    list
}

/// Returns `Object` if all properties in the schema are single values, and otherwise `Deep`.
fn object(components: &Node, schema: &Node, inside: Steps<'_>) -> Kind {
    let is_single =
        |schema: &Node| matches!(kind_of(components, schema, inside), Kind::Scalar | Kind::Unknown);
    let properties = schema.get("properties").map_or(&[][..], Node::entries).iter();
    let others = schema.get("additionalProperties").filter(|others| others.is_mapping());
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
    let mut parts = parts.flat_map(Node::items);
    let is_flat = properties.map(|property| &property.value).chain(others).all(is_single)
        && !parts
            .any(|part| matches!(kind_of(components, part, inside), Kind::Deep | Kind::List(_)));
    if is_flat { Kind::Object } else { Kind::Deep }
}

/// Returns the kind of a composed schema. A list or an object among its parts determines the kind.
/// If all parts are single values, the kind is `Scalar` for `allOf`, but `Unknown` for `oneOf` and
/// `anyOf`, because alternatives may have different types.
fn composed(components: &Node, schema: &Node, inside: Steps<'_>) -> Kind {
    let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
    let (mut scalar, mut object) = (false, false);
    let mut list = None;
    for part in parts.flat_map(Node::items) {
        match kind_of(components, part, inside) {
            Kind::Deep => return Kind::Deep,
            Kind::Object => object = true,
            Kind::List(schema) => list = Some(schema),
            Kind::Scalar => scalar = true,
            Kind::Unknown => {}
        }
    }
    match (list, object) {
        (Some(_), true) => Kind::Deep,
        (Some(list), false) => Kind::List(list),
        (None, true) => Kind::Object,
        (None, false) if scalar && schema.has("allOf") => Kind::Scalar,
        (None, false) => Kind::Unknown,
    }
}
