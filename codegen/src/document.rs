//! A YAML or JSON document as a tree in which every node knows its place.

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

/// Bytes of a document's text: from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A parsed document: its text, and the tree of its nodes.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    lines: Lines,
    is_json: bool,
    root: Node,
}

/// A value and where it stands.
///
/// A value that is left out (`key:` and nothing more) is a [`Value::Null`] in the place of its key.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value stands. A collection reaches from its first to its last character. For an alias of YAML it is the
    /// place of the alias; what is inside of the value has its places where the anchor is.
    pub span: Span,
    /// What stands there.
    pub value: Value,
}

/// What a node holds, by the core schema of YAML 1.2.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a finite float.
    Number(serde_json::Number),
    /// Everything else that is no collection, and everything in quotes.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping; keys are unique and in the order of the document.
    Mapping(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key. In YAML, what is not in quotes (`404:`, `1.0:`, `true:`) is a key as written.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What it maps to.
    pub value: Node,
}

impl Document {
    /// Reads JSON or YAML.
    ///
    /// A text that begins with `{` or `[` is read as JSON, or as YAML in its flow style if it is not valid JSON and
    /// `name` does not end in `.json`. A byte order mark at the start is skipped.
    ///
    /// `name` goes before the places in messages: it is a path to show, no file is read.
    ///
    /// # Errors
    /// What is wrong with the JSON or YAML, also what is YAML but has no meaning in a description of an API: tags that are
    /// not of the core schema, several documents, a root that is not a mapping, more than 32 MiB or 255 levels.
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

    /// The name as given to [`Document::parse`].
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text as given to [`Document::parse`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.is_json
    }

    /// The mapping that is the document.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The mapping that is the document, to be changed.
    pub(crate) fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// The node at the end of a path of keys; list items go by their number from 0.
    pub fn get(&self, pointer: &[&str]) -> Option<&Node> {
        pointer.iter().try_fold(&self.root, |node, step| node.step(step))
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let (line, column) = self.lines.place(&self.text, offset);
        let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
        (narrow(line), narrow(column))
    }

    /// The document as a JSON value. Its keys are in serde_json's order, not the document's.
    pub fn to_json(&self) -> serde_json::Value {
        self.root.to_json()
    }
}

/// The root of a text from byte `start` on, which begins with no byte order mark, and whether it is JSON.
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
    /// The span of the bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end: end.max(start) }
    }
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its place and value, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping in the order of the document; of anything else, none.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; of anything else, none.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// What kind of value this is, with its article: "a string".
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value without places.
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

/// As JSON, for messages.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_json())
    }
}

#[cfg(test)]
mod tests;
