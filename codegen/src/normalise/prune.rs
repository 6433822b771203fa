//! Removes components that no operation uses, so that no code is generated for them.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Kind, Shape, inner};
use super::tree::METHODS;
use crate::{Entry, Node};

/// The sections from which unused components are removed.
const SECTIONS: &[&str] = &["schemas", "parameters", "requestBodies", "responses"];

/// Removes components that no operation reaches.
pub(crate) fn prune(root: &mut Node) {
    let reached = reached(root);
    let schemes = schemes(root);
    let Some(components) = root.get_mut("components") else { return };
    components.retain(|section| {
        let key = section.key.as_str();
        SECTIONS.contains(&key) || key == "securitySchemes" || key.starts_with("x-")
    });
    for Entry { key, value, .. } in components.entries_mut() {
        if key == "securitySchemes" {
            value.retain(|scheme| schemes.contains(&scheme.key));
        } else if SECTIONS.contains(&key.as_str()) {
            value.retain(|entry| reached.contains(&(key.clone(), entry.key.clone())));
        }
    }
}

/// Returns the section and the name of each component that operations reach.
fn reached(root: &Node) -> BTreeSet<(String, String)> {
    let sections = root.get("components").map_or(&[][..], Node::entries).iter();
    let sections = sections.filter_map(|it| Some((it, inner(Kind::Components, &it.key)?.1)));
    let definitions: BTreeMap<(&str, &str), (&Node, Kind)> = sections
        .flat_map(|(section, kind)| {
            let entries = section.value.entries().iter();
            entries.map(move |it| ((section.key.as_str(), it.key.as_str()), (&it.value, kind)))
        })
        .collect();
    let mut reached = BTreeSet::new();
    let mut found = Vec::new();
    for path in root.get("paths").map_or(&[][..], Node::entries) {
        references(&path.value, Kind::PathItem, &mut found);
    }
    while let Some((section, name)) = found.pop() {
        let Some((node, kind)) = definitions.get(&(section, name)) else { continue };
        if reached.insert((section.to_owned(), name.to_owned())) {
            references(node, *kind, &mut found);
        }
    }
    reached
}

/// Collects the section and the name of each component that a node refers to, directly or in nested
/// nodes.
fn references<'a>(node: &'a Node, kind: Kind, found: &mut Vec<(&'a str, &'a str)>) {
    let mapping = node.get("discriminator").and_then(|it| it.get("mapping"));
    let values = mapping.map_or(&[][..], Node::entries).iter().map(|entry| &entry.value);
    for text in values.chain(node.get("$ref")).filter_map(Node::as_str) {
        let place = text.strip_prefix("#/components/");
        found.extend(place.and_then(|place| place.split_once('/')));
    }
    for Entry { key, value, .. } in node.entries() {
        match inner(kind, key) {
            Some((Shape::One, kind)) => references(value, kind, found),
            Some((Shape::List, kind)) => {
                value.items().iter().for_each(|item| references(item, kind, found));
            }
            Some((Shape::Map, kind)) => {
                value.entries().iter().for_each(|entry| references(&entry.value, kind, found));
            }
            None => {}
        }
    }
}

/// Returns the security schemes that operations or the top level use.
fn schemes(root: &Node) -> BTreeSet<String> {
    let paths = root.get("paths").map_or(&[][..], Node::entries).iter();
    let operations = paths
        .flat_map(|path| path.value.entries())
        .filter(|method| METHODS.contains(&method.key.as_str()));
    let alternatives = operations
        .map(|operation| &operation.value)
        .chain([root])
        .filter_map(|holder| holder.get("security"))
        .flat_map(Node::items);
    alternatives.flat_map(Node::entries).map(|scheme| scheme.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use crate::Document;

    #[test]
    fn only_what_operations_reach_is_kept() {
        let before = r##"
security: [{ root: [] }]
paths:
  /a:
    get:
      security: [{ own: [] }]
      parameters: [{ $ref: "#/components/parameters/P" }]
      responses: { "200": { $ref: "#/components/responses/R" } }
components:
  examples: { a: {} }
  securitySchemes: { root: {}, own: {}, other: {} }
  parameters: { P: { schema: { $ref: "#/components/schemas/A" } }, Q: {} }
  responses: { R: { content: { application/json: { schema: { $ref: "#/components/schemas/B" } } } } }
  schemas:
    A: { type: string }
    B: { properties: { b: { $ref: "#/components/schemas/B" }, c: { $ref: "#/components/schemas/C" } } }
    C: { discriminator: { mapping: { d: "#/components/schemas/D" } } }
    D: {}
    E: { example: { $ref: "#/components/schemas/F" } }
    F: { items: { $ref: "#/components/schemas/E" } }
"##;
        let mut root = Document::parse("a.yaml", before).unwrap().root().clone();
        super::prune(&mut root);
        let json = root.to_json();
        let names = |section: &str| {
            let keys = json["components"][section].as_object();
            keys.map(|it| it.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
        };
        assert_eq!(names("schemas"), ["A", "B", "C", "D"]);
        assert_eq!(names("parameters"), ["P"]);
        assert_eq!(names("responses"), ["R"]);
        assert_eq!(names("securitySchemes"), ["own", "root"]);
        assert!(json["components"].get("examples").is_none());
    }
}
