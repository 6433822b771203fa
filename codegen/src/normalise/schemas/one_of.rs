//! Turns `oneOf` and `anyOf` into a union of distinct alternatives, or into a single schema.

mod discriminator;
mod objects;
mod scalars;

use super::additional::additional;
use super::keys::{self, adds_nothing, any_json, is_annotation, is_any, is_union, reference, same};
use super::kinds::{self, KINDS};
use super::named::{Named, in_order};
use super::remarks;
use super::walk::{Position, Site};
use crate::normalise::Record;
use crate::{Node, Value};

/// How many alternatives a union may have.
const MAX: usize = 256;
/// How many nodes may be copied from referenced schemas.
const MAX_COPIED: usize = 300_000;

/// Rewrites every union. `allOf` must have been removed.
pub(crate) fn normalise(root: &mut Node, record: &mut Record) {
    let mut copied = 0;
    // If unions refer to each other, one of them is visited before the other is simplified, so all
    // unions are visited twice.
    for _ in 0..2 {
        in_order(root, &|_| true, &needs, &mut |node, site, named| {
            Unions { site, named, record, copied: &mut copied }.visit(node);
        });
    }
}

/// Returns whether a schema allows only `null`.
pub(super) fn is_null(node: &Node) -> bool {
    let is_typed = node.text("type") == Some("null");
    let only_nullable = node.is_true("nullable")
        && !node.has("$ref")
        && node.entries().iter().all(|entry| is_annotation(&entry.key));
    is_typed || only_nullable || matches!(node.value, Value::Null)
}

/// Returns the referenced alternatives of a schema and of the schemas inside it.
fn needs(node: &Node, _: &Named) -> Vec<String> {
    let mut found = Vec::new();
    keys::each(node, &mut |node| {
        for key in ["oneOf", "anyOf"] {
            let alternatives = node.get(key).map_or(&[][..], Node::items).iter();
            found.extend(alternatives.filter_map(reference).map(String::from));
        }
    });
    found
}

struct Unions<'a> {
    site: &'a Site,
    named: &'a Named,
    record: &'a mut Record,
    copied: &'a mut usize,
}

