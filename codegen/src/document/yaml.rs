//! From the events of saphyr-parser to the tree; iterative, so that depth is a number and not a stack.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::mistakes::{self, MAX_DEPTH, MAX_NODES};
use super::{Entry, Node, Span, Value, scalar};
use crate::Diagnostic;

/// The code of a text that is not YAML at all.
pub(super) const SYNTAX: &str = "yaml-syntax";

/// Reads a text from byte `start` on. The root may be any value, or missing.
pub(super) fn parse(text: &str, start: usize) -> Result<Option<Node>, Vec<Diagnostic>> {
    // The parser counts a byte order mark in some places and skips it in others, so it gets none.
    let body = text.get(start..).unwrap_or("");
    let mut builder = Builder::new(text, Offsets::new(body, start));
    builder.read(body);
    if builder.mistakes.is_empty() { Ok(builder.root) } else { Err(builder.mistakes) }
}

struct Builder<'a> {
    text: &'a str,
    offsets: Offsets,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    mistakes: Vec<Diagnostic>,
}

/// A collection whose end has not come yet.
struct Open {
    start: Span,
    kind: Kind,
}

enum Kind {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, places: BTreeMap<String, Span>, key: Option<Key> },
}

/// A key that waits for its value. Without a name it was a mistake, and the value is dropped.
struct Key {
    name: Option<String>,
    span: Span,
}

