//! Normalises operations. Each module decides one thing that a document can leave open.

pub(super) mod bodies;
mod content;
pub(crate) mod errors;
mod events;
mod fields;
pub(crate) mod files;
pub(crate) mod identifiers;
pub(crate) mod media;
pub(super) mod missing_security;
pub(crate) mod parameters;
pub(super) mod paths;
pub(super) mod response_headers;
pub(crate) mod responses;
pub(super) mod security;
pub(super) mod servers;
mod steps;
mod success;
pub(super) mod tags;
pub(crate) mod wire;

use super::tree::METHODS;
use crate::{Entry, Node, Span, Value};

/// The key that marks an operation that must be left out: `{ code, reason }`.
pub(crate) const OMIT: &str = "x-openapi-keys-omit";

/// Marks an operation as one that can't be generated, unless it is already marked.
pub(super) fn omit(operation: &mut Node, code: &str, span: Span, reason: impl Into<String>) {
    if operation.has(OMIT) {
        return;
    }
    let entries = [("code", Node::text_at(span, code)), ("reason", Node::text_at(span, reason))];
    if !operation.is_mapping() {
        *operation = Node::mapping_at(operation.span, []);
    }
    operation.set(OMIT, Node::mapping_at(span, entries));
}

/// An operation that is being changed.
pub(super) struct Operation<'a> {
    pub(super) path: &'a str,
    /// The method, in lower case.
    pub(super) method: &'a str,
    pub(super) key_span: Span,
    pub(super) node: &'a mut Node,
}

impl Operation<'_> {
    /// Returns the operation's name in messages, e.g. ``operation `GET /orders` ``.
    pub(super) fn title(&self) -> String {
        title(self.method, self.path)
    }
}

pub(super) fn title(method: &str, path: &str) -> String {
    format!("operation `{} {path}`", method.to_uppercase())
}

/// Calls `visit` for each operation, in document order.
pub(super) fn for_each(root: &mut Node, mut visit: impl FnMut(Operation<'_>)) {
    let Some(paths) = root.get_mut("paths") else { return };
    for path in paths.entries_mut() {
        let Entry { key, value, .. } = path;
        for method in value.entries_mut() {
            if METHODS.contains(&method.key.as_str()) {
                visit(Operation {
                    path: key,
                    method: &method.key,
                    key_span: method.key_span,
                    node: &mut method.value,
                });
            }
        }
    }
}

/// Returns the target of a reference, following further references. Returns the node itself if it
/// isn't a reference, and `None` if the target doesn't exist.
pub(super) fn resolve<'n>(components: &'n Node, section: &str, node: &'n Node) -> Option<&'n Node> {
    /// The maximum length of a chain of references. Chains in real documents are shorter, and a
    /// cycle never ends.
    const LONGEST: usize = 20;
    let mut node = node;
    for _ in 0..LONGEST {
        let Some(reference) = node.text("$ref") else { return Some(node) };
        let name =
            reference.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')?;
        node = components.get(section)?.get(&unescaped(name))?;
    }
    None
}

/// Returns the key that a part of a JSON pointer represents.
fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// Calls `work` with the document and its components separately. The components are taken out of
/// the document during the call, because copying them would be expensive.
pub(super) fn with_components(root: &mut Node, work: impl FnOnce(&mut Node, &Node)) {
    let nothing = |span| Node::at(span, Value::Null);
    let lent = root.get_mut("components").map(|node| {
        let span = node.span;
        std::mem::replace(node, nothing(span))
    });
    let components = lent.unwrap_or_else(|| nothing(root.span));
    work(root, &components);
    if let Some(place) = root.get_mut("components") {
        *place = components;
    }
}
