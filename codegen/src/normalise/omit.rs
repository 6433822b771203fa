//! Leaves out operations that can't be generated, so that all other operations can be.

use std::collections::{BTreeMap, BTreeSet};

use super::operations::identifiers::LABEL;
use super::operations::{OMIT, for_each};
use super::tree::METHODS;
use super::valid::INVALID;
use crate::lower::schemas::reached;
use crate::report::Omitted;
use crate::{Diagnostic, Document, Entry, Node, Span, Value};

/// An operation by its path and method.
type Key = (String, String);

/// Removes the operations that are marked.
pub(crate) fn marked(document: &mut Document) -> Vec<Omitted> {
    let mut reasons: BTreeMap<Key, Reason> = BTreeMap::new();
    for_each(document.root_mut(), |operation| {
        let Some(mark) = operation.node.remove(OMIT) else { return };
        let text = |key: &str| mark.value.text(key).unwrap_or_default();
        let span = mark.value.get("reason").map_or(operation.key_span, |node| node.span);
        let reason = Reason { code: known(text("code")), span, text: text("reason").to_owned() };
        reasons.insert((operation.path.to_owned(), operation.method.to_owned()), reason);
    });
    remove(document, &reasons)
}

struct Reason {
    code: &'static str,
    span: Span,
    text: String,
}

/// Returns the code of a mark as a `&'static str`.
fn known(code: &str) -> &'static str {
    const CODES: &[&str] = &[
        "body-without-meaning",
        "cookie-parameter",
        "external-reference",
        "header-parameter",
        "media-type",
        "no-security",
        "parameter-content",
        "parameter-style",
        "parameter-type",
        "reference-cycle",
        "reference-size",
        "security-shape",
        "unresolved-reference",
    ];
    CODES.iter().copied().find(|known| *known == code).unwrap_or(INVALID)
}

/// Removes the operations that have errors. Returns these operations, and the errors that don't
/// belong to an operation.
pub(crate) fn mistaken(
    document: &mut Document,
    mistakes: Vec<Diagnostic>,
) -> (Vec<Omitted>, Vec<Diagnostic>) {
    let places = Places::new(document, &mistakes);
    let mut reasons: BTreeMap<Key, Reason> = BTreeMap::new();
    let mut others = Vec::new();
    for mistake in mistakes {
        let keys = places.operations(&mistake);
        if keys.is_empty() {
            others.push(mistake);
            continue;
        }
        for key in keys {
            reasons.entry(key).or_insert_with(|| Reason {
                code: mistake.code,
                span: mistake.labels.first().map_or(Span::default(), |label| label.span),
                text: mistake.message.clone(),
            });
        }
    }
    (remove(document, &reasons), others)
}

fn remove(document: &mut Document, reasons: &BTreeMap<Key, Reason>) -> Vec<Omitted> {
    let mut omitted = Vec::new();
    let Some(paths) = document.root_mut().get_mut("paths") else { return omitted };
    let mut found: Vec<(String, &Reason)> = Vec::new();
    for path in paths.entries_mut() {
        let Entry { key, value, .. } = path;
        let reason = |method: &Entry| reasons.get(&(key.clone(), method.key.clone()));
        for method in value.entries() {
            if let Some(reason) = reason(method) {
                let label = method.value.text(LABEL).or(method.value.text("operationId"));
                let otherwise = || format!("{} {key}", method.key.to_uppercase());
                found.push((label.map_or_else(otherwise, str::to_owned), reason));
            }
        }
        value.retain(|method| reason(method).is_none());
    }
    if let Value::Mapping(paths) = &mut paths.value {
        paths.retain(|path| METHODS.iter().any(|method| path.value.has(method)));
    }
    for (operation, reason) in found {
        omitted.push(Omitted {
            operation,
            code: reason.code,
            span: reason.span,
            line: document.line_column(reason.span.start).0,
            reason: reason.text.clone(),
        });
    }
    omitted
}

/// The operations that contain or reach the positions of errors.
struct Places {
    by_span: BTreeMap<Span, BTreeSet<usize>>,
    by_id: BTreeMap<String, usize>,
    keys: Vec<Key>,
}

impl Places {
    fn new(document: &Document, mistakes: &[Diagnostic]) -> Self {
        let spans = mistakes.iter().filter_map(|mistake| mistake.labels.first());
        let by_span = spans.map(|label| (label.span, BTreeSet::new())).collect();
        let mut places = Places { by_span, by_id: BTreeMap::new(), keys: Vec::new() };
        // The operations that reach each schema.
        let mut users: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for path in document.root().get("paths").map_or(&[][..], Node::entries) {
            let first = places.keys.len();
            for method in path.value.entries() {
                if !METHODS.contains(&method.key.as_str()) {
                    continue;
                }
                let number = places.keys.len();
                places.keys.push((path.key.clone(), method.key.clone()));
                if let Some(id) = method.value.text("operationId") {
                    places.by_id.insert(id.to_owned(), number);
                }
                places.entry(method, &[number].into());
                let mut names = Vec::new();
                references(&method.value, &mut names);
                for name in reached(document, names.into_iter()) {
                    users.entry(name).or_default().insert(number);
                }
            }
            let all: BTreeSet<usize> = (first..places.keys.len()).collect();
            places.span(path.key_span, &all);
            for entry in path.value.entries() {
                if !METHODS.contains(&entry.key.as_str()) {
                    places.entry(entry, &all);
                }
            }
        }
        for schema in document.get(&["components", "schemas"]).map_or(&[][..], Node::entries) {
            if let Some(numbers) = users.get(schema.key.as_str()) {
                places.entry(schema, numbers);
            }
        }
        places
    }

    fn span(&mut self, span: Span, numbers: &BTreeSet<usize>) {
        if let Some(found) = self.by_span.get_mut(&span) {
            found.extend(numbers);
        }
    }

    fn entry(&mut self, entry: &Entry, numbers: &BTreeSet<usize>) {
        self.span(entry.key_span, numbers);
        self.node(&entry.value, numbers);
    }

    fn node(&mut self, node: &Node, numbers: &BTreeSet<usize>) {
        self.span(node.span, numbers);
        node.entries().iter().for_each(|entry| self.entry(entry, numbers));
        node.items().iter().for_each(|item| self.node(item, numbers));
    }

    fn operations(&self, mistake: &Diagnostic) -> Vec<Key> {
        let by_id = mistake.operation.as_ref().and_then(|id| self.by_id.get(id));
        let numbers: Vec<usize> = match (by_id, mistake.labels.first()) {
            (Some(number), _) => vec![*number],
            (None, Some(label)) => {
                self.by_span.get(&label.span).into_iter().flatten().copied().collect()
            }
            (None, None) => Vec::new(),
        };
        numbers.into_iter().filter_map(|number| self.keys.get(number)).cloned().collect()
    }
}

/// Collects the names of schemas that an operation refers to.
fn references<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    if let Some(target) = node.text("$ref") {
        found.extend(target.strip_prefix("#/components/schemas/"));
    }
    node.entries().iter().for_each(|entry| references(&entry.value, found));
    node.items().iter().for_each(|item| references(item, found));
}
