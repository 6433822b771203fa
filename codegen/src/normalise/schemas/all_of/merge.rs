//! Merges two schemas into one schema, which accepts at least the values that are valid for both.

use std::collections::BTreeSet;

use super::super::keys::{empty, is_annotation, is_any, is_constraint, is_union, same};
use super::super::remarks;
use super::super::types::of_keyword;
use crate::normalise::OWN;
use crate::{Entry, Node, Value};

/// How many properties a merged schema may have.
const MAX_PROPERTIES: usize = 2_000;

/// Merges schemas, and collects decisions.
pub(super) struct Merge {
    /// How many properties have to be merged in another round.
    pub(super) open: usize,
    /// The code, the position and the explanation of each part that isn't merged.
    pub(super) notes: Vec<(&'static str, crate::Span, String)>,
}

/// Why two schemas can't be merged.
pub(super) enum Failure {
    Conflict(String),
    TooLarge,
}

/// Removes keywords that don't apply to the type of the merged schema, and `x-open-enum` without
/// `enum`.
fn drop_misplaced(merged: &mut Node) {
    if merged.has("$ref") || merged.has("allOf") || is_union(merged) {
        return;
    }
    if !merged.has("enum") {
        merged.remove("x-open-enum");
    }
    let kind = match merged.text("type") {
        Some("integer") => "number",
        Some(kind) => kind,
        None => return,
    };
    let kind = kind.to_owned();
    merged.retain(|entry| of_keyword(&entry.key).is_none_or(|of| of == kind));
}

impl Merge {
    /// Merges two schemas. Annotations of the second schema, such as its description, take
    /// precedence.
    pub(super) fn merge(&mut self, first: Node, second: Node) -> Result<Node, Failure> {
        let mut merged = self.both(first, second)?;
        drop_misplaced(&mut merged);
        Ok(merged)
    }

    fn both(&mut self, first: Node, second: Node) -> Result<Node, Failure> {
        if is_any(&second) || same(&first, &second) {
            return Ok(annotated(first, second));
        }
        if is_any(&first) {
            let mut merged = second.clone();
            merged.retain(|entry| !is_annotation(&entry.key));
            return Ok(annotated(annotated(merged, first), second));
        }
        let later = |node: &Node| node.has("$ref") || node.has("allOf") || is_union(node);
        if later(&first) || later(&second) {
            self.open += 1;
            let mut both = empty(&second);
            both.set("allOf", Node::list_at(second.span, vec![first, second]));
            return Ok(both);
        }
        self.keywords(first, second)
    }

    fn keywords(&mut self, first: Node, second: Node) -> Result<Node, Failure> {
        let mut merged = first;
        if let Some(kind) = kind(&merged, &second)? {
            let span = second.get("type").or(merged.get("type")).map_or(second.span, |it| it.span);
            merged.set("type", Node::text_at(span, kind));
        }
        self.additional(&mut merged, &second);
        let Value::Mapping(entries) = second.value else { return Ok(merged) };
        let mut annotations = Node::at(second.span, Value::Mapping(Vec::new()));
        for entry in entries {
            match entry.key.as_str() {
                "type" | "additionalProperties" | "discriminator" => {}
                "properties" => self.properties(&mut merged, entry)?,
                "required" => union_of_lists(&mut merged, entry),
                "enum" => self.values(&mut merged, entry),
                "items" => match merged.remove("items") {
                    None => merged.set("items", entry.value),
                    Some(items) => {
                        let items = self.merge(items.value, entry.value)?;
                        merged.set("items", items);
                    }
                },
                "format" => match merged.text("format") == entry.value.as_str() {
                    false if merged.has("format") => {
                        merged.remove("format");
                    }
                    _ => merged.set("format", entry.value),
                },
                key if is_annotation(key) => annotations.set(&entry.key, entry.value),
                key if is_constraint(key) => constrain(&mut merged, entry),
                _ => merged.set(&entry.key, entry.value),
            }
        }
        Ok(annotated(merged, annotations))
    }

    fn properties(&mut self, merged: &mut Node, entry: Entry) -> Result<(), Failure> {
        let Value::Mapping(added) = entry.value.value else { return Ok(()) };
        if !merged.get("properties").is_some_and(Node::is_mapping) {
            merged.set("properties", Node::at(entry.value.span, Value::Mapping(Vec::new())));
        }
        let Some(Node { value: Value::Mapping(properties), .. }) = merged.get_mut("properties")
        else {
            return Ok(());
        };
        let mut places: std::collections::BTreeMap<String, usize> =
            properties.iter().enumerate().map(|(at, it)| (it.key.clone(), at)).collect();
        for property in added {
            let known = places.get(&property.key).and_then(|at| properties.get_mut(*at));
            let Some(known) = known else {
                places.insert(property.key.clone(), properties.len());
                properties.push(property);
                if properties.len() > MAX_PROPERTIES {
                    return Err(Failure::TooLarge);
                }
                continue;
            };
            let before = known.value.clone();
            known.value = match self.merge(before.clone(), property.value.clone()) {
                Ok(value) => value,
                Err(Failure::TooLarge) => return Err(Failure::TooLarge),
                Err(Failure::Conflict(why)) => {
                    let what = format!("Property `{}`", property.key);
                    self.notes.push((
                        "all-of-conflict",
                        property.key_span,
                        format!("{what} is described twice in `allOf`, and {why}: the property accepts any JSON"),
                    ));
                    let mut any = annotated(before, property.value);
                    super::super::keys::any_json(&mut any);
                    any
                }
            };
        }
        Ok(())
    }

