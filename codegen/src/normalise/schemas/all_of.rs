//! `allOf` is merged into one schema; of a union, each alternative is merged with the rest.
//!
//! A schema is merged when those that it is made of are. What can't be merged yet waits for the next round, such as a property
//! that two parts describe by references. Rounds, copies and alternatives are bounded, because documents can be hostile.

mod alternatives;
mod merge;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{self, any_json, is_union, reference, sequence};
use super::named::{Named, in_order};
use super::walk::{self, Site};
use crate::Node;
use crate::normalise::Record;

/// How often schemas that wait for others are tried again.
const ROUNDS: usize = 32;
/// How many values may be copied from referenced schemas.
const MAX_COPIED: usize = 1_000_000;
/// How deep a merged schema may be.
const MAX_DEPTH: usize = 160;

/// Merges every `allOf`, and every union that has something else beside it.
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
        in_order(root, &needs, &mut |node, site, named| merger.visit(node, site, named));
        if merger.open == 0 {
            return;
        }
        merger.breaks_cycles = merger.merged == 0;
    }
    walk::for_each(root, &mut |node, site| {
        if is_composed(node) {
            merger.give_up(node, site, &Stop::too_large());
        }
    });
}

/// Whether a schema is to be merged.
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

/// The schemas that extend others, and which these are.
fn parents(root: &Node) -> BTreeMap<String, Vec<String>> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.map_or(&[][..], Node::entries).iter();
    let parents = |node: &Node| {
        let parts = sequence(node, "allOf").unwrap_or_default().iter();
        parts.filter_map(reference).map(Into::into).collect::<Vec<String>>()
    };
    entries.map(|entry| (entry.key.clone(), parents(&entry.value))).collect()
}

/// The names that a schema is merged from.
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
    // What a union stands for.
    let mut seen: BTreeSet<String> = found.iter().cloned().collect();
    let mut at = 0;
    while let Some(name) = found.get(at).filter(|_| at < alternatives::MOST * 4) {
        let target = named.get(name);
        at += 1;
        let lists = ["oneOf", "anyOf"].iter().filter_map(|key| sequence(target?, key));
        let names: Vec<String> = lists.flatten().filter_map(reference).map(String::from).collect();
        found.extend(names.into_iter().filter(|name| seen.insert(name.clone())));
    }
    found
}

/// Why a schema isn't merged.
enum Stop {
    /// Something that it is made of isn't merged yet.
    Waits,
    /// It becomes any JSON.
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
    /// What each named schema extends.
    parents: BTreeMap<String, Vec<String>>,
    /// The named schemas with parts that aren't merged yet.
    waiting: BTreeSet<String>,
    copied: usize,
    /// How many were merged in this round.
    merged: usize,
    /// How many are left for the next one.
    open: usize,
    /// Whether schemas that are made of themselves are given up in this round.
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
        if site.position == walk::Position::Named {
            let mut waits = false;
            keys::each(node, &mut |node| waits |= is_composed(node));
            // The title has the name as it is written in the document.
            let name = site.title.trim_start_matches("schema `").trim_end_matches('`');
            match waits {
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
            format!("`{key}` of {what} can't be merged, because {why}: it is any JSON."),
        );
        any_json(node);
    }

    /// A copy of a named schema. `None`: there is no such schema.
    fn copy(&mut self, name: &str, named: &Named) -> Result<Option<Node>, Stop> {
        if self.waiting.contains(name) {
            return Err(Stop::Waits);
        }
        let Some(node) = named.visited(name) else {
            // Not there, or this one itself, or one that needs it.
            return if self.parents.contains_key(name) { Err(Stop::Waits) } else { Ok(None) };
        };
        let mut size = 0;
        if depth(node, &mut size) > MAX_DEPTH || self.copied + size > MAX_COPIED {
            return Err(Stop::too_large());
        }
        self.copied += size;
        Ok(Some(node.clone()))
    }

    /// Whether the schema `name` is merged from the schema `ancestor`.
    fn extends(&self, name: &str, ancestor: &str) -> bool {
        const MOST: usize = 64;
        let mut found = vec![name];
        let mut at = 0;
        while let Some(name) = found.get(at).filter(|_| at < MOST) {
            at += 1;
            for parent in self.parents.get(*name).map_or(&[][..], Vec::as_slice) {
                if parent == ancestor {
                    return true;
                }
                if !found.contains(&parent.as_str()) {
                    found.push(parent);
                }
            }
        }
        false
    }
}

/// How deep a tree is; adds the number of its nodes.
fn depth(node: &Node, size: &mut usize) -> usize {
    *size += 1;
    let entries = node.entries().iter().map(|entry| depth(&entry.value, size)).max();
    let items = node.items().iter().map(|item| depth(item, size)).max();
    1 + entries.max(items).unwrap_or(0)
}

#[cfg(test)]
mod tests;
