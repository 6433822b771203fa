//! Represents a YAML or JSON document as a tree of nodes with their positions.

mod encoding;
mod json;
mod lines;
mod mistakes;
mod openapi;
mod tree;
mod yaml;

use std::fmt;
use std::path::Path;

use crate::Diagnostic;

pub use encoding::decode;
pub(crate) use lines::{Lines, boundary};
#[cfg(feature = "cli")]
pub(crate) use mistakes::MAX_BYTES;
pub(crate) use openapi::nearest;

/// A byte range of a document's text: from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last byte.
    pub end: usize,
}

/// A parsed document: its text and its tree of nodes.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    lines: Lines,
    is_json: bool,
    root: Node,
}

/// A value and its position.
///
/// A missing value (only `key:`) is a [`Value::Null`] with the position of its key.
#[derive(Clone, Debug)]
pub struct Node {
    /// The position of the value. A collection extends from its first to its last character. The
    /// copy that replaces a YAML alias has the position of the alias, but the values nested in the
    /// copy keep their original positions.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The value of a node, according to the core schema of YAML 1.2.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a finite float.
    Number(serde_json::Number),
    /// Any other scalar, and any scalar in quotes.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping. Keys are unique and in document order.
    Mapping(Vec<Entry>),
}

/// A key of a mapping, with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key. In YAML, a key without quotes (`404:`, `1.0:`, `true:`) is kept as text.
    pub key: String,
    /// The position of the key.
    pub key_span: Span,
    /// The value of the key.
    pub value: Node,
}

impl Document {
    /// Parses JSON or YAML.
    ///
    /// A document that begins with `{` or `[` is parsed as JSON. If it isn't valid JSON and `name`
    /// doesn't end in `.json`, it is parsed as YAML flow style. A byte order mark at the start is
    /// skipped.
    ///
    /// `name` is shown before positions in messages. This function doesn't read a file.
    ///
    /// # Errors
    /// Returns an error if the text isn't valid JSON or YAML. Also returns an error for text that
    /// can't be an OpenAPI document: tags outside the core schema, several documents, a root that
    /// isn't a mapping, more than 32 MiB, or more than 255 nesting levels.
    pub fn parse(name: &str, text: &str) -> Result<Document, Vec<Diagnostic>> {
        let wrong = encoding::wide(text.as_bytes()).or_else(|| mistakes::size(text));
        if let Some(mistake) = wrong {
            return Err(vec![mistake]);
        }
        let body = text.trim_start_matches(encoding::BYTE_ORDER_MARK);
        let (root, is_json) = read(name, text, text.len() - body.len())?;
        let root = mistakes::root(root).map_err(|mistakes| match is_json {
            true => mistakes.into_iter().map(Diagnostic::in_json).collect(),
            false => mistakes,
        })?;
        Ok(Document {
            name: name.to_owned(),
            text: text.to_owned(),
            lines: Lines::new(text),
            is_json,
            root,
        })
    }

    /// Returns the name passed to [`Document::parse`].
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text passed to [`Document::parse`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the text is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// Returns the root mapping.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Returns the root mapping for modification.
    pub(crate) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// Returns the node at the end of a path of keys. List items are addressed by index, counted
    /// from 0.
    pub fn get(&self, pointer: &[&str]) -> Option<&Node> {
        pointer.iter().try_fold(&self.root, |node, step| node.step(step))
    }

    /// Returns the line and column of a byte, both counted from 1. Columns are counted in
    /// characters.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let (line, column) = self.lines.place(&self.text, offset);
        let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
        (narrow(line), narrow(column))
    }

    /// Returns the document as a JSON value. serde_json determines the order of the keys, so it may
    /// differ from the document's.
    pub fn to_json(&self) -> serde_json::Value {
        self.root.to_json()
    }
}

/// Parses the text from byte `start`, which is after any byte order mark. Returns the root, and
/// whether the text is JSON.
fn read(name: &str, text: &str, start: usize) -> Result<(Option<Node>, bool), Vec<Diagnostic>> {
    let body = text.get(start..).unwrap_or("");
    let yaml = || yaml::parse(text, start).map(|root| (root, false));
    if !json::may_be(body) {
        return yaml();
    }
    let not_json = match json::parse(text, start) {
        Ok(root) => return Ok((root, true)),
        Err(mistakes) => mistakes,
    };
    let is = |mistakes: &[Diagnostic], code| mistakes.iter().all(|mistake| mistake.code == code);
    let extension = Path::new(name).extension();
    let named_json = extension.is_some_and(|it| it.eq_ignore_ascii_case("json"));
    if named_json || !is(&not_json, json::SYNTAX) {
        return Err(not_json);
    }
    yaml().map_err(|not_yaml| {
        let neither = is(&not_yaml, yaml::SYNTAX) && json::is_likely(body);
        if neither { not_json } else { not_yaml }
    })
}

impl Span {
    /// Returns the span of the bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }
}

impl Node {
    /// Returns the value of a key, if this is a mapping that contains it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns a key with its position and value, if this is a mapping that contains it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Returns the entries of a mapping in document order. Returns an empty slice for other nodes.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// Returns this node and all nodes inside it, in no particular order.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(node.items());
            open.extend(node.entries().iter().map(|entry| &entry.value));
            Some(node)
        })
    }

    /// Returns the items of a list. Returns an empty slice for other nodes.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Returns the value, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value, if this is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the kind of value with an article, e.g. "a string".
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// Returns the value without positions.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::String(text) => serde_json::Value::String(text.clone()),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }

    fn step(&self, step: &str) -> Option<&Node> {
        match &self.value {
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            _ => self.get(step),
        }
    }
}

/// Writes the node as JSON, for messages.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_json())
    }
}

#[cfg(test)]
mod tests;
