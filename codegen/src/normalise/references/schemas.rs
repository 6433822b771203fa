//! References to schemas: each leads to a named schema that isn't itself only a reference.

use std::collections::{BTreeMap, BTreeSet};

use super::Siblings;
use super::pointer::{Lost, Source, Target, at_mut, joined, weight};
use crate::names::pascal;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::normalise::schemas::place;
use crate::normalise::schemas::taken::Taken;
use crate::normalise::schemas::walk::{self, Position, Site};
use crate::normalise::{OWN, Record};
use crate::{Entry, Node, Value};

/// Places inside of schemas that get a name because references lead there.
const MOST_PLACES: usize = 10_000;

/// What describes a use of a schema. It stays beside a reference, also where the specification ignores it.
const DESCRIBES: &[&str] = &[
    "description",
    "deprecated",
    "nullable",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "title",
    "default",
];
/// What says nothing about the values.
const SAYS_NOTHING: &[&str] = &[
    "$ref",
    "$defs",
    "definitions",
    "$comment",
    "$id",
    "$schema",
    "$anchor",
    "externalDocs",
    "summary",
    "xml",
];

const SCHEMAS: &str = "#/components/schemas/";

/// What becomes of a reference.
#[derive(Clone, Debug)]
enum Outcome {
    /// It leads to a named schema.
    Named(String),
    /// It is replaced by a scalar, which needs no name.
    Copy(Node),
    /// It leads to what is at a pointer, which gets a name.
    Place(String),
    Lost(Lost),
}

/// What references lead to, by their text, and whether that can be `null`.
struct Outcomes {
    by_text: BTreeMap<String, (Outcome, bool)>,
    /// The keys of places that get a name, by pointer.
    places: BTreeMap<String, Vec<String>>,
    /// The names of those.
    names: BTreeMap<String, String>,
}

pub(super) fn resolve(root: &mut Node, siblings: Siblings, record: &mut Record) {
    super::mappings::complete(root, record);
    let mut outcomes = Outcomes::of(root, siblings);
    outcomes.name_places(root);
    for_each_schema(root, Kind::Document, &mut |node| {
        rewrite(node, siblings, &outcomes, record);
        super::mappings::rewrite(node, &mut |text| outcomes.target(text));
    });
    remove_aliases(root, record);
}

impl Outcomes {
    fn of(root: &mut Node, siblings: Siblings) -> Self {
        let mut texts = BTreeSet::new();
        for_each_schema(root, Kind::Document, &mut |node| {
            texts.extend(node.text("$ref").map(str::to_owned));
            texts.extend(super::mappings::texts(node).map(str::to_owned));
        });
        let source = Source::new(root);
        let (mut by_text, mut places) = (BTreeMap::new(), BTreeMap::new());
        for text in texts {
            let nullable = std::cell::Cell::new(false);
            let is_alias = |node: &Node| {
                let is_alias = is_alias(node, siblings);
                nullable.set(nullable.get() || is_alias && node.is_true("nullable"));
                is_alias
            };
            let outcome = match source.follow(&text, is_alias) {
                Ok(target) => {
                    let (outcome, is_nullable) = outcome(target, &mut places);
                    nullable.set(nullable.get() || is_nullable);
                    outcome
                }
                Err(lost) => Outcome::Lost(lost),
            };
            by_text.insert(text, (outcome, nullable.get()));
        }
        Outcomes { by_text, places, names: BTreeMap::new() }
    }

