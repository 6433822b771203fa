//! Names inline schemas that become types: objects, enums, unions and whole bodies.

use std::collections::BTreeMap;

use super::place::{define, take};
use super::taken::Taken;
use super::walk::{self, Position, Site};
use crate::normalise::{Record, references};
use crate::{Node, Value};

/// The keys that are allowed next to a reference in a property.
const OF_PROPERTIES: &[&str] =
    &["$ref", "nullable", "description", "deprecated", "example", "readOnly", "writeOnly"];

/// Moves inline schemas that become types to `components.schemas`, and leaves references in their
/// places. Each schema gets a name that is derived from its place.
pub(crate) fn hoist(root: &mut Node, record: &mut Record) {
    // Earlier steps may have turned named schemas into aliases.
    references::without_aliases(root, record);
    let mut names = Names { taken: Taken::of(root), made: Vec::new(), by_wanted: BTreeMap::new() };
    walk::for_each(root, &mut |node, site| {
        if node.has("$ref") {
            return alone(node, site);
        }
        if !needs_name(node, site.position) {
            return;
        }
        let span = node.span;
        let definition = take(node, "", site.position == Position::Property);
        without_null(node, site, record);
        let name = match names.shared(&definition, site) {
            Some(name) => name,
            None => {
                let name = names.give(definition, site);
                let message = format!(
                    "The type of {} is named `{name}`, after its place in the document.",
                    site.title
                );
                record.note("inline-schema", span, message);
                name
            }
        };
        node.set("$ref", Node::text_at(span, format!("#/components/schemas/{name}")));
        alone(node, site);
    });
    for (name, definition) in names.made {
        define(root, name, definition);
    }
}

/// The names that have been assigned so far.
struct Names {
    taken: Taken,
    made: Vec<(String, Node)>,
    /// For each preferred name, the index in `made` of the first schema whose place has that
    /// preferred name. If the name was already taken, the schema has a longer one.
    by_wanted: BTreeMap<String, usize>,
}

impl Names {
    /// Returns the name of an equal schema whose place has the same preferred name. The two schemas
    /// then share one type. This happens, for example, if two statuses or media types of an
    /// operation have the same response schema.
    fn shared(&self, definition: &Node, site: &Site) -> Option<String> {
        let (name, first) = self.made.get(*self.by_wanted.get(&site.name)?)?;
        same(first, definition).then(|| name.clone())
    }

    fn give(&mut self, definition: Node, site: &Site) -> String {
        let name = self.taken.free(site);
        self.by_wanted.entry(site.name.clone()).or_insert(self.made.len());
        self.made.push((name.clone(), definition));
        name
    }
}

/// Returns whether two schemas are equal, ignoring their positions. The time is linear in the size
/// of the smaller schema.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Mapping(one), Value::Mapping(other)) => {
            let mut both = one.iter().zip(other);
            one.len() == other.len()
                && both.all(|(a, b)| a.key == b.key && same(&a.value, &b.value))
        }
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
        }
        (Value::String(one), Value::String(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one == other,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Null, Value::Null) => true,
        _ => false,
    }
}

/// Returns whether a schema becomes a named type.
fn needs_name(node: &Node, position: Position) -> bool {
    match position {
        Position::Named | Position::Part | Position::Not => false,
        // Of the schemas that need a name, only enums can be read from a header.
        Position::Header => node.has("enum"),
        Position::Body => true,
        _ => {
            let has_properties =
                node.get("properties").is_some_and(|properties| !properties.entries().is_empty());
            has_properties || ["enum", "oneOf", "anyOf", "allOf"].iter().any(|key| node.has(key))
        }
    }
}

/// Removes keys that have no meaning next to a reference in this position.
fn alone(node: &mut Node, site: &Site) {
    let can_be_null = matches!(site.position, Position::Item | Position::Value | Position::Part);
    node.retain(|entry| match entry.key.as_str() {
        "$ref" => true,
        key if key.starts_with("x-") => true,
        "nullable" if can_be_null => true,
        key => site.position == Position::Property && OF_PROPERTIES.contains(&key),
    });
}

