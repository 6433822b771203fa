//! Turns each base into a union. A base is a schema that other schemas extend, and that has a
//! `discriminator` or lists those schemas in `oneOf` or `anyOf`. The union contains those schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, adds_nothing, empty, is_annotation, is_union, reference, sequence};
use super::kinds;
use crate::normalise::Record;
use crate::{Entry, Node, Value};

/// How many schemas may extend a base.
const MAX: usize = 256;
/// How many alternatives all bases together may have.
const MAX_TOTAL: usize = 20_000;

/// Turns a base into a union if at least two schemas extend it. Moves the base's own properties to
/// a named schema that the extending schemas refer to.
pub(crate) fn unite(root: &mut Node, record: &mut Record) {
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    let Some(schemas) = schemas else { return };
    let family = Family::of(schemas);
    let mut left = MAX_TOTAL;
    let mut bases: BTreeMap<String, Base> = BTreeMap::new();
    let mut taken: BTreeSet<String> = schemas.entries().iter().map(|it| it.key.clone()).collect();
    for schema in schemas.entries_mut() {
        let Some(children) = family.children_of(&schema.key, &schema.value, record) else {
            continue;
        };
        if children.len() < 2 || children.len() > MAX.min(left) {
            open(schema, children.len(), record);
            continue;
        }
        left -= children.len();
        let plain = free(&mut taken, &format!("{}Base", schema.key));
        bases.insert(schema.key.clone(), Base { plain, children });
    }
    if bases.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for Entry { key, value, .. } in schemas.entries_mut() {
        let is_more = extends(value);
        let is_child = |base: &&Base| is_more || base.children.iter().any(|it| it.name == *key);
        rename_parts(value, &|name| bases.get(name).filter(is_child).map(|it| it.plain.as_str()));
    }
    for schema in schemas.entries_mut() {
        let Some(base) = bases.get(&schema.key) else { continue };
        let (union, plain) = split(schema, base, &bases);
        added.push(Entry { key: base.plain.clone(), key_span: schema.key_span, value: plain });
        schema.value = union;
    }
    if let Value::Mapping(entries) = &mut schemas.value {
        entries.extend(added);
    }
}

struct Base {
    /// The name of the schema with the base's own properties.
    plain: String,
    children: Vec<Child>,
}

struct Child {
    name: String,
    /// The discriminator values that select this child, if the base lists them.
    kinds: Vec<String>,
    /// Whether the child has the properties of the base.
    extends: bool,
}

/// Returns a name that no schema has.
pub(super) fn free(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut next = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}{next}");
        next += 1;
    }
    name
}

/// The names of all schemas, and for each schema the schemas that extend it.
struct Family {
    names: BTreeSet<String>,
    children: BTreeMap<String, Vec<String>>,
}

impl Family {
    fn of(schemas: &Node) -> Family {
        let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for schema in schemas.entries() {
            names.insert(schema.key.clone());
            for part in sequence(&schema.value, "allOf").unwrap_or_default() {
                if let Some(parent) = reference(part) {
                    children.entry(parent.into_owned()).or_default().push(schema.key.clone());
                }
            }
        }
        Family { names, children }
    }

    /// Returns all schemas that extend a schema, directly or indirectly.
    fn descendants(&self, name: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut seen = BTreeSet::from([name.to_owned()]);
        let mut next = 0;
        let mut current = name.to_owned();
        loop {
            for child in self.children.get(&current).map_or(&[][..], Vec::as_slice) {
                if seen.insert(child.clone()) {
                    found.push(child.clone());
                }
            }
            if found.len() > MAX {
                return found;
            }
            let Some(name) = found.get(next) else { return found };
            current = name.clone();
            next += 1;
        }
    }

    /// Returns the schemas that a base represents, or `None` if it isn't a base.
    fn children_of(&self, name: &str, schema: &Node, record: &mut Record) -> Option<Vec<Child>> {
        let child = |name: String, extends| Child { name, kinds: Vec::new(), extends };
        if is_union(schema) {
            let descendants: BTreeSet<String> = self.descendants(name).into_iter().collect();
            let listed =
                ["oneOf", "anyOf"].iter().filter_map(|key| sequence(schema, key)).flatten();
            let names: Vec<String> = listed.filter_map(reference).map(Into::into).collect();
            let children = names.into_iter().map(|name| {
                let extends = descendants.contains(&name);
                child(name, extends)
            });
            let children: Vec<Child> = children.collect();
            return children.iter().any(|child| child.extends).then_some(children);
        }
        let discriminator = schema.get("discriminator").filter(|it| it.is_mapping())?;
        discriminator.text("propertyName")?;
        let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
        if mapping.is_empty() {
            return Some(self.descendants(name).into_iter().map(|it| child(it, true)).collect());
        }
        let mut children: Vec<Child> = Vec::new();
        for entry in mapping.iter().take(kinds::MAX) {
            let target = entry.value.as_str().unwrap_or_default();
            let target = keys::named(target).unwrap_or(target.into());
            if !self.names.contains(&*target) {
                record.note(
                    "discriminator",
                    entry.value.span,
                    format!(
                        "The discriminator of schema `{name}` maps `{}` to a schema that isn't in the document: the entry is ignored.",
                        entry.key
                    ),
                );
                continue;
            }
            match children.iter_mut().find(|child| child.name == *target) {
                Some(child) => child.kinds.push(entry.key.clone()),
                None => children.push(Child {
                    name: target.into_owned(),
                    kinds: vec![entry.key.clone()],
                    extends: true,
                }),
            }
            if children.len() > MAX {
                break;
            }
        }
        Some(children)
    }
}

