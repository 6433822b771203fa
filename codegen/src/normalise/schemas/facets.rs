//! Moves constraints and defaults into the description, because the server enforces constraints and
//! fills in defaults.
//!
//! If they remained keywords, they would change the generated types: a response that violates a
//! constraint couldn't be read, and the client would send defaults for values that the caller left
//! out.

use super::keys::is_constraint;
use super::{remarks, walk};
use crate::normalise::OWN;
use crate::{Entry, Node, Value};

/// Moves the constraints and defaults of every schema into its description.
///
/// The values of the constraints are also kept, under the `x-openapi-keys-constraints` key.
pub(crate) fn describe(root: &mut Node) {
    walk::for_each(root, &mut |node, _| {
        let constraints = take(node);
        for sentence in sentences(&constraints) {
            remarks::add(node, sentence);
        }
        if let Some(default) = node.remove("default")
            && !matches!(default.value.value, Value::Null)
        {
            remarks::add(node, format!("Default: {}.", remarks::value(&default.value)));
        }
        if !constraints.entries().is_empty() {
            node.set(&format!("{OWN}constraints"), constraints);
        }
        remarks::into_description(node);
    });
}

/// Removes the constraints, and returns those that have an effect.
fn take(node: &mut Node) -> Node {
    let span = node.span;
    let Value::Mapping(entries) = &mut node.value else {
        return Node::at(span, Value::Mapping(Vec::new()));
    };
    let (taken, mut kept): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(entries).into_iter().partition(|entry| is_constraint(&entry.key));
    let mut taken: Vec<Entry> = taken.into_iter().filter(means_something).collect();
    let text = |key: &str| kept.iter().find(|it| it.key == key).and_then(|it| it.value.as_str());
    let unsigned = text("type") == Some("integer")
        && text("format").is_none_or(|format| format.starts_with("uint"))
        && taken.iter().all(|entry| entry.key != "exclusiveMinimum");
    // An integer that is never negative gets an unsigned type, which already implies `minimum: 0`.
    if unsigned
        && let Some(at) =
            taken.iter().position(|entry| entry.key == "minimum" && entry.value.to_string() == "0")
    {
        kept.push(taken.remove(at));
    }
    *entries = kept;
    Node::at(span, Value::Mapping(taken))
}

fn means_something(entry: &Entry) -> bool {
    match (entry.key.as_str(), &entry.value.value) {
        ("pattern", Value::String(_)) => true,
        ("uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum", Value::Bool(value)) => *value,
        ("exclusiveMinimum" | "exclusiveMaximum" | "minimum" | "maximum", Value::Number(_)) => true,
        ("multipleOf", Value::Number(_)) => true,
        ("minLength" | "minItems" | "minProperties", Value::Number(number)) => {
            number.as_u64().is_some_and(|number| number > 0)
        }
        ("maxLength" | "maxItems" | "maxProperties", Value::Number(number)) => number.is_u64(),
        _ => false,
    }
}

fn sentences(constraints: &Node) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(range(constraints));
    found.extend(count(constraints, "Length", "character", "characters"));
    found.extend(count(constraints, "Items", "item", "items"));
    found.extend(count(constraints, "Properties", "entry", "entries"));
    if let Some(pattern) = constraints.text("pattern") {
        found.push(format!("Matches {}.", remarks::code(pattern)));
    }
    if let Some(step) = constraints.get("multipleOf") {
        found.push(format!("A multiple of {step}."));
    }
    if constraints.is_true("uniqueItems") {
        found.push("Items are unique.".to_owned());
    }
    found
}

/// Describes the bounds of a number.
fn range(constraints: &Node) -> Option<String> {
    let lower = bound(constraints, "minimum", "exclusiveMinimum");
    let upper = bound(constraints, "maximum", "exclusiveMaximum");
    Some(match (lower, upper) {
        (Some((lower, false)), Some((upper, false))) if lower == upper => {
            format!("Exactly {lower}.")
        }
        (Some((lower, false)), Some((upper, false))) => format!("Between {lower} and {upper}."),
        (Some(lower), Some(upper)) => format!("{}, and {}.", above(&lower), below(&upper)),
        (Some(lower), None) => format!("{}.", above(&lower)),
        (None, Some((upper, true))) => format!("Less than {upper}."),
        (None, Some((upper, false))) => format!("At most {upper}."),
        (None, None) => return None,
    })
}

/// Returns a bound, and whether it is exclusive. In OpenAPI 3.0, the value of the `exclusive` key
/// is `true` if the bound is exclusive. In 3.1, its value is the exclusive bound itself.
fn bound(constraints: &Node, key: &str, exclusive: &str) -> Option<(String, bool)> {
    let limit = constraints.get(key).map(Node::to_string);
    match constraints.get(exclusive).map(|node| &node.value) {
        Some(Value::Number(number)) => Some((number.to_string(), true)),
        Some(Value::Bool(excluded)) => limit.map(|limit| (limit, *excluded)),
        _ => limit.map(|limit| (limit, false)),
    }
}

fn above((limit, excluded): &(String, bool)) -> String {
    if *excluded { format!("Greater than {limit}") } else { format!("At least {limit}") }
}

fn below((limit, excluded): &(String, bool)) -> String {
    if *excluded { format!("less than {limit}") } else { format!("at most {limit}") }
}

fn count(constraints: &Node, of: &str, one: &str, many: &str) -> Option<String> {
    let limit = |bound: &str| constraints.get(&format!("{bound}{of}")).map(Node::to_string);
    let unit = |limit: &str| if limit == "1" { one.to_owned() } else { many.to_owned() };
    Some(match (limit("min"), limit("max")) {
        (Some(least), Some(most)) if least == most => format!("Exactly {most} {}.", unit(&most)),
        (Some(least), Some(most)) => format!("Between {least} and {most} {many}."),
        (Some(least), None) => format!("At least {least} {}.", unit(&least)),
        (None, Some(most)) => format!("At most {most} {}.", unit(&most)),
        (None, None) => return None,
    })
}

#[cfg(test)]
mod tests;
