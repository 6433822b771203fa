//! Lowers the constraints of values that are sent.
//!
//! Patterns are left out, because they are ECMAScript regular expressions, which the `regex` crate
//! doesn't support. Constraints inside a union are also left out, because the alternatives may have
//! different constraints.

use std::collections::{BTreeMap, BTreeSet};

use super::schemas::reference;
use crate::model::{Constraints, CountKeyword, Limit, NamedConstraints};
use crate::normalise::OWN;
use crate::{Document, Node};

const COUNTS: [(&str, CountKeyword); 6] = [
    ("minLength", CountKeyword::MinLength),
    ("maxLength", CountKeyword::MaxLength),
    ("minItems", CountKeyword::MinItems),
    ("maxItems", CountKeyword::MaxItems),
    ("minProperties", CountKeyword::MinProperties),
    ("maxProperties", CountKeyword::MaxProperties),
];

const BOUNDS: [(&str, &str, bool); 2] =
    [("minimum", "exclusiveMinimum", true), ("maximum", "exclusiveMaximum", false)];

/// Returns the constraints of each named schema that has any, directly or in a schema that it
/// refers to.
pub(super) fn named(document: &Document) -> NamedConstraints {
    let schemas = document.get(&["components", "schemas"]).map(Node::entries).unwrap_or_default();
    let all: BTreeMap<&str, Constraints> =
        schemas.iter().map(|schema| (schema.key.as_str(), of(&schema.value))).collect();
    let mut limited: BTreeSet<&str> = BTreeSet::new();
    loop {
        let more: Vec<&str> = all
            .iter()
            .filter(|(name, it)| !limited.contains(*name) && has_limit(it, &limited))
            .map(|(name, _)| *name)
            .collect();
        if more.is_empty() {
            break;
        }
        limited.extend(more);
    }
    let kept = all.into_iter().filter(|(name, _)| limited.contains(name));
    kept.map(|(name, it)| (name.to_owned(), only(it, &limited))).collect()
}

/// Returns the constraints of a value, given those of named schemas.
pub(super) fn of_value(schema: &Node, named: &NamedConstraints) -> Constraints {
    let limited = named.keys().map(String::as_str).collect();
    only(of(schema), &limited)
}

/// Returns the constraints of a schema. A reference is kept even if its target has no constraints.
fn of(schema: &Node) -> Constraints {
    let inside = |key: &str| {
        let node = schema.get(key).filter(|node| node.is_mapping())?;
        Some(Box::new(of(node)))
    };
    let properties = schema.get("properties").map(Node::entries).unwrap_or_default();
    Constraints {
        limits: schema.get(&format!("{OWN}constraints")).map(limits).unwrap_or_default(),
        properties: properties.iter().map(|it| (it.key.clone(), of(&it.value))).collect(),
        items: inside("items"),
        entries: inside("additionalProperties"),
        schema: reference(schema).map(str::to_owned),
    }
}

fn limits(constraints: &Node) -> Vec<Limit> {
    let number = |key: &str| match constraints.get(key)?.to_json() {
        serde_json::Value::Number(number) => Some(number),
        _ => None,
    };
    let mut limits = Vec::new();
    for (key, keyword) in COUNTS {
        if let Some(number) = number(key).and_then(|number| number.as_u64()) {
            limits.push(Limit::Count { keyword, number });
        }
    }
    for (key, exclusive, is_lower) in BOUNDS {
        // In OpenAPI 3.0, `exclusiveMinimum: true` is a flag next to `minimum`. In 3.1, the value of
        // `exclusiveMinimum` is the bound itself.
        let bound = match number(exclusive) {
            Some(number) => Some((number, true)),
            None => number(key).map(|number| (number, constraints.is_true(exclusive))),
        };
        if let Some((number, is_exclusive)) = bound {
            limits.push(Limit::Bound { is_lower, is_exclusive, number });
        }
    }
    limits.extend(number("multipleOf").map(Limit::MultipleOf));
    limits.extend(constraints.is_true("uniqueItems").then_some(Limit::UniqueItems));
    limits
}

/// Returns whether constraints contain a limit, or a reference to a schema that is known to have one.
fn has_limit(constraints: &Constraints, limited: &BTreeSet<&str>) -> bool {
    let Constraints { limits, properties, items, entries, schema } = constraints;
    !limits.is_empty()
        || schema.as_deref().is_some_and(|name| limited.contains(name))
        || properties.iter().any(|(_, it)| has_limit(it, limited))
        || [items, entries].into_iter().flatten().any(|it| has_limit(it, limited))
}

/// Removes the parts that contain no limit.
fn only(constraints: Constraints, limited: &BTreeSet<&str>) -> Constraints {
    let inside = |inside: Option<Box<Constraints>>| {
        let inside = only(*inside?, limited);
        (!inside.is_empty()).then(|| Box::new(inside))
    };
    let properties = constraints.properties.into_iter().map(|(name, it)| (name, only(it, limited)));
    Constraints {
        limits: constraints.limits,
        properties: properties.filter(|(_, it)| !it.is_empty()).collect(),
        items: inside(constraints.items),
        entries: inside(constraints.entries),
        schema: constraints.schema.filter(|name| limited.contains(name.as_str())),
    }
}
