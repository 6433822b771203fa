//! Merges `allOf` into one schema, and each alternative of a union with the keys next to the union.
//!
//! A schema is merged after its parts. If it can't be merged yet, for example because two parts
//! define the same property and one of the definitions is a reference, it waits for the next round.
//! Rounds, copies and alternatives are limited, because documents can be hostile.

mod alternatives;
mod merge;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, any_json, is_union, reference, sequence};
use super::named::{Named, in_order};
use super::walk::{self, Position, Site};
use crate::Node;
use crate::normalise::Record;

/// The maximum number of rounds in which merging is tried.
const ROUNDS: usize = 8;
/// How many nodes may be copied from referenced schemas.
const MAX_COPIED: usize = 300_000;
/// How deeply a merged schema may be nested.
const MAX_DEPTH: usize = 160;

/// Merges every `allOf`, and every union with other keys next to it.
pub(crate) fn merge_all(root: &mut Node, record: &mut Record) {
    let mut merger = Merger {
        parents: parents(root),
        waiting: BTreeSet::new(),
        copied: 0,
        merged: 0,
        open: 0,
        breaks_cycles: false,
        record,
    };
    for _ in 0..ROUNDS {
        (merger.merged, merger.open) = (0, 0);
        in_order(root, &is_open, &needs, &mut |node, site, named| merger.visit(node, site, named));
        if merger.open == 0 {
            return;
        }
        if merger.copied >= MAX_COPIED {
            break;
        }
        merger.breaks_cycles = merger.merged == 0;
    }
    walk::for_each(root, &mut |node, site| {
        if is_composed(node) {
            merger.give_up(node, site, &Stop::too_large());
        }
    });
}

/// Returns whether a schema has to be merged.
fn is_composed(node: &Node) -> bool {
    let beside = |node: &Node| {
        let unions = ["oneOf", "anyOf"].iter().filter(|key| sequence(node, key).is_some());
        unions.count() > 1
            || node.entries().iter().any(|entry| {
                !matches!(entry.key.as_str(), "oneOf" | "anyOf" | "discriminator" | "$ref")
                    && !keys::adds_nothing(entry)
            })
    };
    node.has("allOf") || is_union(node) && beside(node)
}

/// Returns whether a schema or a schema inside it has to be merged.
fn is_open(node: &Node) -> bool {
    let mut found = false;
    keys::each(node, &mut |node| found |= is_composed(node));
    found
}

/// Maps the name of each schema to the names of the schemas that it extends.
fn parents(root: &Node) -> BTreeMap<String, Vec<String>> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.map_or(&[][..], Node::entries).iter();
    let parents = |node: &Node| {
        let parts = sequence(node, "allOf").unwrap_or_default().iter();
        parts.filter_map(reference).map(Into::into).collect::<Vec<String>>()
    };
    entries.map(|entry| (entry.key.clone(), parents(&entry.value))).collect()
}

/// Returns the names of the schemas that a schema is merged from.
fn needs(node: &Node, named: &Named) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    keys::each(node, &mut |node| {
        if !is_composed(node) {
            return;
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = sequence(node, key).unwrap_or_default().iter();
            found.extend(parts.filter_map(reference).map(String::from));
        }
    });
    // If a needed schema is a union, its alternatives are also needed.
    let mut seen: BTreeSet<String> = found.iter().cloned().collect();
    let mut at = 0;
    while let Some(name) = found.get(at).filter(|_| at < alternatives::MAX * 4) {
        let target = named.get(name);
        at += 1;
        let lists = ["oneOf", "anyOf"].iter().filter_map(|key| sequence(target?, key));
        let names: Vec<String> = lists.flatten().filter_map(reference).map(String::from).collect();
        found.extend(names.into_iter().filter(|name| seen.insert(name.clone())));
    }
    found
}