/// Whether to go on reading.
enum Next {
    Continue,
    Stop,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, offsets: Offsets) -> Self {
        Builder {
            text,
            offsets,
            open: Vec::new(),
            root: None,
            documents: 0,
            nodes: 0,
            mistakes: Vec::new(),
        }
    }

    fn read(&mut self, body: &str) {
        let mut parser = Parser::new_from_str(body);
        while let Some(event) = parser.next_event() {
            let next = match event {
                Ok((event, span)) => {
                    let span = self.offsets.span(span);
                    self.event(event, span)
                }
                Err(error) => {
                    self.syntax(&error);
                    Next::Stop
                }
            };
            if matches!(next, Next::Stop) || mistakes::are_many(&mut self.mistakes) {
                return;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Next {
        match event {
            Event::DocumentStart(_) => return self.document(span),
            Event::Alias(_) => {
                self.mistakes.push(
                    Diagnostic::new("yaml-alias", "aliases are not supported")
                        .label(span, "an alias of YAML")
                        .help("write the value out, or name it under `components` and use `$ref`"),
                );
                return self.add(Node { span, value: Value::Null });
            }
            Event::Scalar(text, style, _, tag) => {
                self.tag(tag.is_some(), span);
                let node = self.scalar(&text, style, span);
                return self.add(node);
            }
            Event::SequenceStart(_, tag) => {
                self.tag(tag.is_some(), span);
                return self.open(span, Kind::Sequence(Vec::new()));
            }
            Event::MappingStart(_, tag) => {
                self.tag(tag.is_some(), span);
                let (entries, places) = (Vec::new(), BTreeMap::new());
                return self.open(span, Kind::Mapping { entries, places, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => return self.close(span),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
        }
        Next::Continue
    }

    fn document(&mut self, span: Span) -> Next {
        self.documents += 1;
        if self.documents == 1 {
            return Next::Continue;
        }
        self.mistakes.push(
            Diagnostic::new("yaml-documents", "the file holds more than one document")
                .label(span, "the second one begins here")
                .help("keep one document per file: remove this `---` and what follows"),
        );
        Next::Stop
    }

    fn tag(&mut self, tagged: bool, span: Span) {
        if tagged {
            self.mistakes.push(
                Diagnostic::new("yaml-tag", "tags are not supported")
                    .label(span, "the value of a tag")
                    .help("remove the tag (`!…`); put text in quotes to make it a string"),
            );
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Node {
        let span = self.trimmed(span);
        if style != ScalarStyle::Plain {
            return Node { span, value: Value::String(text.to_owned()) };
        }
        let value = scalar::resolve(text).unwrap_or_else(|| {
            self.mistakes.push(
                Diagnostic::new("yaml-number", format!("`{text}` is not a number of JSON"))
                    .label(span, "only finite numbers are")
                    .help(format!("for a string write `\"{text}\"`")),
            );
            Value::Null
        });
        Node { span, value }
    }

    /// Block scalars are said to reach to the next token: over line ends and, worse, over comments' indentation.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or("");
        Span::new(span.start, span.start + text.trim_end().len())
    }

    fn open(&mut self, start: Span, kind: Kind) -> Next {
        if self.open.len() >= MAX_DEPTH {
            self.mistakes.push(mistakes::depth(start));
            return Next::Stop;
        }
        self.open.push(Open { start, kind });
        Next::Continue
    }

    fn close(&mut self, end: Span) -> Next {
        let Some(Open { start, kind }) = self.open.pop() else { return Next::Continue };
        let (value, last) = match kind {
            Kind::Sequence(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::Sequence(items), last)
            }
            Kind::Mapping { entries, .. } => {
                let last = entries.last().map(|entry| entry.value.span.end);
                (Value::Mapping(entries), last)
            }
        };
        // A block has no closing character: the event's place is that of whatever comes next.
        let flow = self.text[start.start..].starts_with(['{', '[']);
        let end = if flow { end.end } else { last.unwrap_or(start.end) };
        self.add(Node { span: Span::new(start.start, end), value })
    }

    fn add(&mut self, node: Node) -> Next {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.mistakes.push(mistakes::too_many_values(node.span));
            return Next::Stop;
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(Kind::Sequence(items)) => items.push(node),
            Some(Kind::Mapping { entries, places, key }) => match key.take() {
                None => *key = Some(read_key(self.text, node, places, &mut self.mistakes)),
                Some(Key { name: Some(name), span }) => {
                    let value = placed(node, span);
                    entries.push(Entry { key: name, key_span: span, value });
                }
                Some(Key { name: None, .. }) => {}
            },
        }
        Next::Continue
    }

    fn syntax(&mut self, error: &ScanError) {
        let at = self.offsets.byte(error.marker().index());
        let end = self.text[at..].chars().next().map_or(at, |next| at + next.len_utf8());
        let mut mistake =
            Diagnostic::new(SYNTAX, format!("this is not valid YAML: {}", error.info()))
                .label(Span::new(at, end), "");
        if let Some(open) = self.open.last() {
            mistake = mistake.label(open.start, "in the collection that begins here");
        }
        self.mistakes.push(mistake);
    }
}

/// An empty value has the place of whatever follows it; its key's says more.
fn placed(node: Node, key: Span) -> Node {
    let empty = node.span.start >= node.span.end && matches!(node.value, Value::Null);
    if empty { Node { span: key, ..node } } else { node }
}

fn read_key(
    text: &str,
    node: Node,
    places: &mut BTreeMap<String, Span>,
    found: &mut Vec<Diagnostic>,
) -> Key {
    let span = node.span;
    let Some(name) = key_name(text, &node) else {
        let written = text.get(span.start..span.end).unwrap_or("");
        let mistake = Diagnostic::new("yaml-key", format!("this key is {}", node.kind()))
            .label(span, "keys are strings");
        // In quotes it is a key; what has quotes or lines of its own is not shown again.
        let quotable = !written.is_empty() && !written.contains(['"', '\n', '\\']);
        found.push(if quotable {
            mistake.help(format!("write `\"{written}\":`, if it is meant as text"))
        } else {
            mistake.help("write a plain word as the key")
        });
        return Key { name: None, span };
    };
    if let Some(mistake) = mistakes::twice(places, &name, span) {
        found.push(mistake);
        return Key { name: None, span };
    }
    Key { name: Some(name), span }
}

/// Status codes are integers to YAML, but keys of `responses` to OpenAPI.
fn key_name(text: &str, node: &Node) -> Option<String> {
    match &node.value {
        Value::String(name) => Some(name.clone()),
        Value::Number(_) => {
            let written = text.get(node.span.start..node.span.end)?;
            scalar::is_integer(written).then(|| written.to_owned())
        }
        _ => None,
    }
}

/// Bytes of characters: the parser counts characters, everything else bytes.
struct Offsets {
    shift: usize,
    length: usize,
    /// The byte of every character; empty if all are of one byte.
    bytes: Vec<u32>,
}

impl Offsets {
    fn new(body: &str, shift: usize) -> Self {
        let start = |(at, _): (usize, char)| u32::try_from(at).unwrap_or(u32::MAX);
        let bytes =
            if body.is_ascii() { Vec::new() } else { body.char_indices().map(start).collect() };
        Offsets { shift, length: body.len(), bytes }
    }

    fn byte(&self, index: usize) -> usize {
        let at = if self.bytes.is_empty() {
            index
        } else {
            self.bytes.get(index).map_or(self.length, |&at| at as usize)
        };
        self.shift + at.min(self.length)
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}
