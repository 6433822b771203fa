//! Splits a schema into its parts and its own keywords.

use std::collections::BTreeSet;

use super::super::keys::{
    adds_nothing, empty, is_annotation, is_constraint, is_union, reference, sequence,
};
use super::super::named::Named;
use super::super::walk::{Position, Site};
use super::merge::{Failure, Merge, annotated};
use super::{Merger, Stop};
use crate::{Node, Value};

/// How many parts a schema may have.
const MAX: usize = 256;

/// The parts of a schema.
#[derive(Default)]
struct Parts {
    /// The names of referenced parts, with the keys next to the references.
    references: Vec<(String, Node)>,
    /// The inline parts.
    inline: Vec<Node>,
    /// Mappings that contain `oneOf` or `anyOf`, and may contain `discriminator`.
    unions: Vec<Node>,
}

impl Parts {
    /// Removes the parts from `outer`, and returns them.
    fn of(outer: &mut Node) -> Parts {
        let mut parts = Parts::default();
        for part in outer.remove("allOf").map_or_else(Vec::new, |entry| items(entry.value)) {
            parts.add(part);
        }
        parts.unions.extend(take_unions(outer));
        parts
    }

    fn add(&mut self, part: Node) {
        let Some(name) = reference(&part).map(String::from) else {
            if part.is_mapping() {
                self.inline.push(part);
            }
            return;
        };
        // One more than allowed is enough to detect that there are too many.
        if self.references.len() <= MAX && self.references.iter().all(|(known, _)| *known != name) {
            let mut beside = part;
            beside.remove("$ref");
            self.references.push((name, beside));
        }
    }

    /// Returns the only referenced schema, if the other keys don't change its type.
    fn alias(&self, outer: &Node) -> Option<&str> {
        let mut rest = self.inline.iter().chain([outer]).flat_map(|node| node.entries());
        match &*self.references {
            [(name, beside)]
                if self.unions.is_empty()
                    && rest.all(adds_nothing)
                    && beside.entries().iter().all(adds_nothing) =>
            {
                Some(name)
            }
            _ => None,
        }
    }
}

fn items(list: Node) -> Vec<Node> {
    match list.value {
        Value::Sequence(items) => items,
        _ => Vec::new(),
    }
}

/// Removes `oneOf` and `anyOf` and returns each as a separate schema.
fn take_unions(node: &mut Node) -> Vec<Node> {
    let discriminator = node.remove("discriminator");
    let mut unions = Vec::new();
    for key in ["oneOf", "anyOf"] {
        let Some(entry) = node.remove(key) else { continue };
        if entry.value.items().is_empty() {
            continue;
        }
        let mut union = empty(node);
        union.set(key, entry.value);
        unions.push(union);
    }
    // If there are two unions, it isn't clear to which of them the discriminator applies.
    if let ([union], Some(discriminator)) = (&mut *unions, discriminator) {
        union.set("discriminator", discriminator.value);
    }
    unions
}

