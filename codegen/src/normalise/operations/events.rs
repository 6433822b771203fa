//! Normalises server-sent events whose schema describes the event itself instead of its data. In
//! many documents, the schema lists the event's fields `event`, `data`, `id` and `retry` as
//! properties. The client reads these fields itself, so only `data` gets a type.

use super::resolve;
use crate::{Node, Value};

/// The fields of an event, as named in the HTML standard.
const FIELDS: &[&str] = &["event", "data", "id", "retry"];

/// Returns the schema of an event's `data`, if the schema describes events. Such a schema is an
/// object with the fields of an event, or a union of such objects.
pub(super) fn data(components: &Node, schema: &Node) -> Option<Node> {
    let schema = resolve(components, "schemas", schema)?;
    let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    let Some(alternatives) = alternatives else { return data_of(components, schema) };
    let each = |schema: &Node| data_of(components, resolve(components, "schemas", schema)?);
    let all: Option<Vec<Node>> = alternatives.items().iter().map(each).collect();
    let mut distinct: Vec<Node> = Vec::new();
    for data in all? {
        if distinct.iter().all(|known| known.to_json() != data.to_json()) {
            distinct.push(data);
        }
    }
    match distinct.len() {
        0 => None,
        1 => distinct.pop(),
        _ => Some(Node::mapping_at(
            schema.span,
            [("oneOf", Node::at(schema.span, Value::Sequence(distinct)))],
        )),
    }
}

/// Does the same as `data`, but only for an object.
fn data_of(components: &Node, schema: &Node) -> Option<Node> {
    let properties = schema.get("properties")?;
    let is_event = properties.entries().iter().all(|it| FIELDS.contains(&it.key.as_str()));
    let data = properties.get("data").filter(|_| is_event)?;
    Some(
        resolve(components, "schemas", data)
            .filter(|it| it.text("type") == Some("string"))
            .unwrap_or(data)
            .clone(),
    )
}
