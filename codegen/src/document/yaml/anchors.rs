//! Resolves anchors, and the aliases that repeat their values.
//!
//! An alias is a copy, so a few lines could expand to more than fits in memory. Values and bytes
//! are counted before they are copied, and both are limited.

use std::collections::HashMap;

use super::super::mistakes::{self, MAX_DEPTH};
use super::super::tree::{Found, Tree};
use super::{Node, Span, Value};
use crate::Diagnostic;

/// The maximum number of values that the aliases of a document may add in total.
const MAX_VALUES: usize = 500_000;
/// The maximum number of bytes of text that the aliases of a document may add in total.
const MAX_BYTES: usize = 16 * 1024 * 1024;

const CODE: &str = "yaml-alias";

/// The anchors of a document, by the numbers that the parser gives them.
#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<usize, Anchor>,
    copied: Weight,
}

/// The value of an anchor.
pub(super) enum Anchor {
    Scalar {
        node: Node,
        /// The text, for an alias that is used as a key.
        written: String,
    },
    /// A collection, by its link in the tree.
    Collection(usize),
}

/// The copy that replaces an alias.
pub(super) struct Copy {
    pub(super) node: Node,
    /// The number of nested values.
    pub(super) inner: usize,
    pub(super) written: Option<String>,
}

/// The size of a node.
#[derive(Clone, Copy, Default)]
struct Weight {
    values: usize,
    bytes: usize,
    levels: usize,
}

impl Anchors {
    pub(super) fn set(&mut self, number: usize, anchor: Anchor) {
        self.known.insert(number, anchor);
    }

    /// Returns the copy that replaces an alias at a position. Returns an error if the alias is
    /// inside the value that it repeats, or if the document would become too large or too deep. The
    /// copy has the position of the alias, while nested values keep their own positions.
    pub(super) fn copy(
        &mut self,
        number: usize,
        span: Span,
        tree: &Tree,
    ) -> Result<Copy, Box<Diagnostic>> {
        let (found, written) = match self.known.get(&number) {
            Some(Anchor::Scalar { node, written }) => (Found::Node(node), Some(written)),
            Some(Anchor::Collection(link)) => (tree.find(*link), None),
            None => (Found::Dropped, None),
        };
        let node = match found {
            Found::Node(node) => node,
            Found::Open => return Err(Box::new(inside_itself(span))),
            Found::Dropped => {
                let node = Node { span, value: Value::Null };
                return Ok(Copy { node, inner: 0, written: None });
            }
        };
        let weight = Weight::of(node);
        if tree.depth() + weight.levels > MAX_DEPTH {
            return Err(Box::new(mistakes::depth(span)));
        }
        self.copied.values += weight.values;
        self.copied.bytes += weight.bytes;
        if self.copied.values > MAX_VALUES || self.copied.bytes > MAX_BYTES {
            return Err(Box::new(too_much(span)));
        }
        Ok(Copy {
            node: Node { span, value: node.value.clone() },
            inner: weight.values - 1,
            written: written.cloned(),
        })
    }
}

impl Weight {
    /// Measures a node. Recursion is limited by the maximum depth of a document.
    fn of(node: &Node) -> Weight {
        let mut weight = Weight { values: 1, bytes: node.as_str().map_or(0, str::len), levels: 0 };
        for item in node.items() {
            weight.add(Weight::of(item));
        }
        for entry in node.entries() {
            weight.bytes += entry.key.len();
            weight.add(Weight::of(&entry.value));
        }
        let is_collection = matches!(node.value, Value::Sequence(_) | Value::Mapping(_));
        weight.levels += usize::from(is_collection);
        weight
    }

    fn add(&mut self, inner: Weight) {
        self.values += inner.values;
        self.bytes += inner.bytes;
        self.levels = self.levels.max(inner.levels);
    }
}

/// Returns the error for an alias that begins at the byte `at` and has no anchor.
pub(super) fn unknown(text: &str, at: usize) -> Diagnostic {
    let end = |each: char| each.is_whitespace() || [',', '[', ']', '{', '}'].contains(&each);
    let alias = text.split(end).next().unwrap_or(text);
    let name = alias.strip_prefix('*').unwrap_or(alias);
    Diagnostic::new(CODE, format!("the alias `*{name}` has no anchor"))
        .label(Span::new(at, at + alias.len()), "no anchor before it has this name")
        .help(format!("put `&{name}` before the value to repeat, further up in the document"))
}

fn inside_itself(span: Span) -> Diagnostic {
    Diagnostic::new(CODE, "an alias repeats the value that it is part of")
        .label(span, "it would expand endlessly")
        .help("define the value under `components.schemas` and use `$ref`, which may be recursive")
}

fn too_much(span: Span) -> Diagnostic {
    let message = format!(
        "the aliases repeat more than {MAX_VALUES} values or {} MiB of text",
        MAX_BYTES / (1024 * 1024)
    );
    Diagnostic::new(CODE, message)
        .label(span, "this alias exceeds the limit")
        .help("define repeated values under `components` and use `$ref`")
}
