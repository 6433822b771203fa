//! Documents in JSON, by serde_json: YAML reads some escapes, long keys and numbers differently.
//!
//! Each collection is read as the raw texts of what it holds, which are parts of the document: their addresses are the
//! places. What is inside of them is read in turn, so the text is gone through once for each level.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;

use super::mistakes::{self, MAX_DEPTH, MAX_NODES};
use super::{Entry, Node, Span, Value, boundary};
use crate::Diagnostic;

/// The code of a text that is not JSON at all; it may still be YAML.
pub(super) const SYNTAX: &str = "json-syntax";

/// Whether a text begins as JSON and as the flow style of YAML do.
pub(super) fn may_be(body: &str) -> bool {
    body.trim_start().starts_with(['{', '['])
}

/// Whether it begins with a quote or bracket in the first one, as JSON must.
pub(super) fn is_likely(body: &str) -> bool {
    let inner = body.trim_start().trim_start_matches(['{', '[']).trim_start();
    inner.is_empty() || inner.starts_with(['"', '}', ']'])
}

/// Reads a text from byte `start` on. The root may be any value.
pub(super) fn parse(text: &str, start: usize) -> Result<Node, Vec<Diagnostic>> {
    let body = text.get(start..).unwrap_or("");
    let root: &RawValue =
        serde_json::from_str(body).map_err(|error| vec![syntax(text, start, &error)])?;
    let mut reader = Reader { text, nodes: 0, mistakes: Vec::new() };
    match reader.node(root, 0) {
        Some(root) if reader.mistakes.is_empty() => Ok(root),
        _ => Err(reader.mistakes),
    }
}

fn syntax(text: &str, start: usize, error: &Error) -> Diagnostic {
    let body = text.get(start..).unwrap_or("");
    let reason = reason(error);
    let at = place(body, error);
    // Of these, serde_json gives the place of the character before.
    let control = reason.starts_with("control character");
    let skipped = body[at..].find(|each: char| each < ' ').filter(|_| control).unwrap_or(0);
    let at = at + skipped;
    let end = body[at..].chars().next().map_or(at, |next| at + next.len_utf8());
    Diagnostic::new(SYNTAX, format!("this is not valid JSON: {reason}"))
        .label(Span::new(start + at, start + end), "")
}

/// The byte that an error is about, from its line and its byte in that line.
fn place(body: &str, error: &Error) -> usize {
    if error.is_eof() {
        return body.len();
    }
    let lines = body.match_indices('\n').map(|(at, _)| at + 1);
    let line = std::iter::once(0).chain(lines).nth(error.line().saturating_sub(1)).unwrap_or(0);
    boundary(body, line + error.column().saturating_sub(1))
}

/// The reason without serde_json's own count of lines and bytes.
fn reason(error: &Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).replace("EOF while", "the text ends while")
}

struct Reader<'a> {
    text: &'a str,
    nodes: usize,
    mistakes: Vec<Diagnostic>,
}

/// `None` is for "stop": there are too many mistakes, levels or values.
impl<'a> Reader<'a> {
    fn node(&mut self, raw: &'a RawValue, depth: usize) -> Option<Node> {
        let span = self.span(raw);
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.stop(mistakes::too_many_values(span));
        }
        let value = match raw.get().as_bytes().first() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                return self.stop(mistakes::depth(Span::new(span.start, span.start)));
            }
            Some(b'{') => self.mapping(raw, span, depth)?,
            Some(b'[') => {
                let items: Vec<&'a RawValue> = self.read(raw, span)?;
                let items = items.into_iter().map(|item| self.node(item, depth + 1));
                Value::Sequence(items.collect::<Option<_>>()?)
            }
            Some(b'"') => Value::String(self.string(raw, span)?.unwrap_or_default()),
            Some(b't' | b'f') => Value::Bool(raw.get() == "true"),
            Some(b'n') => Value::Null,
            _ => self.number(raw, span)?,
        };
        Some(Node { span, value })
    }

    fn mapping(&mut self, raw: &'a RawValue, span: Span, depth: usize) -> Option<Value> {
        let Fields(fields) = self.read(raw, span)?;
        let mut places = BTreeMap::new();
        let mut entries = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            let key_span = self.span(key);
            let name = self.string(key, key_span)?;
            let value = self.node(value, depth + 1)?;
            let Some(key) = name else { continue };
            match mistakes::twice(&mut places, &key, key_span) {
                None => entries.push(Entry { key, key_span, value }),
                Some(mistake) => self.add(mistake)?,
            }
        }
        Some(Value::Mapping(entries))
    }

    /// What a collection holds. The whole text has been read once, so this cannot fail.
    fn read<T: Deserialize<'a>>(&mut self, raw: &'a RawValue, span: Span) -> Option<T> {
        serde_json::from_str(raw.get())
            .map_err(|error| {
                let message = format!("this is not valid JSON: {}", reason(&error));
                self.mistakes.push(Diagnostic::new(SYNTAX, message).label(span, ""));
            })
            .ok()
    }

    /// The text of a string. `Some(None)`: it has none, which is among the mistakes now.
    fn string(&mut self, raw: &'a RawValue, span: Span) -> Option<Option<String>> {
        if let Ok(text) = serde_json::from_str(raw.get()) {
            return Some(Some(text));
        }
        let half = half(raw.get());
        self.add(
            Diagnostic::new("json-string", "a string has one half of a surrogate pair")
                .label(
                    Span::new(span.start + half.start, span.start + half.end),
                    "the other half is missing",
                )
                .help("write the character itself, or both halves of it, e.g. `\\ud83d\\ude00`"),
        )?;
        Some(None)
    }

    fn number(&mut self, raw: &'a RawValue, span: Span) -> Option<Value> {
        if let Ok(number) = serde_json::from_str(raw.get()) {
            return Some(Value::Number(number));
        }
        let message = format!("the number `{}` is too large", raw.get());
        self.add(
            Diagnostic::new("json-number", message)
                .label(span, "larger than the largest 64-bit float")
                .help("write a smaller number, or put it in quotes if it is text"),
        )?;
        Some(Value::Null)
    }

    fn add(&mut self, mistake: Diagnostic) -> Option<()> {
        self.mistakes.push(mistake);
        (!mistakes::are_many(&mut self.mistakes)).then_some(())
    }

    fn stop(&mut self, mistake: Diagnostic) -> Option<Node> {
        self.mistakes.push(mistake);
        None
    }

    /// The place of a part of the text.
    fn span(&self, raw: &RawValue) -> Span {
        let start = raw.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        Span::new(start, start + raw.get().len())
    }
}

/// The entries of an object as they are written: in order, also those that are there twice.
struct Fields<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor).map(Fields)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(fields)
    }
}

/// Where a string in quotes has the escape of one half of a surrogate pair; the whole string, if nowhere.
fn half(raw: &str) -> Range<usize> {
    let unit = |at: usize| {
        let digits = raw.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut at = 0;
    while let Some(next) = raw[at..].find('\\') {
        at += next;
        at += match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => return at..at + 6,
            (Some(_), _) => 6,
            // Two bytes, since this string has been read: `\n`.
            (None, _) => 2,
        };
    }
    0..raw.len()
}