impl Unions<'_> {
    fn note(&mut self, code: &'static str, span: crate::Span, message: String) {
        self.record.note(code, span, message);
    }

    fn visit(&mut self, node: &mut Node) {
        // A nested schema may now accept any JSON.
        additional(node);
        let title = &self.site.title;
        let key = ["oneOf", "anyOf"].into_iter().find(|key| node.has(key));
        let Some(entry) = key.and_then(|key| node.remove(key)).filter(|_| key.is_some()) else {
            self.without_union(node);
            return;
        };
        let is_any_of = entry.key == "anyOf";
        let Value::Sequence(items) = entry.value.value else { return self.without_union(node) };
        if items.is_empty() {
            return self.without_union(node);
        }
        let kind = node.get("type").filter(|kind| kind.as_str() != Some("null")).cloned();
        node.retain(|entry| {
            matches!(entry.key.as_str(), "discriminator")
                || keys::is_constraint(&entry.key)
                || is_annotation(&entry.key)
        });
        node.remove("x-open-enum");
        let Some(alternatives) = self.alternatives(node, items, kind) else {
            let message = format!(
                "`{}` of {title} has more than {MAX} alternatives, so the schema accepts any JSON.",
                entry.key
            );
            self.note("union-size", entry.key_span, message);
            node.remove("discriminator");
            return any_json(node);
        };
        let mut alternatives = alternatives;
        let has_any = |alternative: &Node| match reference(alternative) {
            Some(name) => self.named.get(&name).is_some_and(is_any),
            None => is_any(alternative),
        };
        if alternatives.iter().any(has_any) {
            let message = format!(
                "`{}` of {title} has an alternative that accepts any JSON, so the schema accepts any JSON.",
                entry.key
            );
            self.note("union-any", entry.key_span, message);
            node.remove("discriminator");
            return any_json(node);
        }
        self.merge_scalars(node, &mut alternatives, entry.key_span);
        if alternatives.len() > 1 {
            self.discriminate(node, &mut alternatives);
        }
        if !node.has("discriminator") {
            self.merge_objects(&mut alternatives, entry.key_span);
        }
        let span = entry.value.span;
        match alternatives.len() {
            0 => {
                node.remove("discriminator");
                any_json(node);
            }
            1 => {
                node.remove("discriminator");
                if let Some(only) = alternatives.pop() {
                    self.only(node, only, entry.key_span);
                }
            }
            _ => {
                if is_any_of {
                    let message = format!(
                        "`anyOf` of {title} is treated as `oneOf`: a value that matches several \
                         alternatives is read as the first one."
                    );
                    self.note("any-of", entry.key_span, message);
                }
                node.set("oneOf", Node::list_at(span, alternatives));
            }
        }
    }

    fn without_union(&mut self, node: &mut Node) {
        node.remove("oneOf");
        node.remove("anyOf");
        if let Some(entry) = node.remove("discriminator") {
            let message = format!(
                "The discriminator of {} is ignored, because the schema has no alternatives.",
                self.site.title
            );
            self.note("discriminator", entry.key_span, message);
        }
    }

    /// Returns the distinct alternatives other than `null`, or `None` if there are too many.
    fn alternatives(
        &mut self,
        node: &mut Node,
        items: Vec<Node>,
        kind: Option<Node>,
    ) -> Option<Vec<Node>> {
        let property = node.get("discriminator").and_then(|it| it.text("propertyName"));
        let property = property.map(str::to_owned);
        let mut nullable = false;
        let mut found: Vec<Node> = Vec::new();
        let mut waiting: Vec<Node> = items.into_iter().rev().collect();
        let mut flattened: Vec<String> = Vec::new();
        while let Some(mut item) = waiting.pop() {
            if found.len() + waiting.len() > MAX {
                return None;
            }
            if is_null(&item) {
                nullable = true;
                continue;
            }
            if !item.is_mapping() {
                continue;
            }
            if item.remove("nullable").is_some_and(|entry| entry.value.as_bool() == Some(true)) {
                nullable = true;
            }
            if let Some(kind) = kind.as_ref().filter(|_| !item.has("$ref") && is_any(&item)) {
                item.set("type", kind.clone());
            }
            if let Some(name) = reference(&item).map(String::from) {
                // A reference to the schema itself doesn't add an alternative.
                if self.site.position == Position::Named && self.named.current() == Some(&*name) {
                    continue;
                }
                let Some(target) = self.named.get(&name) else {
                    found.push(keys::empty(&item));
                    continue;
                };
                // A discriminator's mapping names objects, not unions of objects.
                if property.is_some() && is_union(target) && !flattened.contains(&name) {
                    let mapping = target.get("discriminator").and_then(|it| it.get("mapping"));
                    self.adopt(node, &name, mapping.cloned());
                    flattened.push(name);
                    let inner = ["oneOf", "anyOf"].iter().filter_map(|key| target.get(key));
                    waiting.extend(inner.flat_map(|list| list.items().iter().rev().cloned()));
                    continue;
                }
            } else if let Some(Value::Sequence(inner)) =
                item.remove("oneOf").map(|it| it.value.value)
            {
                remarks::copy(node, &item);
                waiting.extend(inner.into_iter().rev());
                continue;
            }
            match found.iter_mut().find(|known| keys::same_type(known, &item)) {
                Some(known) if same(known, &item) => {}
                // The alternatives differ only in their constraints, so the constraints are dropped.
                Some(known) => known.retain(|entry| !keys::is_constraint(&entry.key)),
                None => found.push(item),
            }
        }
        if nullable {
            let span = node.span;
            node.set("nullable", Node::bool_at(span, true));
        }
        Some(found)
    }

    /// Takes over the discriminator mapping of a nested union, which is replaced by its
    /// alternatives.
    fn adopt(&self, node: &mut Node, name: &str, mapping: Option<Node>) {
        let Some(own) = node.get_mut("discriminator").and_then(|it| it.mapping_mut("mapping"))
        else {
            return;
        };
        let whole = keys::whole(name);
        own.retain(|entry| {
            entry.value.as_str().is_none_or(|target| target != name && target != whole)
        });
        for entry in mapping.iter().flat_map(Node::entries).take(kinds::MAX) {
            if !own.has(&entry.key) {
                own.set(&entry.key, entry.value.clone());
            }
        }
    }

    /// Replaces a union with its only alternative. The alternative gets the annotations and
    /// constraints of the union.
    fn only(&mut self, node: &mut Node, only: Node, span: crate::Span) {
        let mut only = only;
        only.remove(KINDS);
        if let Some(name) = reference(&only).map(String::from)
            && self.site.position == Position::Named
        {
            let target = self.named.visited(&name);
            let size = target.map_or(0, count);
            match target.filter(|_| *self.copied + size <= MAX_COPIED) {
                Some(target) => {
                    *self.copied += size;
                    let mut copy = target.clone();
                    copy.remove("title");
                    only = copy;
                }
                None => {
                    let message = format!(
                        "{} is the same as schema `{name}`, which can't be copied, so it accepts any JSON.",
                        self.site.title
                    );
                    self.note("union-any", span, message);
                    only = keys::empty(node);
                }
            }
        }
        remarks::copy(&mut only, node);
        for entry in node.entries() {
            if !adds_nothing(entry) || entry.key.starts_with(crate::normalise::OWN) {
                continue;
            }
            only.set(&entry.key, entry.value.clone());
        }
        *node = only;
    }
}

/// Returns the number of nodes in a tree.
fn count(node: &Node) -> usize {
    let inner = node.entries().iter().map(|entry| count(&entry.value));
    1 + inner.chain(node.items().iter().map(count)).sum::<usize>()
}

/// Returns the schema of an alternative, following a reference.
fn resolved<'a>(named: &'a Named, node: &'a Node) -> &'a Node {
    reference(node).and_then(|name| named.get(&name)).unwrap_or(node)
}

/// Returns the values of the discriminator that select an alternative.
fn kinds_of(named: &Named, union: &Node, alternative: &Node) -> Vec<String> {
    match reference(alternative) {
        Some(name) => kinds::of_reference(union, &name, named.get(&name)),
        None => kinds::of_inline(alternative),
    }
}

#[cfg(test)]
mod tests;