    /// Gives names to the places that references lead to. The place then has a reference too.
    fn name_places(&mut self, root: &mut Node) {
        let mark = format!("{OWN}place");
        for (pointer, tokens) in &self.places {
            if let Some(node) = at_mut(root, tokens) {
                node.set(&mark, Node::text_at(node.span, pointer.clone()));
            }
        }
        let mut sites: BTreeMap<String, Site> = BTreeMap::new();
        if !self.places.is_empty() {
            walk::for_each(root, &mut |node, site| {
                if let Some(pointer) = node.text(&mark) {
                    sites.insert(pointer.to_owned(), site.clone());
                }
            });
        }
        let mut taken = Taken::of(root);
        // A reference that leads to nothing mustn't lead to one of these.
        self.by_text
            .keys()
            .filter_map(|it| it.strip_prefix(SCHEMAS))
            .for_each(|it| taken.reserve(it));
        // Names by the order of pointers, but inner places are taken out first: they are found by their way from the root.
        for (pointer, tokens) in &self.places {
            let name = match sites.get(pointer) {
                Some(site) => taken.free(site),
                None => taken.first(&name_of(tokens), "Schema"),
            };
            self.names.insert(pointer.clone(), name);
        }
        let mut inner_first: Vec<_> = self.places.iter().collect();
        inner_first.sort_by_key(|(_, tokens)| std::cmp::Reverse(tokens.len()));
        for (pointer, tokens) in inner_first {
            let (Some(node), Some(name)) = (at_mut(root, tokens), self.names.get(pointer)) else {
                continue;
            };
            node.remove(&mark);
            let position = sites.get(pointer).map(|site| site.position);
            let definition = place::take(node, name, position == Some(Position::Property));
            self.by_text.insert(format!("{SCHEMAS}{name}"), (Outcome::Named(name.clone()), false));
            place::define(root, name.clone(), definition);
        }
    }

    /// The name of the schema that a reference leads to.
    fn target(&self, text: &str) -> Option<String> {
        match &self.by_text.get(text)?.0 {
            Outcome::Named(name) => Some(name.clone()),
            Outcome::Place(pointer) => self.names.get(pointer).cloned(),
            Outcome::Copy(_) | Outcome::Lost(_) => None,
        }
    }
}

fn outcome(target: Target<'_>, places: &mut BTreeMap<String, Vec<String>>) -> (Outcome, bool) {
    let Target { node, tokens, kind } = target;
    if !node.is_mapping() || kind.is_some_and(|kind| kind != Kind::Schema) {
        return (Outcome::Lost(Lost::Missing), false);
    }
    if let [components, schemas, name] = &tokens[..] {
        if components == "components" && schemas == "schemas" {
            return (Outcome::Named(name.clone()), false);
        }
    }
    if let Some(scalar) = scalar(node) {
        return (Outcome::Copy(scalar), false);
    }
    let pointer = joined(&tokens);
    if places.len() >= MOST_PLACES && !places.contains_key(&pointer) {
        return (Outcome::Lost(Lost::Missing), false);
    }
    let is_nullable = node.is_true("nullable");
    places.insert(pointer.clone(), tokens);
    (Outcome::Place(pointer), is_nullable)
}

/// A string or number needs no name of its own. `None`: it is something else, or too long to be copied to every reference.
fn scalar(node: &Node) -> Option<Node> {
    const COMPOSED: &[&str] = &["enum", "const", "oneOf", "anyOf", "allOf", "$ref"];
    const MOST: usize = 16;
    let is_scalar = matches!(node.text("type"), Some("string" | "integer" | "number" | "boolean"))
        && !COMPOSED.iter().any(|key| node.has(key));
    let light = |node: &Node| weight(node) <= MOST;
    if !is_scalar {
        return None;
    }
    if light(node) {
        return Some(node.clone());
    }
    let entries = node.entries().iter().filter(|entry| light(&entry.value)).take(MOST / 2);
    Some(Node::at(node.span, Value::Mapping(entries.cloned().collect()))).filter(light)
}

/// A name for a place that has none in OpenAPI 3.0, such as one of `$defs`.
fn name_of(tokens: &[String]) -> String {
    const SAY_LITTLE: &[&str] =
        &["components", "schemas", "$defs", "definitions", "properties", "paths", "schema"];
    let words = tokens.iter().filter(|token| !SAY_LITTLE.contains(&token.as_str()));
    words.map(|token| pascal(token).trim_start_matches('_').to_owned()).collect()
}

fn describes(key: &str) -> bool {
    DESCRIBES.contains(&key) || key.starts_with("x-")
}

