//! Builds the tree of a document from the starts and ends of its collections.
//!
//! Nothing in this module is recursive, so deeply nested documents don't need more stack.

use std::ops::ControlFlow;

use super::mistakes::{self, MAX_DEPTH, MAX_NODES};
use super::{Entry, Node, Span, Value};
use crate::Diagnostic;

/// A tree that is being built, and the errors found so far.
#[derive(Default)]
pub(super) struct Tree {
    open: Vec<Open>,
    links: Vec<Link>,
    root: Option<Node>,
    nodes: usize,
    mistakes: Vec<Diagnostic>,
}

/// The contents of a collection that have been read so far.
pub(super) enum Kind {
    Sequence(Vec<Node>),
    /// The second field is a key that is waiting for its value.
    Mapping(Vec<Entry>, Option<Key>),
}

/// A key. If it has no name, it was invalid, and its value is dropped.
pub(super) struct Key {
    pub(super) name: Option<String>,
    pub(super) span: Span,
}

/// A collection that hasn't ended yet.
struct Open {
    start: Span,
    kind: Kind,
    link: Option<usize>,
}

/// The position of a collection: its parent, and the number of values before it.
struct Link {
    parent: Option<usize>,
    index: usize,
}

/// The result of looking up a collection that began earlier.
pub(super) enum Found<'t> {
    Node(&'t Node),
    /// The collection hasn't ended, so the current position is inside it.
    Open,
    /// The collection was dropped because of an error.
    Dropped,
}

impl Kind {
    pub(super) fn sequence() -> Kind {
        Kind::Sequence(Vec::new())
    }

    pub(super) fn mapping() -> Kind {
        Kind::Mapping(Vec::new(), None)
    }

    fn len(&self) -> usize {
        match self {
            Kind::Sequence(items) => items.len(),
            Kind::Mapping(entries, _) => entries.len(),
        }
    }

    fn get(&self, index: usize) -> Option<&Node> {
        match self {
            Kind::Sequence(items) => items.get(index),
            Kind::Mapping(entries, _) => entries.get(index).map(|entry| &entry.value),
        }
    }

    /// Returns the end of the last value.
    fn end(&self) -> Option<usize> {
        self.len().checked_sub(1).and_then(|last| self.get(last)).map(|node| node.span.end)
    }
}

impl Tree {
    /// Returns the root, or the errors.
    pub(super) fn finish(self) -> Result<Option<Node>, Vec<Diagnostic>> {
        if self.mistakes.is_empty() { Ok(self.root) } else { Err(self.mistakes) }
    }

    /// Returns how many collections are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Returns the start of the innermost open collection.
    pub(super) fn innermost(&self) -> Option<Span> {
        self.open.last().map(|open| open.start)
    }

    /// Returns whether a key is expected next.
    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::Mapping(_, None), .. }))
    }

    pub(super) fn begin(&mut self, start: Span, kind: Kind) -> ControlFlow<()> {
        if self.open.len() >= MAX_DEPTH {
            return self.stop(mistakes::depth(start));
        }
        self.open.push(Open { start, kind, link: None });
        ControlFlow::Continue(())
    }

    /// Ends the innermost collection and returns it. The caller adds it as a value or rejects it as
    /// a key.
    ///
    /// Without an `end`, the collection ends with its last value. Keys that `merges` recognises may
    /// occur twice.
    pub(super) fn end(
        &mut self,
        end: Option<usize>,
        merges: impl Fn(&Entry) -> bool,
    ) -> ControlFlow<(), Option<Node>> {
        let Some(Open { start, kind, .. }) = self.open.pop() else {
            return ControlFlow::Continue(None);
        };
        let end = end.or_else(|| kind.end()).unwrap_or(start.end);
        let value = match kind {
            Kind::Sequence(mut items) => {
                items.shrink_to_fit();
                Value::Sequence(items)
            }
            Kind::Mapping(mut entries, _) => {
                entries.shrink_to_fit();
                for mistake in mistakes::twice(entries.iter().filter(|entry| !merges(entry))) {
                    self.mistake(mistake)?;
                }
                Value::Mapping(entries)
            }
        };
        ControlFlow::Continue(Some(Node { span: Span::new(start.start, end), value }))
    }

    pub(super) fn key(&mut self, new: Key) {
        if let Some(Open { kind: Kind::Mapping(_, key), .. }) = self.open.last_mut() {
            *key = Some(new);
        }
    }

    /// Adds a value to the innermost collection, or as the root.
    pub(super) fn value(&mut self, node: Node) -> ControlFlow<()> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.stop(mistakes::too_many_values(node.span));
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(Kind::Sequence(items)) => items.push(node),
            Some(Kind::Mapping(entries, key)) => {
                if let Some(Key { name: Some(key), span }) = key.take() {
                    entries.push(Entry { key, key_span: span, value: placed(node, span) });
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Counts values that are added as parts of another value.
    pub(super) fn count(&mut self, inner: usize) {
        self.nodes += inner;
    }

    /// Adds an error, and stops if there are too many.
    pub(super) fn mistake(&mut self, mistake: Diagnostic) -> ControlFlow<()> {
        self.mistakes.push(mistake);
        match mistakes::are_many(&mut self.mistakes) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Adds an error and stops parsing.
    pub(super) fn stop<C>(&mut self, mistake: Diagnostic) -> ControlFlow<(), C> {
        self.mistakes.push(mistake);
        ControlFlow::Break(())
    }

    /// Returns a number with which [`Tree::find`] can find the collection that has just begun.
    pub(super) fn link(&mut self) -> Option<usize> {
        let mut outer: Option<(Option<usize>, usize)> = None;
        for open in &mut self.open {
            let (parent, index) = outer.unwrap_or_default();
            let link = *open.link.get_or_insert_with(|| {
                self.links.push(Link { parent, index });
                self.links.len() - 1
            });
            outer = Some((Some(link), open.kind.len()));
        }
        outer.and_then(|(link, _)| link)
    }

    /// Returns the collection for a number that [`Tree::link`] returned for the same document.
    pub(super) fn find(&self, link: usize) -> Found<'_> {
        let mut path = Vec::new();
        let mut next = self.links.get(link);
        while let Some(Link { parent, index }) = next {
            path.push(*index);
            next = parent.and_then(|parent| self.links.get(parent));
        }
        // The last link is the root's, which has no parent.
        path.pop();
        let mut steps = path.into_iter().rev();
        let mut open = self.open.iter();
        while let (Some(outer), Some(index)) = (open.next(), steps.next()) {
            if let Some(node) = outer.kind.get(index) {
                let node = steps.try_fold(node, |node, index| match &node.value {
                    Value::Sequence(items) => items.get(index),
                    Value::Mapping(entries) => entries.get(index).map(|entry| &entry.value),
                    _ => None,
                });
                return node.map_or(Found::Dropped, Found::Node);
            }
            if open.len() == 0 {
                return Found::Dropped;
            }
        }
        Found::Open
    }
}

/// Moves an empty value, which has the position of the next token, to the position of its key.
fn placed(node: Node, key: Span) -> Node {
    let empty = node.span.start >= node.span.end && matches!(node.value, Value::Null);
    if empty { Node { span: key, ..node } } else { node }
}
