//! Determines the target of each reference to a schema. Unnamed targets get names.

use std::cell::Cell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::beside::{Siblings, is_alias};
use super::mappings;
use super::pointer::{Lost, Source, Target, at_mut, joined, weight};
use crate::names::pascal;
use crate::normalise::OWN;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::normalise::schemas::place;
use crate::normalise::schemas::taken::Taken;
use crate::normalise::schemas::walk::{self, Position, Site};
use crate::{Node, Value};

pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// How a reference is resolved.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// The reference points to a named schema.
    Named(String),
    /// The reference is replaced by a scalar, which doesn't need a name.
    Copy(Node),
    /// The reference points to an unnamed place, which gets a name.
    Place(String),
    Lost(Lost),
}

/// The target of each reference, by the text of the reference, and whether the target can be
/// `null`.
pub(super) struct Outcomes {
    pub(super) by_text: BTreeMap<String, (Outcome, bool)>,
    /// The places that get a name, by pointer.
    places: BTreeMap<String, Place>,
    /// The names of the places, by pointer.
    pub(super) names: BTreeMap<String, String>,
}

/// The path to a place: its keys, and the position of each in its mapping.
struct Place {
    tokens: Vec<String>,
    positions: Vec<usize>,
}

impl Outcomes {
    pub(super) fn of(root: &mut Node, siblings: Siblings) -> Self {
        let mut texts = BTreeSet::new();
        for_each_schema(root, Kind::Document, &mut |node| {
            texts.extend(node.text("$ref").map(str::to_owned));
            texts.extend(mappings::texts(node).map(str::to_owned));
        });
        let source = Source::new(root);
        let (mut by_text, mut places) = (BTreeMap::new(), BTreeMap::new());
        for text in texts {
            let nullable = Cell::new(false);
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

    /// Names the places that references point to. Each of these places also becomes a reference.
    pub(super) fn name_places(&mut self, root: &mut Node) {
        let mark = format!("{OWN}place");
        for (pointer, place) in &self.places {
            if let Some(node) = at_mut(root, &place.positions) {
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
        // An unresolved reference must not resolve to one of the names that are assigned below.
        self.by_text
            .keys()
            .filter_map(|it| it.strip_prefix(SCHEMAS))
            .for_each(|it| taken.reserve(it));
        // Names are assigned in pointer order. Inner places are then taken out first: places are
        // located by their path from the root, and taking out an outer place would break the paths
        // to the places inside it.
        for (pointer, Place { tokens, .. }) in &self.places {
            let name = match sites.get(pointer) {
                Some(site) => taken.free(site),
                None => taken.first(&name_of(tokens), "Schema"),
            };
            self.names.insert(pointer.clone(), name);
        }
        let mut inner_first: Vec<_> = self.places.iter().collect();
        inner_first.sort_by_key(|(_, place)| Reverse(place.positions.len()));
        for (pointer, Place { positions, .. }) in inner_first {
            let (Some(node), Some(name)) = (at_mut(root, positions), self.names.get(pointer))
            else {
                continue;
            };
            node.remove(&mark);
            let position = sites.get(pointer).map(|site| site.position);
            let definition = place::take(node, name, position == Some(Position::Property));
            self.by_text.insert(format!("{SCHEMAS}{name}"), (Outcome::Named(name.clone()), false));
            place::define(root, name.clone(), definition);
        }
    }

    /// Returns the name of the schema that a reference points to.
    pub(super) fn target(&self, text: &str) -> Option<String> {
        match &self.by_text.get(text)?.0 {
            Outcome::Named(name) => Some(name.clone()),
            Outcome::Place(pointer) => self.names.get(pointer).cloned(),
            Outcome::Copy(_) | Outcome::Lost(_) => None,
        }
    }
}

fn outcome(target: Target<'_>, places: &mut BTreeMap<String, Place>) -> (Outcome, bool) {
    let Target { node, tokens, positions, kind } = target;
    if !node.is_mapping() || kind.is_some_and(|kind| kind != Kind::Schema) {
        return (Outcome::Lost(Lost::Missing), false);
    }
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let ["components", "schemas", name] = words[..] {
        return (Outcome::Named(name.to_owned()), false);
    }
    if let Some(scalar) = scalar(node) {
        return (Outcome::Copy(scalar), false);
    }
    let pointer = joined(&tokens);
    let is_nullable = node.is_true("nullable");
    places.insert(pointer.clone(), Place { tokens, positions });
    (Outcome::Place(pointer), is_nullable)
}

/// Returns the schema of a scalar, which doesn't need a name. Its long values are left out, because
/// the schema is copied to every reference. Returns `None` if the schema isn't a scalar, or is
/// still too long.
fn scalar(node: &Node) -> Option<Node> {
    const COMPOSED: &[&str] = &["enum", "const", "oneOf", "anyOf", "allOf", "$ref"];
    const MAX: usize = 16;
    let is_scalar = matches!(node.text("type"), Some("string" | "integer" | "number" | "boolean"))
        && !COMPOSED.iter().any(|key| node.has(key));
    let light = |node: &Node| weight(node) <= MAX;
    if !is_scalar {
        return None;
    }
    if light(node) {
        return Some(node.clone());
    }
    let entries = node.entries().iter().filter(|entry| light(&entry.value)).take(MAX / 2);
    Some(Node::at(node.span, Value::Mapping(entries.cloned().collect()))).filter(light)
}

/// Returns a name for a place that has no name in OpenAPI 3.0, such as a schema in `$defs`.
fn name_of(tokens: &[String]) -> String {
    const SAY_LITTLE: &[&str] =
        &["components", "schemas", "$defs", "definitions", "properties", "paths", "schema"];
    let words = tokens.iter().filter(|token| !SAY_LITTLE.contains(&token.as_str()));
    words.map(|token| pascal(token).trim_start_matches('_').to_owned()).collect()
}