/// Whether an entry beside a reference is about the place rather than about the schema.
fn stays(entry: &Entry) -> bool {
    // `required: true` of a property is about its owner.
    describes(&entry.key) || entry.key == "required" && entry.value.as_bool().is_some()
}

/// Whether a named schema is nothing more than another name.
fn is_alias(node: &Node, siblings: Siblings) -> bool {
    let is_bare = || {
        let keys = node.entries().iter().map(|entry| entry.key.as_str());
        keys.into_iter().all(|key| describes(key) || SAYS_NOTHING.contains(&key))
    };
    node.text("$ref").is_some() && (siblings == Siblings::Ignored || is_bare())
}

fn rewrite(node: &mut Node, siblings: Siblings, outcomes: &Outcomes, record: &mut Record) {
    let Some(reference) = node.remove("$ref") else { return };
    let span = reference.value.span;
    let text = reference.value.as_str().unwrap_or_default();
    let found = outcomes.by_text.get(text);
    let (outcome, nullable) = found.cloned().unwrap_or((Outcome::Lost(Lost::Missing), false));
    let name = match outcome {
        Outcome::Named(name) => Some(name),
        Outcome::Place(pointer) => outcomes.names.get(&pointer).cloned(),
        Outcome::Copy(scalar) => {
            drop_others(node, span, record);
            let rest = std::mem::replace(node, scalar);
            rest.entries().iter().for_each(|entry| node.set(&entry.key, entry.value.clone()));
            return set_nullable(node, nullable);
        }
        Outcome::Lost(lost) => {
            let message = format!("A schema is any JSON, because {}.", lost.reason(text));
            record.note(lost.code(), span, message);
            return drop_others(node, span, record);
        }
    };
    let Some(name) = name else { return };
    let target = Node::text_at(span, format!("{SCHEMAS}{name}"));
    let mut others = node.clone();
    others.retain(|entry| !stays(entry) && !SAYS_NOTHING.contains(&entry.key.as_str()));
    if siblings == Siblings::Both && !others.entries().is_empty() {
        node.retain(stays);
        let part = Node::mapping_at(span, [("$ref", target)]);
        node.set("allOf", Node::list_at(node.span, vec![part, others]));
    } else {
        drop_others(node, span, record);
        put_first(node, target);
    }
    set_nullable(node, nullable);
}

/// Removes what stands beside a reference but for what describes.
fn drop_others(node: &mut Node, span: crate::Span, record: &mut Record) {
    let dropped = node.entries().iter().filter(|entry| !stays(entry));
    let dropped: Vec<String> = dropped
        .filter(|entry| !SAYS_NOTHING.contains(&entry.key.as_str()))
        .map(|entry| format!("`{}`", entry.key))
        .collect();
    node.retain(stays);
    if !dropped.is_empty() {
        let message = format!(
            "{} beside a reference is ignored, as OpenAPI 3.0 says: only what the reference leads to counts.",
            dropped.join(", ")
        );
        record.note("reference-siblings", span, message);
    }
}

fn put_first(node: &mut Node, target: Node) {
    if let Value::Mapping(entries) = &mut node.value {
        let key_span = target.span;
        entries.insert(0, Entry { key: "$ref".to_owned(), key_span, value: target });
    }
}

fn set_nullable(node: &mut Node, nullable: bool) {
    if nullable {
        node.set("nullable", Node::bool_at(node.span, true));
    }
}

/// Removes named schemas that are only other names: all references lead to what they stand for by now.
fn remove_aliases(root: &mut Node, record: &mut Record) {
    let Some(components) = root.get_mut("components") else { return };
    let Some(schemas) = components.get_mut("schemas") else { return };
    schemas.retain(|entry| {
        let target = entry.value.text("$ref");
        if let Some(target) = target.and_then(|text| text.strip_prefix(SCHEMAS)) {
            let message = format!(
                "Schema `{}` is only another name for `{target}`: the type `{}` is used for both.",
                entry.key,
                pascal(target),
            );
            record.note("reference-alias", entry.key_span, message);
        }
        target.is_none()
    });
}