/// The reason why a schema isn't merged.
enum Stop {
    /// One of its parts hasn't been merged yet.
    Waits,
    /// The schema is replaced by one that accepts any JSON.
    Never { code: &'static str, why: String },
}

impl Stop {
    fn too_large() -> Stop {
        Stop::Never { code: "all-of-size", why: "it would become too large".to_owned() }
    }

    fn conflict(why: String) -> Stop {
        Stop::Never { code: "all-of-conflict", why }
    }
}

struct Merger<'a> {
    /// The schemas that each named schema extends.
    parents: BTreeMap<String, Vec<String>>,
    /// The named schemas with parts that haven't been merged yet.
    waiting: BTreeSet<String>,
    copied: usize,
    /// How many schemas were merged in this round.
    merged: usize,
    /// How many schemas are left for the next round.
    open: usize,
    /// Whether cycles are broken in this round, because the previous round merged nothing.
    breaks_cycles: bool,
    record: &'a mut Record,
}

impl Merger<'_> {
    fn visit(&mut self, node: &mut Node, site: &Site, named: &Named) {
        if is_composed(node) {
            match self.compose(node, site, named) {
                Ok(merged) => {
                    *node = merged;
                    self.merged += 1;
                }
                Err(Stop::Waits) => self.open += 1,
                Err(stop) => {
                    self.give_up(node, site, &stop);
                    self.merged += 1;
                }
            }
        }
        if site.position == Position::Named
            && let Some(name) = named.current()
        {
            match is_open(node) {
                true => self.waiting.insert(name.to_owned()),
                false => self.waiting.remove(name),
            };
        }
    }

    fn give_up(&mut self, node: &mut Node, site: &Site, stop: &Stop) {
        let Stop::Never { code, why } = stop else { return };
        let key = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| node.has(key));
        let entry = key.and_then(|key| node.entry(key));
        let span = entry.map_or(node.span, |entry| entry.key_span);
        let key = key.unwrap_or("allOf");
        let what = &site.title;
        self.record.note(
            code,
            span,
            format!(
                "`{key}` of {what} can't be merged because {why}, so the schema accepts any JSON."
            ),
        );
        any_json(node);
    }

    /// Returns a copy of a named schema, or `None` if it doesn't exist.
    fn copy(&mut self, name: &str, named: &Named) -> Result<Option<Node>, Stop> {
        if self.waiting.contains(name) {
            return Err(Stop::Waits);
        }
        let Some(node) = named.visited(name) else {
            // The schema doesn't exist, is the current schema, or depends on the current schema.
            return if self.parents.contains_key(name) { Err(Stop::Waits) } else { Ok(None) };
        };
        if self.copied >= MAX_COPIED {
            return Err(Stop::too_large());
        }
        let mut size = 0;
        let depth = depth(node, &mut size);
        // The schema counts against the limit even if it isn't copied.
        self.copied += size;
        if depth > MAX_DEPTH || self.copied > MAX_COPIED {
            return Err(Stop::too_large());
        }
        Ok(Some(node.clone()))
    }

    /// Returns the schemas that a schema is merged from.
    fn ancestors(&self, name: &str) -> BTreeSet<&str> {
        const MAX: usize = 64;
        let parents = |name: &str| {
            let parents = self.parents.get(name).map_or(&[][..], Vec::as_slice);
            parents.iter().take(MAX).map(String::as_str)
        };
        let mut waiting: Vec<&str> = parents(name).collect();
        let mut found: BTreeSet<&str> = waiting.iter().copied().collect();
        while let Some(name) = waiting.pop().filter(|_| found.len() < MAX) {
            waiting.extend(parents(name).filter(|parent| found.insert(*parent)));
        }
        found
    }
}

/// Returns the depth of a tree, and adds the number of its nodes to `size`.
fn depth(node: &Node, size: &mut usize) -> usize {
    *size += 1;
    let entries = node.entries().iter().map(|entry| depth(&entry.value, size)).max();
    let items = node.items().iter().map(|item| depth(item, size)).max();
    1 + entries.max(items).unwrap_or(0)
}

#[cfg(test)]
mod tests;
