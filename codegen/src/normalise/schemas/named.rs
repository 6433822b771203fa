//! Visits the schemas of a document in an order in which each named schema comes after its parts.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{self, Position, Site};
use crate::names::pascal;
use crate::{Entry, Node, Value};

/// The named schemas. The schema that is being visited still has its old value.
pub(super) struct Named {
    nodes: BTreeMap<String, Node>,
    visited: BTreeSet<String>,
    current: Option<String>,
}

impl Named {
    /// Returns the schema with this name.
    pub(super) fn get(&self, name: &str) -> Option<&Node> {
        self.nodes.get(name)
    }

    /// Returns the name of the named schema that is being visited or contains the visited schema.
    pub(super) fn current(&self) -> Option<&str> {
        self.current.as_deref()
    }

    /// Returns the schema with this name, if it was visited before the current schema.
    pub(super) fn visited(&self, name: &str) -> Option<&Node> {
        self.visited.contains(name).then(|| self.nodes.get(name)).flatten()
    }
}

/// Calls `visit` for every schema, but skips named schemas for which `is_open` returns `false`.
/// Inner schemas come before outer ones. `needs` returns the names of the schemas that should be
/// visited before a named schema. If schemas need each other, the cycle is broken at one of them.
pub(super) fn in_order(
    root: &mut Node,
    is_open: &dyn Fn(&Node) -> bool,
    needs: &dyn Fn(&Node, &Named) -> Vec<String>,
    visit: &mut dyn FnMut(&mut Node, &Site, &Named),
) {
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    let entries = match schemas.map(|schemas| std::mem::replace(&mut schemas.value, Value::Null)) {
        Some(Value::Mapping(entries)) => entries,
        _ => Vec::new(),
    };
    let mut keys = Vec::with_capacity(entries.len());
    let mut named = Named { nodes: BTreeMap::new(), visited: BTreeSet::new(), current: None };
    for Entry { key, key_span, value } in entries {
        named.nodes.insert(key.clone(), value);
        keys.push((key, key_span));
    }
    for name in sorted(&keys, needs, &named) {
        named.visited.insert(name.clone());
        let Some(node) = named.nodes.get(&name).filter(|node| is_open(node)) else { continue };
        let mut node = node.clone();
        named.visited.remove(&name);
        named.current = Some(name.clone());
        let site = Site {
            position: Position::Named,
            name: pascal(&name),
            title: format!("schema `{name}`"),
        };
        walk::schema(&mut node, &site, &mut |node, site| visit(node, site, &named));
        named.visited.insert(name.clone());
        named.nodes.insert(name, node);
    }
    named.current = None;
    walk::for_each(root, &mut |node, site| visit(node, site, &named));
    if keys.is_empty() {
        return;
    }
    let entry =
        |(key, key_span)| named.nodes.remove(&key).map(|value| Entry { key, key_span, value });
    let entries = keys.into_iter().filter_map(entry).collect();
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    if let Some(schemas) = schemas {
        schemas.value = Value::Mapping(entries);
    }
}

/// Returns the names in an order in which each schema comes after the schemas that it needs.
fn sorted(
    keys: &[(String, crate::Span)],
    needs: &dyn Fn(&Node, &Named) -> Vec<String>,
    named: &Named,
) -> Vec<String> {
    let mut order = Vec::with_capacity(keys.len());
    let mut begun = BTreeSet::new();
    let needs = |name: &str| named.get(name).map_or_else(Vec::new, |node| needs(node, named));
    for (key, _) in keys {
        if !begun.insert(key.clone()) {
            continue;
        }
        // This isn't recursive, because a chain can be as long as the document.
        let mut stack = vec![(key.clone(), needs(key).into_iter())];
        while let Some((_, rest)) = stack.last_mut() {
            match rest.next() {
                Some(next) if named.get(&next).is_none() || begun.contains(&next) => {}
                Some(next) => {
                    begun.insert(next.clone());
                    let rest = needs(&next).into_iter();
                    stack.push((next, rest));
                }
                None => order.extend(stack.pop().map(|(name, _)| name)),
            }
        }
    }
    order
}
