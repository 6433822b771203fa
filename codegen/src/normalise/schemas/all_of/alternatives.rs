//! Merges each alternative of a union with the keys next to the union.

use std::collections::BTreeSet;

use super::super::keys::{
    self, adds_nothing, empty, is_annotation, is_union, reference, same, sequence,
};
use super::super::kinds::{self, KINDS};
use super::super::named::Named;
use super::super::remarks;
use super::super::walk::Site;
use super::merge::{Failure, Merge, annotated};
use super::parts::only_constrains;
use super::{Merger, Stop};
use crate::{Node, Value};

/// How many alternatives a merged schema may have.
pub(super) const MAX: usize = 64;

/// One alternative of a union.
#[derive(Clone)]
struct Alternative {
    node: Node,
    /// The name of the schema, if the alternative is a reference.
    name: Option<String>,
    /// The discriminator values that select this alternative.
    kinds: Vec<String>,
}

impl Merger<'_> {
    /// Returns a union of every combination of the alternatives, each merged with `rest`.
    pub(super) fn distribute(
        &mut self,
        rest: Node,
        unions: Vec<Node>,
        site: &Site,
        named: &Named,
        merge: &mut Merge,
    ) -> Result<Node, Stop> {
        let mut rest = rest;
        let describes = rest.entries().iter().any(|entry| !adds_nothing(entry));
        let mut left = Vec::new();
        for mut union in unions {
            if describes {
                self.drop_constraints(&mut rest, &mut union, site);
            }
            if is_union(&union) {
                left.push(union);
            }
        }
        let is_plain = rest.entries().iter().all(adds_nothing);
        match &*left {
            [] => return Ok(rest),
            [union] if is_plain => {
                let mut result = annotated(empty(&rest), rest);
                for entry in union.entries() {
                    result.set(&entry.key, entry.value.clone());
                }
                return Ok(result);
            }
            _ => {}
        }
        let (outside, inside) = split(rest);
        let discriminators: Vec<&str> =
            left.iter().filter_map(|it| it.get("discriminator")?.text("propertyName")).collect();
        let discriminator = match *discriminators {
            [name] => Some(name.to_owned()),
            _ => None,
        };
        let mut combined = vec![Alternative { node: inside, name: None, kinds: Vec::new() }];
        let mut nullable = false;
        for (at, union) in left.iter().enumerate() {
            let alternatives = self.alternatives(union, named, &mut nullable)?;
            if combined.len() * alternatives.len() > MAX {
                return Err(Stop::too_large());
            }
            let mut next = Vec::new();
            for first in &combined {
                for alternative in &alternatives {
                    next.extend(self.both(first, alternative, at == 0, site, merge)?);
                }
            }
            combined = next;
        }
        if combined.is_empty() {
            return Err(Stop::conflict(
                "no alternative is compatible with the keys next to the union".to_owned(),
            ));
        }
        let span = outside.span;
        let mut result = outside;
        if nullable {
            result.set("nullable", Node::bool_at(span, true));
        }
        let mut mapping = Node::at(span, Value::Mapping(Vec::new()));
        let mut alternatives = Vec::new();
        for Alternative { mut node, name, kinds } in combined {
            if let Some(name) = name {
                let target = keys::whole(&name);
                node = Node::mapping_at(span, [("$ref", Node::text_at(span, target.clone()))]);
                for kind in &kinds {
                    mapping.set(kind, Node::text_at(span, target.clone()));
                }
            } else if discriminator.is_some() {
                let kinds = kinds.into_iter().map(|kind| Node::text_at(span, kind)).collect();
                node.set(KINDS, Node::list_at(span, kinds));
            }
            alternatives.push(node);
        }
        result.set("oneOf", Node::list_at(span, alternatives));
        if let Some(property) = discriminator {
            let property = Node::text_at(span, property);
            let entries = [("propertyName", property), ("mapping", mapping)];
            result.set("discriminator", Node::mapping_at(span, entries));
        }
        Ok(result)
    }

    /// Removes alternatives that only restrict the properties next to the union, and adds sentences
    /// that describe the restrictions.
    fn drop_constraints(&mut self, rest: &mut Node, union: &mut Node, site: &Site) {
        for key in ["oneOf", "anyOf"] {
            let Some(entry) = union.entry(key) else { continue };
            let (limits, kept): (Vec<Node>, Vec<Node>) =
                entry.value.items().iter().cloned().partition(only_constrains);
            if limits.is_empty() {
                continue;
            }
            self.record.note(
                "union-constraint",
                entry.key_span,
                format!(
                    "`{key}` of {} only restricts how properties can be combined, which Rust \
                    types can't represent: every combination is accepted.",
                    site.title
                ),
            );
            let names = |node: &Node| {
                let names = node.get("required").map_or(&[][..], Node::items).iter();
                remarks::list(&names.map(remarks::value).collect::<Vec<_>>(), "and")
            };
            let groups: Vec<String> =
                limits.iter().map(names).filter(|names| !names.is_empty()).collect();
            if groups.len() > 1 {
                let count = if key == "oneOf" { "Exactly" } else { "At least" };
                let groups = remarks::list(&groups, "or");
                remarks::add(rest, format!("{count} one of these must be set: {groups}."));
            }
            match kept.is_empty() {
                true => {
                    union.remove(key);
                }
                false => {
                    let span = union.span;
                    union.set(key, Node::list_at(span, kept));
                }
            }
        }
    }

    /// Merges two alternatives, or returns `None` if they aren't compatible.
    fn both(
        &mut self,
        first: &Alternative,
        second: &Alternative,
        may_stay: bool,
        site: &Site,
        merge: &mut Merge,
    ) -> Result<Option<Alternative>, Stop> {
        let node = match merge.merge(first.node.clone(), second.node.clone()) {
            Ok(node) => node,
            Err(Failure::TooLarge) => return Err(Stop::too_large()),
            Err(Failure::Conflict(why)) => {
                self.record.note(
                    "all-of-conflict",
                    second.node.span,
                    format!(
                        "An alternative in {} is left out, because it isn't compatible with the \
                         keys next to the union: {why}.",
                        site.title
                    ),
                );
                return Ok(None);
            }
        };
        // The alternative may already contain everything that is next to the union.
        let unchanged = may_stay && same(&node, &second.node);
        let name = second.name.clone().filter(|_| unchanged);
        let kinds = first.kinds.iter().chain(&second.kinds).cloned().collect();
        Ok(Some(Alternative { node, name, kinds }))
    }

    /// Returns copies of a union's alternatives, with nested unions flattened.
    fn alternatives(
        &mut self,
        union: &Node,
        named: &Named,
        nullable: &mut bool,
    ) -> Result<Vec<Alternative>, Stop> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![union.clone()];
        while let Some(node) = waiting.pop() {
            if found.len() + waiting.len() > MAX {
                return Err(Stop::too_large());
            }
            let lists = ["oneOf", "anyOf"].iter().filter_map(|key| sequence(&node, key));
            for alternative in lists.flatten() {
                if super::super::one_of::is_null(alternative) {
                    *nullable = true;
                    continue;
                }
                let name = reference(alternative).map(String::from);
                let Some(name) = name else {
                    if alternative.has("allOf") {
                        return Err(Stop::Waits);
                    }
                    if is_union(alternative) {
                        waiting.push(alternative.clone());
                    } else {
                        let (node, kinds) = (alternative.clone(), kinds::of_inline(alternative));
                        found.push(Alternative { node, name: None, kinds });
                    }
                    continue;
                };
                if !seen.insert(name.clone()) {
                    continue;
                }
                let Some(copy) = self.copy(&name, named)? else { continue };
                if is_union(&copy) {
                    waiting.push(copy);
                } else {
                    let kinds = kinds::of_reference(&node, &name, Some(&copy));
                    found.push(Alternative { node: copy, name: Some(name), kinds });
                }
            }
        }
        Ok(found)
    }
}

/// Splits keys into those that stay next to the union and those that each alternative gets.
fn split(rest: Node) -> (Node, Node) {
    // `x-open-enum` applies to the enum's values, which are in the alternatives.
    let is_outside = |key: &str| is_annotation(key) && key != "x-open-enum";
    let (mut outside, mut inside) = (rest.clone(), rest);
    outside.retain(|entry| is_outside(&entry.key));
    inside.retain(|entry| !is_outside(&entry.key));
    (outside, inside)
}
