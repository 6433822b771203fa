//! Server-sent events whose schema is that of the event: many documents describe its fields `event`, `data`, `id` and `retry`
//! as properties. The client reads these itself, so only `data` has a type.

use super::resolve;
use crate::{Node, Value};

/// What an event consists of, in the words of the HTML standard.
const FIELDS: &[&str] = &["event", "data", "id", "retry"];

/// The schema of the data, if a schema is that of events: an object of their fields, or alternatives that all are.
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

/// The same of an object.
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
