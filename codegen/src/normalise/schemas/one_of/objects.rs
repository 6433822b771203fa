//! Merges object schemas that can't be distinguished in JSON. An object schema without required
//! properties matches every JSON object.

use std::collections::{BTreeMap, BTreeSet};

use super::super::keys::{empty, is_union, same_type, sequence};
use super::super::walk::{Position, Site};
use super::{MAX_COPIED, Unions, count, resolved};
use crate::names::pascal;
use crate::{Entry, Node, Span, Value};

/// How many properties a merged object may have.
const MAX_PROPERTIES: usize = 2_000;

impl Unions<'_> {
    /// Merges the objects without required properties, because the first one would hide the others.
    /// Moves such objects, and then maps, to the end.
    pub(super) fn merge_objects(&mut self, all: &mut Vec<Node>, span: Span) {
        let named = self.named;
        let is_struct = |node: &Node| {
            resolved(named, node).get("properties").is_some_and(|it| !it.entries().is_empty())
        };
        let is_optional = |node: &Node| {
            is_struct(node)
                && sequence(resolved(named, node), "required").unwrap_or_default().is_empty()
        };
        let group: Vec<&Node> =
            all.iter().filter(|node| is_optional(node)).map(|it| resolved(named, it)).collect();
        let size: usize = group.iter().map(|node| count(node)).sum();
        if group.len() > 1
            && *self.copied + size <= MAX_COPIED
            && let Some(merged) = self.merged(&group)
        {
            *self.copied += size;
            let first = all.iter().position(is_optional);
            let mut kept = Vec::new();
            for (at, node) in std::mem::take(all).into_iter().enumerate() {
                if Some(at) == first {
                    kept.push(merged.clone());
                } else if !is_optional(&node) {
                    kept.push(node);
                }
            }
            *all = kept;
            let message = format!(
                "The object alternatives of {} are merged into one object with all properties, because JSON values don't show which alternative applies.",
                self.site.title
            );
            self.note("union-merged", span, message);
        }
        let is_map = |node: &Node| {
            let schema = resolved(named, node);
            schema.text("type") == Some("object") && !schema.has("properties")
        };
        all.sort_by_key(|node| (is_map(node), is_optional(node)));
    }

    /// Returns an object with all properties. Properties that aren't required in every object are
    /// optional.
    fn merged(&mut self, group: &[&Node]) -> Option<Node> {
        let span = group.first()?.span;
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut properties: Vec<Entry> = Vec::new();
        for property in
            group.iter().filter_map(|node| node.get("properties")).flat_map(Node::entries)
        {
            let known = places.get(property.key.as_str()).and_then(|at| properties.get_mut(*at));
            match known {
                Some(known) => self.both(known, property),
                None => {
                    places.insert(&property.key, properties.len());
                    properties.push(property.clone());
                }
            }
        }
        if properties.len() > MAX_PROPERTIES {
            return None;
        }
        let required = |node: &&Node| -> BTreeSet<String> {
            let names = sequence(node, "required").unwrap_or_default().iter();
            names.filter_map(Node::as_str).map(str::to_owned).collect()
        };
        let required = group.iter().map(required).reduce(|one, other| &one & &other)?;
        let mut merged = Node::mapping_at(span, [("type", Node::text_at(span, "object"))]);
        merged.set("properties", Node::at(span, Value::Mapping(properties)));
        if !required.is_empty() {
            let names = required.into_iter().map(|name| Node::text_at(span, name)).collect();
            merged.set("required", Node::list_at(span, names));
        }
        let additional = group.iter().find_map(|node| node.get("additionalProperties"));
        if let Some(additional) = additional {
            merged.set("additionalProperties", additional.clone());
        }
        Some(merged)
    }

    /// Merges a property that two of the objects have.
    fn both(&mut self, known: &mut Entry, other: &Entry) {
        let without_null = |node: &Node| {
            let mut node = node.clone();
            node.remove("nullable");
            node
        };
        let nullable = known.value.is_true("nullable") || other.value.is_true("nullable");
        let (one, two) = (without_null(&known.value), without_null(&other.value));
        if !same_type(&one, &two) {
            let span = one.span;
            known.value = empty(&one);
            // Only simple schemas are merged further, because merging nested objects might never
            // end.
            if self.is_simple(&one) && self.is_simple(&two) {
                known.value.set("oneOf", Node::list_at(span, vec![one, two]));
                let site = property_of(self.site, &known.key);
                let (named, record, copied) = (self.named, &mut *self.record, &mut *self.copied);
                Unions { site: &site, named, record, copied }.visit(&mut known.value);
            } else {
                let message = format!(
                    "Property `{}` of {} has a different type in each alternative, so it accepts any JSON.",
                    known.key, self.site.title
                );
                self.note("union-any", other.key_span, message);
            }
        }
        if nullable {
            let span = known.value.span;
            known.value.set("nullable", Node::bool_at(span, true));
        }
    }

    fn is_simple(&self, node: &Node) -> bool {
        let schema = resolved(self.named, node);
        let is_scalar = |node: &Node| {
            let kind = node.text("type");
            kind.is_some_and(|kind| !matches!(kind, "object" | "array")) && !is_union(node)
        };
        is_scalar(schema)
            || schema.text("type") == Some("array")
                && schema.get("items").is_some_and(|it| it.has("$ref") || is_scalar(it))
    }
}

fn property_of(site: &Site, key: &str) -> Site {
    Site {
        position: Position::Property,
        name: format!("{}{}", site.name, pascal(key).trim_start_matches('_')),
        title: format!("property `{key}` of {}", site.title),
    }
}
