//! Reads and changes the nodes of a tree.

use crate::{Entry, Node, Span, Value};

/// The keys of a path item whose values are operations.
pub(crate) const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Node {
    /// Returns a node with this position.
    pub(crate) fn at(span: Span, value: Value) -> Node {
        Node { span, value }
    }

    /// Returns a string with this position.
    pub(crate) fn text_at(span: Span, text: impl Into<String>) -> Node {
        Node::at(span, Value::String(text.into()))
    }

    /// Returns a boolean with this position.
    pub(crate) fn bool_at(span: Span, value: bool) -> Node {
        Node::at(span, Value::Bool(value))
    }

    /// Returns a list with this position.
    pub(crate) fn list_at(span: Span, items: Vec<Node>) -> Node {
        Node::at(span, Value::Sequence(items))
    }

    /// Returns a mapping with this position.
    pub(crate) fn mapping_at<const N: usize>(span: Span, entries: [(&str, Node); N]) -> Node {
        let entries = entries.into_iter().map(|(key, value)| Entry {
            key: key.to_owned(),
            key_span: value.span,
            value,
        });
        Node::at(span, Value::Mapping(entries.collect()))
    }

    /// Returns a reference to a named schema.
    pub(crate) fn reference_at(span: Span, name: &str) -> Node {
        let target = Node::text_at(span, format!("#/components/schemas/{name}"));
        Node::mapping_at(span, [("$ref", target)])
    }

    /// Returns whether this is a mapping.
    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// Returns whether the mapping has the key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Returns the string at a key.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Returns whether the value at a key is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// Returns the value of a key, for modification.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries_mut().iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
    }

    /// Returns the entries of a mapping, for modification. Other nodes have none.
    pub(crate) fn entries_mut(&mut self) -> &mut [Entry] {
        match &mut self.value {
            Value::Mapping(entries) => entries,
            _ => &mut [],
        }
    }

    /// Returns the items of a list, for modification. Other nodes have none.
    pub(crate) fn items_mut(&mut self) -> &mut [Node] {
        match &mut self.value {
            Value::Sequence(items) => items,
            _ => &mut [],
        }
    }

    /// Removes a key from a mapping and returns its entry.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Entry> {
        let Value::Mapping(entries) = &mut self.value else { return None };
        let at = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(at))
    }

    /// Keeps the entries of a mapping that meet the condition.
    pub(crate) fn retain(&mut self, condition: impl FnMut(&Entry) -> bool) {
        if let Value::Mapping(entries) = &mut self.value {
            entries.retain(condition);
        }
    }

    /// Sets the value of a key in a mapping. Replaces the existing value, or adds the key at the
    /// end.
    pub(crate) fn set(&mut self, key: &str, value: Node) {
        let Value::Mapping(entries) = &mut self.value else { return };
        match entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => entry.value = value,
            None => {
                entries.push(Entry { key: key.to_owned(), key_span: value.span, value });
            }
        }
    }

    /// Returns the mapping at a key. If the key is missing or has another kind of value, first sets
    /// it to an empty mapping. Returns `None` if this node itself isn't a mapping.
    pub(crate) fn mapping_mut(&mut self, key: &str) -> Option<&mut Node> {
        if !self.get(key).is_some_and(Node::is_mapping) {
            self.set(key, Node::at(self.span, Value::Mapping(Vec::new())));
        }
        self.get_mut(key)
    }
}