    /// Keeps the enum values that both schemas allow.
    fn values(&mut self, merged: &mut Node, entry: Entry) {
        let Some(known) = merged.get("enum") else { return merged.set("enum", entry.value) };
        let allowed: BTreeSet<String> = known.items().iter().map(Node::to_string).collect();
        let mut values = entry.value;
        if let Value::Sequence(items) = &mut values.value {
            items.retain(|item| allowed.contains(&item.to_string()));
        }
        if !values.items().is_empty() {
            return merged.set("enum", values);
        }
        merged.remove("enum");
        self.notes.push((
            "all-of-conflict",
            entry.key_span,
            "Two enums in `allOf` have no value in common: any value of their type is accepted"
                .to_owned(),
        ));
    }

    /// Merges `additionalProperties`. The result is closed only if both schemas are closed. If
    /// either of them has a schema for additional properties, the result has one too.
    fn additional(&mut self, merged: &mut Node, second: &Node) {
        let key = "additionalProperties";
        let known = merged.remove(key).map(|entry| entry.value);
        let other = second.get(key).cloned();
        let closed = |node: &Option<Node>| node.as_ref().and_then(Node::as_bool) == Some(false);
        let value = match (known, other) {
            (known, other) if closed(&known) && closed(&other) => known,
            (known, other) => {
                let known = known.filter(|node| node.as_bool() != Some(false));
                let other = other.filter(|node| node.as_bool() != Some(false));
                match (known, other) {
                    (Some(known), Some(other)) if known.is_mapping() && other.is_mapping() => {
                        Some(self.merge(known.clone(), other).unwrap_or(known))
                    }
                    (Some(known), Some(_)) if known.is_mapping() => Some(known),
                    (known, other) => other.or(known),
                }
            }
        };
        if let Some(value) = value {
            merged.set(key, value);
        }
    }
}

/// Returns the type that both schemas share.
fn kind(first: &Node, second: &Node) -> Result<Option<String>, Failure> {
    let kind = |node: &Node| {
        let implied = if node.has("properties") { Some("object") } else { None };
        node.text("type").or(implied).map(str::to_owned)
    };
    match (kind(first), kind(second)) {
        (Some(one), Some(other)) if one == other => Ok(Some(one)),
        (Some(one), Some(other)) => match (&*one, &*other) {
            ("integer", "number") | ("number", "integer") => Ok(Some("integer".to_owned())),
            _ => Err(Failure::Conflict(format!("no value has both types, `{one}` and `{other}`"))),
        },
        (one, other) => Ok(one.or(other)),
    }
}

/// Returns the first schema with the annotations of the second.
pub(super) fn annotated(mut first: Node, second: Node) -> Node {
    let nullable = first.is_true("nullable") && !second.has("nullable");
    remarks::copy(&mut first, &second);
    let Value::Mapping(entries) = second.value else { return first };
    for entry in entries {
        // Keys that the `normalise` stage adds have their own rules.
        if is_annotation(&entry.key) && !entry.key.starts_with(OWN) {
            first.set(&entry.key, entry.value);
        }
    }
    if nullable {
        let span = first.span;
        first.set("nullable", Node::bool_at(span, true));
    }
    first
}

fn union_of_lists(merged: &mut Node, entry: Entry) {
    let Some(Node { value: Value::Sequence(known), .. }) = merged.get_mut(&entry.key) else {
        return merged.set(&entry.key, entry.value);
    };
    let mut seen: BTreeSet<String> = known.iter().map(Node::to_string).collect();
    if let Value::Sequence(items) = entry.value.value {
        known.extend(items.into_iter().filter(|item| seen.insert(item.to_string())));
    }
}

/// Keeps the tighter of two bounds.
fn constrain(merged: &mut Node, entry: Entry) {
    let number = |node: &Node| match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    };
    let Some(known) = merged.get(&entry.key) else { return merged.set(&entry.key, entry.value) };
    let (Some(one), Some(other)) = (number(known), number(&entry.value)) else {
        let pattern = known.as_str().filter(|it| Some(*it) != entry.value.as_str());
        if let Some(pattern) = pattern {
            let sentence = format!("Matches {}.", remarks::code(pattern));
            remarks::add(merged, sentence);
        }
        if entry.value.as_bool() != Some(false) {
            merged.set(&entry.key, entry.value);
        }
        return;
    };
    let is_lower = entry.key.starts_with("min") || entry.key == "exclusiveMinimum";
    if entry.key == "multipleOf" || (is_lower && other > one) || (!is_lower && other < one) {
        merged.set(&entry.key, entry.value);
    }
}
