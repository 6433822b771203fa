//! Removes error bodies and headers that can't be generated. Their operations are kept, without
//! types for these bodies and headers.

use std::collections::BTreeSet;

use super::{is_error, schema_mut};
use crate::lower::schemas::{reached, reference};
use crate::normalise::Record;
use crate::normalise::operations::for_each;
use crate::{Diagnostic, Document, Entry, Node, Span, Value};

/// Removes error bodies and response headers whose schemas contain mistakes, so that their
/// operations can be generated. Returns whether anything was removed.
pub(crate) fn forget(
    document: &mut Document,
    mistakes: &[Diagnostic],
    record: &mut Record,
) -> bool {
    let unusable = unusable(document, mistakes);
    if unusable.is_empty() {
        return false;
    }
    let mut found = false;
    let is_unusable = |schema: &Node| {
        let name = reference(schema.get("items").unwrap_or(schema));
        name.is_some_and(|name| unusable.contains(name))
    };
    for_each(document.root_mut(), |operation| {
        let responses = operation.node.get_mut("responses");
        for Entry { key, key_span, value } in responses.map_or(&mut [][..], Node::entries_mut) {
            if is_error(key) && schema_mut(value).is_some_and(|schema| is_unusable(schema)) {
                value.remove("content");
                found = true;
                let message =
                    format!("a `{key}` error has no type, because its schema can't be generated");
                record.note_once("error-body", *key_span, message);
            }
            let Some(headers) = value.get_mut("headers") else { continue };
            headers.retain(|header| {
                let remains = !header.value.get("schema").is_some_and(is_unusable);
                if !remains {
                    found = true;
                    let message = format!(
                        "header `{}` has no type, because its schema can't be generated",
                        header.key
                    );
                    record.note_once("header-type", header.key_span, message);
                }
                remains
            });
        }
    });
    found
}

/// Returns the names of the schemas that contain mistakes, directly or through references.
fn unusable(document: &Document, mistakes: &[Diagnostic]) -> BTreeSet<String> {
    let labels = mistakes.iter().filter_map(|mistake| mistake.labels.first());
    let mut spans: Vec<Span> = labels.map(|label| label.span).collect();
    spans.sort_unstable();
    let schemas = document.get(&["components", "schemas"]).map_or(&[][..], Node::entries);
    let is_wrong = |entry: &&Entry| is_at(&spans, entry.key_span) || has(&spans, &entry.value);
    let wrong: BTreeSet<&str> =
        schemas.iter().filter(is_wrong).map(|entry| entry.key.as_str()).collect();
    if wrong.is_empty() {
        return BTreeSet::new();
    }
    let names = schemas.iter().map(|entry| entry.key.as_str());
    names
        .filter(|name| !wrong.is_disjoint(&reached(document, [*name].into_iter())))
        .map(str::to_owned)
        .collect()
}

/// Returns whether one of the spans is in a schema.
fn has(spans: &[Span], schema: &Node) -> bool {
    let is_one = |node: &Node| spans.binary_search(&node.span).is_ok();
    schema.nodes().any(|node| match &node.value {
        Value::Mapping(entries) => {
            is_one(node) || entries.iter().any(|entry| is_at(spans, entry.key_span))
        }
        Value::Sequence(_) => is_one(node),
        _ => is_at(spans, node.span),
    })
}

/// Returns whether one of the spans lies within `span`. The span of a mistake may be a single
/// character.
fn is_at(spans: &[Span], span: Span) -> bool {
    let first = spans.partition_point(|other| other.start < span.start);
    spans[first..].iter().take_while(|other| other.start <= span.end).any(|it| it.end <= span.end)
}
