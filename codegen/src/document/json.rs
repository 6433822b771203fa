//! Parses JSON documents with serde_json, because a YAML parser reads some escapes, long keys and
//! numbers differently.
//!
//! serde_json first validates the complete text. In a valid document, brackets, quotes and commas
//! are enough to find where each value begins and ends. serde_json then parses the strings and
//! numbers at these positions.

use std::ops::{ControlFlow, Range};

use serde::de::IgnoredAny;
use serde_json::Error;

use super::tree::{Key, Kind, Tree};
use super::{Node, Span, Value, boundary};
use crate::Diagnostic;

/// The code for text that isn't JSON. Such text may still be YAML.
pub(super) const SYNTAX: &str = "json-syntax";

/// Returns whether the text begins with `{` or `[`, like JSON and YAML flow style.
pub(super) fn may_be(body: &str) -> bool {
    body.trim_start().starts_with(['{', '['])
}

/// Returns whether the text is probably JSON: a quote or a closing bracket follows the opening
/// brackets.
pub(super) fn is_likely(body: &str) -> bool {
    let inner = body.trim_start().trim_start_matches(['{', '[']).trim_start();
    inner.is_empty() || inner.starts_with(['"', '}', ']'])
}

/// Parses the text from byte `start`. The root may be any value.
pub(super) fn parse(text: &str, start: usize) -> Result<Option<Node>, Vec<Diagnostic>> {
    let body = text.get(start..).unwrap_or("");
    serde_json::from_str::<IgnoredAny>(body).map_err(|error| vec![syntax(text, start, &error)])?;
    let mut reader = Reader { text, tree: Tree::default() };
    // The tree contains the errors, even if parsing stopped early.
    let _: ControlFlow<()> = reader.read(start);
    reader.tree.finish()
}

fn syntax(text: &str, start: usize, error: &Error) -> Diagnostic {
    let body = text.get(start..).unwrap_or("");
    let reason = reason(error);
    let at = place(body, error);
    // For a control character, serde_json reports the position of the character before it.
    let control = reason.starts_with("control character");
    let skipped = body[at..].find(|each: char| each < ' ').filter(|_| control).unwrap_or(0);
    let at = at + skipped;
    let end = body[at..].chars().next().map_or(at, |next| at + next.len_utf8());
    Diagnostic::new(SYNTAX, format!("this is not valid JSON: {reason}"))
        .label(Span::new(start + at, start + end), "")
}

/// Returns the byte position of an error, computed from serde_json's line and column.
fn place(body: &str, error: &Error) -> usize {
    if error.is_eof() {
        return body.len();
    }
    let lines = body.match_indices('\n').map(|(at, _)| at + 1);
    let line = std::iter::once(0).chain(lines).nth(error.line().saturating_sub(1)).unwrap_or(0);
    boundary(body, line + error.column().saturating_sub(1))
}

/// Returns the reason without serde_json's own line and column.
fn reason(error: &Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text);
    reason.replace("EOF while", "unexpected end of text while")
}

struct Reader<'a> {
    text: &'a str,
    tree: Tree,
}

impl Reader<'_> {
    fn read(&mut self, start: usize) -> ControlFlow<()> {
        let text = self.text.as_bytes();
        let mut at = start;
        while let Some(byte) = text.get(at) {
            let next = at + 1;
            at = match byte {
                b'{' => self.begin(at, Kind::mapping())?,
                b'[' => self.begin(at, Kind::sequence())?,
                b'}' | b']' => {
                    if let Some(node) = self.tree.end(Some(next), |_| false)? {
                        self.tree.value(node)?;
                    }
                    next
                }
                b'"' => self.string(at)?,
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => next,
                _ => self.word(at)?,
            };
        }
        ControlFlow::Continue(())
    }

    fn begin(&mut self, at: usize, kind: Kind) -> ControlFlow<(), usize> {
        self.tree.begin(Span::new(at, at), kind)?;
        ControlFlow::Continue(at + 1)
    }

    /// Parses a string, which is a key or a value, and returns its end.
    fn string(&mut self, start: usize) -> ControlFlow<(), usize> {
        let span = Span::new(start, end_of_string(self.text, start));
        let raw = self.raw(span);
        let name = match raw.get(1..raw.len().saturating_sub(1)) {
            Some(inner) if !inner.contains('\\') => Some(inner.to_owned()),
            _ => self.unescaped(raw, span)?,
        };
        match self.tree.awaits_key() {
            true => self.tree.key(Key { name, span }),
            false => {
                let value = Value::String(name.unwrap_or_default());
                self.tree.value(Node { span, value })?;
            }
        }
        ControlFlow::Continue(span.end)
    }

    /// Returns the value of a string. If it is invalid, records an error and returns `None`.
    fn unescaped(&mut self, raw: &str, span: Span) -> ControlFlow<(), Option<String>> {
        if let Ok(text) = serde_json::from_str(raw) {
            return ControlFlow::Continue(Some(text));
        }
        let half = half(raw);
        self.tree.mistake(
            Diagnostic::new("json-string", "a string contains only half of a surrogate pair")
                .label(
                    Span::new(span.start + half.start, span.start + half.end),
                    "the other half is missing",
                )
                .help(
                    "write the character itself, or both halves of the pair, e.g. `\\ud83d\\ude00`",
                ),
        )?;
        ControlFlow::Continue(None)
    }

    /// Parses a number, `true`, `false` or `null`, and returns its end.
    fn word(&mut self, start: usize) -> ControlFlow<(), usize> {
        let rest = self.text.get(start..).unwrap_or("");
        let length = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']).unwrap_or(rest.len());
        let span = Span::new(start, start + length);
        let value = match self.raw(span) {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number => self.number(number, span)?,
        };
        self.tree.value(Node { span, value })?;
        ControlFlow::Continue(span.end)
    }

    fn number(&mut self, raw: &str, span: Span) -> ControlFlow<(), Value> {
        if let Ok(number) = serde_json::from_str(raw) {
            return ControlFlow::Continue(Value::Number(number));
        }
        let message = format!("the number `{raw}` is too large");
        self.tree.mistake(
            Diagnostic::new("json-number", message)
                .label(span, "larger than the largest 64-bit float")
                .help("write a smaller number, or put it in quotes if it is text"),
        )?;
        ControlFlow::Continue(Value::Null)
    }
}

impl<'a> Reader<'a> {
    fn raw(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

/// Returns the position after the closing quote of the string that begins at `start`.
fn end_of_string(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

/// Returns the range of an unpaired surrogate escape in a quoted string, or of the complete string
/// if it has no such escape.
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
            // Any other escape in a valid string has two bytes, e.g. `\n`.
            (None, _) => 2,
        };
    }
    0..raw.len()
}