/// Returns whether `allOf` is more than an alias of one schema.
fn extends(schema: &Node) -> bool {
    let parts = sequence(schema, "allOf").unwrap_or_default();
    let more = |node: &Node| {
        node.entries().iter().any(|entry| {
            !matches!(entry.key.as_str(), "allOf" | "$ref" | "discriminator")
                && !adds_nothing(entry)
        })
    };
    parts.iter().filter(|part| part.has("$ref")).count() > 1
        || more(schema)
        || parts.iter().any(more)
}

fn rename_parts<'a>(schema: &mut Node, rename: &dyn Fn(&str) -> Option<&'a str>) {
    let Some(parts) = schema.get_mut("allOf") else { return };
    for part in parts.items_mut() {
        if let Some(plain) = reference(part).and_then(|name| rename(&name)) {
            let target = Node::text_at(part.span, keys::whole(plain));
            part.set("$ref", target);
        }
    }
}

/// Returns the union for a base, and the schema with the base's own properties.
fn split(schema: &Entry, base: &Base, bases: &BTreeMap<String, Base>) -> (Node, Node) {
    let span = schema.value.span;
    let mut plain = schema.value.clone();
    plain.retain(|entry| {
        !matches!(entry.key.as_str(), "oneOf" | "anyOf" | "discriminator" | "title" | "nullable")
    });
    let mut union = schema.value.clone();
    union.retain(|entry| {
        is_annotation(&entry.key)
            || matches!(entry.key.as_str(), "oneOf" | "anyOf" | "discriminator")
    });
    if is_union(&schema.value) {
        complete_alternatives(&mut union, &plain, base);
        return (union, plain);
    }
    let mut mapping = Node::at(span, Value::Mapping(Vec::new()));
    let mut alternatives = Vec::new();
    for child in &base.children {
        // If a child is also a base, the alternative is the schema with the child's own properties.
        let concrete = bases.get(&child.name).map(|base| base.plain.as_str());
        let target = keys::whole(concrete.unwrap_or(&child.name));
        let name = [child.name.clone()];
        let kinds = match (&*child.kinds, concrete) {
            ([], Some(_)) => &name[..],
            (kinds, _) => kinds,
        };
        for kind in kinds {
            mapping.set(kind, Node::text_at(span, target.clone()));
        }
        alternatives.push(Node::mapping_at(span, [("$ref", Node::text_at(span, target))]));
    }
    union.set("oneOf", Node::list_at(span, alternatives));
    if let Some(discriminator) = union.get_mut("discriminator") {
        discriminator.set("mapping", mapping);
    }
    (union, plain)
}

/// Adds the base's properties to alternatives that don't extend the base.
fn complete_alternatives(union: &mut Node, plain: &Node, base: &Base) {
    if plain.entries().iter().all(adds_nothing) {
        return;
    }
    let extends = |node: &Node| {
        let name = reference(node);
        name.is_some_and(|name| base.children.iter().any(|it| it.extends && it.name == *name))
    };
    for key in ["oneOf", "anyOf"] {
        let Some(alternatives) = union.get_mut(key) else { continue };
        for alternative in alternatives.items_mut() {
            if extends(alternative) {
                continue;
            }
            let mut both = empty(alternative);
            let parts =
                vec![alternative.clone(), Node::reference_at(alternative.span, &base.plain)];
            both.set("allOf", Node::list_at(alternative.span, parts));
            *alternative = both;
        }
    }
}

/// Handles a base that can't become a union: it stays an object. If other schemas extend the base,
/// the object also keeps their properties.
fn open(schema: &mut Entry, children: usize, record: &mut Record) {
    let span = schema.value.remove("discriminator").map_or(schema.key_span, |it| it.key_span);
    let what = match children {
        0 => "No other schema extends",
        1 => "Only one schema extends",
        _ => "Too many schemas extend",
    };
    let node = &mut schema.value;
    let keeps = children > 0 && !is_union(node);
    if keeps && !node.get("additionalProperties").is_some_and(Node::is_mapping) {
        let any = empty(node);
        node.set("additionalProperties", any);
    }
    record.note(
        "discriminator",
        span,
        format!(
            "{what} schema `{}`, so its discriminator is ignored and the schema stays an object.",
            schema.key
        ),
    );
}

#[cfg(test)]
mod tests;
