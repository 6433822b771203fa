//! Moves a schema out of its place and leaves a reference.

use crate::{Entry, Node, Value};

/// The keys that belong to the place, not to the schema. They stay with the reference.
const OF_THE_PLACE: &[&str] = &["nullable", "deprecated", "readOnly", "writeOnly", "x-expected"];
/// The keys that apply to both the place and the schema.
const OF_BOTH: &[&str] = &["description", "example"];

/// Replaces a schema with a reference to a named schema, and returns the original schema. A
/// property keeps its description.
pub(crate) fn take(node: &mut Node, name: &str, is_property: bool) -> Node {
    let reference = Node::reference_at(node.span, name);
    let mut definition = std::mem::replace(node, reference);
    for key in OF_THE_PLACE {
        let entry = definition.remove(key);
        if let Some(entry) = entry.filter(|_| is_property || *key == "nullable") {
            push(node, entry);
        }
    }
    if is_property {
        let both = OF_BOTH.iter().filter_map(|key| definition.entry(key));
        both.for_each(|entry| push(node, entry.clone()));
    }
    definition
}

fn push(node: &mut Node, entry: Entry) {
    if let Value::Mapping(entries) = &mut node.value {
        entries.push(entry);
    }
}

/// Adds a named schema.
pub(crate) fn define(root: &mut Node, name: String, definition: Node) {
    let components = root.mapping_mut("components");
    if let Some(schemas) = components.and_then(|components| components.mapping_mut("schemas")) {
        let key_span = definition.span;
        push(schemas, Entry { key: name, key_span, value: definition });
    }
}