/// Removes `nullable` from a body or parameter. In the normal form, these are either present or
/// missing, but never `null`.
fn without_null(node: &mut Node, site: &Site, record: &mut Record) {
    if !matches!(site.position, Position::Body | Position::Parameter) {
        return;
    }
    if let Some(entry) = node.remove("nullable").filter(|it| it.value.as_bool() == Some(true)) {
        let message = format!(
            "`nullable` of {} is ignored, because the value may be missing but is never `null`.",
            site.title
        );
        record.note("nullable", entry.key_span, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use crate::normalise::Record;

    #[track_caller]
    fn check(before: &str, after: &str, number: usize) {
        let mut root = Document::parse("a.yaml", before).unwrap().root().clone();
        let mut record = Record::default();
        super::hoist(&mut root, &mut record);
        let found = root.to_json();
        let expected = Document::parse("b.yaml", after).unwrap().to_json();
        assert_eq!(found, expected, "{found:#}");
        let decisions = record.into_notes();
        assert_eq!(decisions.iter().filter(|it| it.code == "inline-schema").count(), number);
        super::hoist(&mut root, &mut Record::default());
        assert_eq!(root.to_json(), expected, "running it again must change nothing");
    }

    #[test]
    fn schemas_that_need_no_name_stay_inline() {
        let text = r##"
paths:
  /a:
    get:
      operationId: a
      parameters: [{ name: p, schema: { type: array, items: { type: string } } }]
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } } }
components:
  schemas:
    A:
      type: object
      properties:
        a: { $ref: "#/components/schemas/A", nullable: true, description: D, x-expected: true }
        b: { type: object, additionalProperties: { type: array, items: {} } }
"##;
        check(text, text, 0);
    }

    #[test]
    fn names_come_from_places() {
        check(
            r##"
paths:
  /a:
    get:
      operationId: listOrders
      parameters: [{ name: by, schema: { type: string, enum: [a], nullable: true } }]
      requestBody: { content: { application/json: { schema: { type: string } } } }
      responses:
        "200": { content: { application/json: { schema: { type: array, items: { enum: [a], nullable: true } } } } }
        "201": { content: { application/json: { schema: { type: array, items: { enum: [a], nullable: true } } } } }
        "202": { content: { application/json: { schema: { description: Other. } } } }
        "404": { content: { application/json: { schema: {} } } }
components:
  schemas:
    ListOrdersBody: { type: object }
    A:
      type: object
      properties:
        b:
          description: D
          nullable: true
          deprecated: true
          x-expected: true
          properties: { c: { oneOf: [{ type: string }, { properties: { d: {} } }], x-open-enum: true } }
"##,
            r##"
paths:
  /a:
    get:
      operationId: listOrders
      parameters: [{ name: by, schema: { $ref: "#/components/schemas/ListOrdersBy" } }]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersBodyBody" } } } }
      responses:
        "200": { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersResponse" } } } }
        "201": { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersResponse" } } } }
        "202": { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersResponseBody" } } } }
        "404": { content: { application/json: { schema: { $ref: "#/components/schemas/ListOrdersResponse404" } } } }
components:
  schemas:
    ListOrdersBody: { type: object }
    A:
      type: object
      properties:
        b: { $ref: "#/components/schemas/Ab", description: D, nullable: true, deprecated: true, x-expected: true }
    Abc2: { properties: { d: {} } }
    Abc: { oneOf: [{ type: string }, { $ref: "#/components/schemas/Abc2" }], x-open-enum: true }
    Ab: { description: D, properties: { c: { $ref: "#/components/schemas/Abc" } } }
    ListOrdersBy: { type: string, enum: [a] }
    ListOrdersBodyBody: { type: string }
    ListOrdersResponseItem: { enum: [a] }
    ListOrdersResponse: { type: array, items: { $ref: "#/components/schemas/ListOrdersResponseItem", nullable: true } }
    ListOrdersResponseBody: { description: Other. }
    ListOrdersResponse404: {}
"##,
            9,
        );
    }

    #[test]
    fn only_valid_keys_stay_next_to_a_reference() {
        check(
            r##"
components:
  schemas:
    Alias: { $ref: "#/components/schemas/B", nullable: true }
    B: { type: array, items: { $ref: "#/components/schemas/B", nullable: true, description: D } }
    C: { type: object, properties: { c: { $ref: "#/components/schemas/Alias", default: a } } }
"##,
            r##"
components:
  schemas:
    B: { type: array, items: { $ref: "#/components/schemas/B", nullable: true } }
    C: { type: object, properties: { c: { $ref: "#/components/schemas/B", nullable: true } } }
"##,
            0,
        );
    }
}
