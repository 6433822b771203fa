//! Rewrites enums so that they have distinct strings or distinct integers, and a flag that says
//! whether the server may add values.

use std::collections::BTreeSet;

use serde_json::Number;

use super::remarks;
use super::walk::{self, Site};
use crate::normalise::Record;
use crate::{Node, Value};

/// The key that says whether the server may add values.
const OPEN: &str = "x-open-enum";
/// Some API guidelines use this key instead of `enum` if the server may add values.
const EXTENSIBLE: &str = "x-extensible-enum";

/// Rewrites every `enum` and `const`.
pub(crate) fn normalise(root: &mut Node, record: &mut Record) {
    walk::for_each(root, &mut |node, site| {
        extensible(node);
        constant(node);
        let Some(entry) = node.remove("enum") else {
            if node.remove(OPEN).is_some() {
                record.note(
                    "open-enum",
                    node.span,
                    format!(
                        "`{OPEN}` of {} is ignored, because the schema has no `enum`.",
                        site.title
                    ),
                );
            }
            return;
        };
        let Value::Sequence(values) = entry.value.value else {
            record.note(
                "enum-values",
                entry.value.span,
                format!("`enum` of {} is ignored, because it isn't a list.", site.title),
            );
            return;
        };
        let values = without_null(node, values);
        let span = entry.value.span;
        match usable(node, values) {
            Usable::Enum(kind, values) => {
                node.set("type", Node::text_at(span, kind));
                node.set("enum", Node::list_at(span, values));
                openness(node, site, record);
            }
            Usable::Plain(values) => plain(node, site, record, span, &values),
        }
    });
}

fn extensible(node: &mut Node) {
    let Some(entry) = node.entry(EXTENSIBLE).cloned() else { return };
    let says = match &entry.value.value {
        Value::Sequence(values) => !values.is_empty(),
        Value::Bool(value) => *value,
        _ => false,
    };
    if !says {
        return;
    }
    if !node.has("enum") && !entry.value.items().is_empty() {
        node.set("enum", entry.value.clone());
    }
    if node.has("enum") {
        node.remove(EXTENSIBLE);
        node.set(OPEN, Node::bool_at(entry.key_span, true));
    }
}

/// Turns `const` into an `enum` of one value.
fn constant(node: &mut Node) {
    let Some(entry) = node.remove("const") else { return };
    if !node.has("enum") {
        let span = entry.value.span;
        node.set("enum", Node::list_at(span, vec![entry.value]));
    }
}

/// Returns the distinct values other than `null`. `null` makes the schema nullable.
fn without_null(node: &mut Node, values: Vec<Node>) -> Vec<Node> {
    let mut seen = BTreeSet::new();
    let (null, values): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|value| matches!(value.value, Value::Null));
    if let Some(null) = null.first() {
        node.set("nullable", Node::bool_at(null.span, true));
    }
    values.into_iter().filter(|value| seen.insert(value.to_string())).collect()
}

enum Usable {
    /// A type, and values of that type.
    Enum(&'static str, Vec<Node>),
    /// Values that can only be described.
    Plain(Vec<Node>),
}

fn usable(node: &Node, values: Vec<Node>) -> Usable {
    let kind = node.text("type").map(str::to_owned);
    let all = |test: fn(&Node) -> bool| !values.is_empty() && values.iter().all(test);
    let scalar =
        |value: &Node| matches!(value.value, Value::String(_) | Value::Number(_) | Value::Bool(_));
    match kind.as_deref() {
        None if all(|value| value.as_str().is_some()) => Usable::Enum("string", values),
        // YAML reads an unquoted `1` as a number and an unquoted `true` as a boolean, but in an
        // enum of strings they are strings on the wire.
        Some("string") if all(scalar) => Usable::Enum("string", distinct(values, as_text)),
        None if all(|value| integer(value).is_some() && value.as_str().is_none()) => {
            Usable::Enum("integer", distinct(values, as_integer))
        }
        Some("integer") if all(|value| integer(value).is_some()) => {
            Usable::Enum("integer", distinct(values, as_integer))
        }
        _ => Usable::Plain(values),
    }
}

/// Returns the converted values, without duplicates.
fn distinct(values: Vec<Node>, convert: fn(Node) -> Node) -> Vec<Node> {
    let mut seen = BTreeSet::new();
    values.into_iter().map(convert).filter(|value| seen.insert(value.to_string())).collect()
}

fn as_text(node: Node) -> Node {
    match node.as_str() {
        Some(_) => node,
        None => Node::text_at(node.span, node.to_string()),
    }
}

fn as_integer(node: Node) -> Node {
    match integer(&node) {
        Some(number) => Node::at(node.span, Value::Number(number)),
        None => node,
    }
}

/// Returns an integer, which may be written as text or with zeros after the decimal point.
fn integer(node: &Node) -> Option<Number> {
    /// From this value on, floats can't represent every integer.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match &node.value {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.clone()),
        Value::Number(number) => {
            let float = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < EXACT)?;
            format!("{float:.0}").parse::<i64>().ok().map(Number::from)
        }
        Value::String(text) => text.trim().parse::<i64>().ok().map(Number::from),
        _ => None,
    }
}

/// Sets whether an enum is open. An enum is open by default, so that a new value doesn't make a
/// response unreadable.
fn openness(node: &mut Node, site: &Site, record: &mut Record) {
    let said = node.get(OPEN).map(|open| (open.as_bool(), open.span));
    if let Some((Some(_), _)) = said {
        return;
    }
    let span = said.map_or(node.span, |(_, span)| span);
    node.set(OPEN, Node::bool_at(span, true));
    record.note(
        "open-enum",
        span,
        format!(
            "The enum of {} accepts unknown values, because the document doesn't declare with \
             `{OPEN}: false` that the list of values is complete.",
            site.title
        ),
    );
}

fn plain(node: &mut Node, site: &Site, record: &mut Record, span: crate::Span, values: &[Node]) {
    node.remove(OPEN);
    if !node.has("type")
        && let Some(kind) = kind_of(values)
    {
        node.set("type", Node::text_at(span, kind));
    }
    let what = match values {
        [] if node.is_true("nullable") => return,
        [] => "has no values",
        _ if node.text("type") == Some("boolean") => {
            if let [only] = values {
                remarks::add(node, format!("Always {}.", remarks::value(only)));
            }
            return;
        }
        _ => "has values that can't be variants of a Rust enum",
    };
    let shown: Vec<String> = values.iter().map(remarks::value).collect();
    match &*shown {
        [] => {}
        [only] => remarks::add(node, format!("Always {only}.")),
        _ => remarks::add(node, format!("One of {}.", remarks::list(&shown, "or"))),
    }
    record.note(
        "enum-values",
        span,
        format!("The enum of {} {what}: any value of its type is accepted.", site.title),
    );
}

/// Returns the type that all values share.
fn kind_of(values: &[Node]) -> Option<&'static str> {
    let kind = |node: &Node| match node.value {
        Value::Bool(_) => Some("boolean"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("string"),
        Value::Mapping(_) => Some("object"),
        _ => None,
    };
    let first = kind(values.first()?)?;
    values.iter().all(|value| kind(value) == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests;
