//! Resolves the merge key `<<` of YAML 1.1: a mapping inherits the entries of other mappings,
//! except those whose keys it already has.

use std::collections::BTreeSet;

use super::{Node, Value};
use crate::Diagnostic;
use crate::document::Entry;

/// The merge key. In quotes, it is an ordinary key.
pub(super) const KEY: &str = "<<";

/// Returns the tree with all merge keys resolved. `merges` contains the positions of these keys.
pub(super) fn all(root: Node, merges: &BTreeSet<usize>) -> Result<Node, Vec<Diagnostic>> {
    let mut merger = Merger { merges, mistakes: Vec::new() };
    let root = merger.node(root);
    if merger.mistakes.is_empty() { Ok(root) } else { Err(merger.mistakes) }
}

struct Merger<'m> {
    merges: &'m BTreeSet<usize>,
    mistakes: Vec<Diagnostic>,
}

impl Merger<'_> {
    /// Resolves a node. The maximum depth of a document limits the recursion. Inner mappings are
    /// resolved first, because an outer mapping may inherit their entries.
    fn node(&mut self, node: Node) -> Node {
        let value = match node.value {
            Value::Sequence(items) => {
                Value::Sequence(items.into_iter().map(|item| self.node(item)).collect())
            }
            Value::Mapping(entries) => {
                let inner = entries
                    .into_iter()
                    .map(|entry| Entry { value: self.node(entry.value), ..entry })
                    .collect();
                Value::Mapping(self.mapping(inner))
            }
            other => other,
        };
        Node { value, ..node }
    }

    fn mapping(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        if !entries.iter().any(|entry| self.is_merge(entry)) {
            return entries;
        }
        let own = entries.iter().filter(|entry| !self.is_merge(entry));
        let mut taken: BTreeSet<String> = own.map(|entry| entry.key.clone()).collect();
        let mut merged = Vec::with_capacity(entries.len());
        for entry in entries {
            if !self.is_merge(&entry) {
                merged.push(entry);
                continue;
            }
            let new = |from: &Entry| taken.insert(from.key.clone());
            merged.extend(self.sources(entry.value).into_iter().filter(new));
        }
        merged
    }

    fn is_merge(&self, entry: &Entry) -> bool {
        entry.key == KEY && self.merges.contains(&entry.key_span.start)
    }

    /// Returns the entries to merge, from a mapping or a list of mappings. Earlier mappings take
    /// precedence.
    fn sources(&mut self, node: Node) -> Vec<Entry> {
        match node.value {
            Value::Mapping(entries) => entries,
            Value::Sequence(items) => {
                let mut all = Vec::new();
                for item in items {
                    match item.value {
                        Value::Mapping(entries) => all.extend(entries),
                        _ => self.mistakes.push(not_a_mapping(&item)),
                    }
                }
                all
            }
            _ => {
                self.mistakes.push(not_a_mapping(&node));
                Vec::new()
            }
        }
    }
}

fn not_a_mapping(node: &Node) -> Diagnostic {
    Diagnostic::new("yaml-merge", format!("`<<` is {}, not a mapping", node.kind()))
        .label(node.span, "an alias of a mapping was expected")
        .help("use the alias of a mapping, or put the key in quotes if it is meant as text")
}