impl Merger<'_> {
    /// Returns a schema that is equivalent to a composed schema.
    pub(super) fn compose(
        &mut self,
        node: &Node,
        site: &Site,
        named: &Named,
    ) -> Result<Node, Stop> {
        let mut outer = node.clone();
        let mut parts = Parts::of(&mut outer);
        if parts.references.len() + parts.inline.len() > MAX {
            return Err(Stop::too_large());
        }
        self.drop_ancestors(&mut parts);
        if let Some(name) = parts.alias(&outer).map(str::to_owned) {
            return self.alias(&name, parts, outer, site, named);
        }
        let nullable = outer.is_true("nullable") || self.all_nullable(&parts, named);
        let mut plain = Vec::new();
        for (name, beside) in std::mem::take(&mut parts.references) {
            match self.expand(&name, site, named)? {
                Some(copy) => plain.push(annotated(without_remarks(copy), beside)),
                None => plain.push(beside),
            }
        }
        plain.append(&mut parts.inline);
        for part in &mut plain {
            if part.has("allOf") {
                return Err(self.waits_or(|| "a part can't be merged".to_owned()));
            }
            parts.unions.extend(take_unions(part));
            part.remove("nullable");
        }
        plain.push(outer);
        let mut merge = Merge { open: 0, notes: Vec::new() };
        let mut rest = empty(node);
        for part in plain {
            rest = self.merged(&mut merge, rest, part)?;
        }
        if nullable {
            rest.set("nullable", Node::bool_at(node.span, true));
        }
        let result = match parts.unions.is_empty() {
            true => Ok(rest),
            false => self.distribute(rest, parts.unions, site, named, &mut merge),
        };
        self.open += merge.open;
        for (code, span, sentence) in merge.notes {
            self.record.note(code, span, format!("{sentence} (in {}).", site.title));
        }
        result
    }

    /// Removes parts that other parts extend, because those other parts already include them.
    fn drop_ancestors(&self, parts: &mut Parts) {
        if parts.references.len() < 2 {
            return;
        }
        let ancestors: Vec<(String, BTreeSet<&str>)> =
            parts.references.iter().map(|(name, _)| (name.clone(), self.ancestors(name))).collect();
        let own = |name: &str| ancestors.iter().find(|(other, _)| other == name);
        parts.references.retain(|(name, _)| {
            let is_in = |(other, found): &(String, BTreeSet<&str>)| {
                // If two parts extend each other, both are kept.
                other != name
                    && found.contains(name.as_str())
                    && !own(name).is_some_and(|(_, found)| found.contains(other.as_str()))
            };
            !ancestors.iter().any(is_in)
        });
    }

    /// Returns a reference with annotations next to it. A named schema can't be a reference, so it
    /// becomes a copy of the target instead.
    fn alias(
        &mut self,
        name: &str,
        parts: Parts,
        outer: Node,
        site: &Site,
        named: &Named,
    ) -> Result<Node, Stop> {
        let mut beside = empty(&outer);
        let inline = parts.inline.into_iter();
        for part in parts.references.into_iter().map(|(_, node)| node).chain(inline).chain([outer])
        {
            beside = annotated_and_constrained(beside, part);
        }
        let mut result = match site.position {
            Position::Named => match self.expand(name, site, named)? {
                Some(copy) => copy,
                None => empty(&beside),
            },
            _ => Node::reference_at(beside.span, &name.replace('~', "~0").replace('/', "~1")),
        };
        result = annotated_and_constrained(result, beside);
        Ok(result)
    }

    /// Returns a copy of a named schema. Returns `None` if the schema contains itself or doesn't
    /// exist. The part is then skipped.
    fn expand(&mut self, name: &str, site: &Site, named: &Named) -> Result<Option<Node>, Stop> {
        match self.copy(name, named) {
            Err(Stop::Waits) if self.breaks_cycles => match site.position {
                Position::Named => {
                    let what = &site.title;
                    self.record.note(
                        "all-of-cycle",
                        named.get(name).map_or_else(Default::default, |node| node.span),
                        format!(
                            "{} and schema `{name}` are parts of each other, so the part `{name}` is ignored.",
                            capital(what)
                        ),
                    );
                    Ok(None)
                }
                _ => Err(Stop::Never {
                    code: "all-of-cycle",
                    why: format!("schema `{name}` would contain itself endlessly"),
                }),
            },
            found => found,
        }
    }

    fn waits_or(&self, why: impl FnOnce() -> String) -> Stop {
        if self.breaks_cycles { Stop::conflict(why()) } else { Stop::Waits }
    }

    pub(super) fn merged(
        &mut self,
        merge: &mut Merge,
        first: Node,
        second: Node,
    ) -> Result<Node, Stop> {
        merge.merge(first, second).map_err(|failure| match failure {
            Failure::Conflict(why) => Stop::conflict(why),
            Failure::TooLarge => Stop::too_large(),
        })
    }

    /// Returns whether all parts may be `null`.
    fn all_nullable(&self, parts: &Parts, named: &Named) -> bool {
        let target = |name: &str| named.get(name).is_some_and(|node| node.is_true("nullable"));
        let mut references = parts.references.iter();
        !(parts.references.is_empty() && parts.inline.is_empty())
            && parts.unions.is_empty()
            && references.all(|(name, beside)| beside.is_true("nullable") || target(name))
            && parts.inline.iter().all(|part| part.is_true("nullable"))
    }
}

/// Removes the title, the examples and similar keys of a referenced schema, because they don't
/// apply to the schema that refers to it.
fn without_remarks(mut copy: Node) -> Node {
    copy.retain(|entry| {
        !matches!(
            entry.key.as_str(),
            "title" | "deprecated" | "example" | "examples" | "default" | "externalDocs" | "xml"
        )
    });
    copy
}

fn annotated_and_constrained(mut first: Node, second: Node) -> Node {
    for entry in second.entries().iter().filter(|entry| is_constraint(&entry.key)) {
        first.set(&entry.key, entry.value.clone());
    }
    annotated(first, second)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns whether an alternative only restricts properties that the enclosing schema describes.
pub(super) fn only_constrains(alternative: &Node) -> bool {
    let described = alternative
        .get("properties")
        .is_some_and(|it| it.entries().iter().any(|property| !property.value.entries().is_empty()));
    !alternative.has("$ref")
        && !alternative.has("allOf")
        && !is_union(alternative)
        && !described
        && alternative.entries().iter().all(|entry| {
            matches!(
                entry.key.as_str(),
                "type" | "required" | "properties" | "additionalProperties"
            ) || is_annotation(&entry.key)
                || is_constraint(&entry.key)
        })
        && (!alternative.has("type") || sequence(alternative, "required").is_some())
}
