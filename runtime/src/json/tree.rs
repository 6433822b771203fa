//! Represents JSON with its numbers as text, independently of the features of `serde_json`.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::escapes::decoded_lossily;
use super::skim::{blank, string_end, word_end};
use crate::platform;

/// The maximum nesting depth, which is the same as in `serde_json`.
const DEEPEST: usize = 127;

/// A value that borrows from the text that it was read from. Numbers are kept as they were written.
///
/// ```
/// use openapi_keys_runtime::json::Json;
///
/// let json = Json::read(r#"{"amount": 1.50}"#).map_err(|_| "not JSON")?;
/// assert_eq!(json.get("amount"), Some(&Json::Number("1.50")));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// Text with its escapes decoded.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object, with its members in the order of the text. If a name occurs twice, [`get`](Json::get) returns the
    /// last value, as in JavaScript.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Why JSON can't be read as a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeProblem {
    /// The text is nested more deeply than `serde_json` allows.
    TooDeep,
    /// The text isn't JSON. To get the reason, parse the text with `serde_json`.
    Malformed,
}

impl<'a> Json<'a> {
    /// Reads JSON. Ignores anything after the value and doesn't check the format of numbers, so check the text with
    /// `serde_json` first.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is nested too deeply or malformed.
    pub fn read(text: &'a str) -> Result<Self, TreeProblem> {
        Reader { text, at: 0 }.value(0)
    }

    /// Returns the members of an object, each with its value as JSON text. The result is empty if the text isn't an
    /// object. As with [`read`](Json::read), check the text with `serde_json` first.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is nested too deeply or malformed.
    pub fn members(text: &'a str) -> Result<Vec<(Cow<'a, str>, &'a str)>, TreeProblem> {
        let mut reader = Reader { text, at: 0 };
        if reader.peek()? != b'{' {
            return Ok(Vec::new());
        }
        let mut members = Vec::new();
        reader.sequence(b'}', |reader| {
            let name = reader.string()?;
            reader.take(b':')?;
            reader.peek()?;
            let start = reader.at;
            reader.value(1)?;
            members.push((name, text.get(start..reader.at).unwrap_or_default()));
            Ok(())
        })?;
        Ok(members)
    }

    /// Returns the member of an object with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        let Json::Object(members) = self else { return None };
        members.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Converts this to a `serde_json` value. The result doesn't depend on the features of `serde_json`: a number that
    /// isn't a 64-bit integer becomes the nearest float, and a number that is too large for a float becomes a string
    /// with its original text.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match self {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(text) => number(text),
            Json::Text(text) => Value::String(text.clone().into_owned()),
            Json::List(items) => items.iter().map(Json::to_value).collect(),
            Json::Object(members) => {
                Value::Object(members.iter().fold(Map::new(), |mut map, (name, value)| {
                    map.insert(name.clone().into_owned(), value.to_value());
                    map
                }))
            }
        }
    }
}

fn number(text: &str) -> Value {
    let integer = text.parse::<u64>().map(Number::from);
    let integer = integer.or_else(|_| text.parse::<i64>().map(Number::from)).ok();
    let float = || Number::from_f64(platform::float(text));
    integer.or_else(float).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Json<'a>, TreeProblem> {
        match self.peek()? {
            b'{' | b'[' if depth == DEEPEST => Err(TreeProblem::TooDeep),
            b'{' => {
                let mut members = Vec::new();
                self.sequence(b'}', |reader| {
                    let name = reader.string()?;
                    reader.take(b':')?;
                    members.push((name, reader.value(depth + 1)?));
                    Ok(())
                })?;
                Ok(Json::Object(members))
            }
            b'[' => {
                let mut items = Vec::new();
                self.sequence(b']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                Ok(Json::List(items))
            }
            b'"' => self.string().map(Json::Text),
            _ => self.word(),
        }
    }

    /// Reads items between two brackets, separated by commas.
    fn sequence(
        &mut self,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), TreeProblem>,
    ) -> Result<(), TreeProblem> {
        self.at += 1;
        if self.peek()? == close {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            match self.peek()? {
                b',' => self.at += 1,
                other if other == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(TreeProblem::Malformed),
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, TreeProblem> {
        self.peek()?;
        let end = string_end(self.text.as_bytes(), self.at).ok_or(TreeProblem::Malformed)?;
        let quoted = self.text.get(self.at..end).ok_or(TreeProblem::Malformed)?;
        self.at = end;
        decoded_lossily(quoted).map_err(|_| TreeProblem::Malformed)
    }

    fn word(&mut self) -> Result<Json<'a>, TreeProblem> {
        let end = word_end(self.text.as_bytes(), self.at).ok_or(TreeProblem::Malformed)?;
        let word = self.text.get(self.at..end).ok_or(TreeProblem::Malformed)?;
        self.at = end;
        Ok(match word {
            "null" => Json::Null,
            "true" => Json::Bool(true),
            "false" => Json::Bool(false),
            number => Json::Number(number),
        })
    }

    fn take(&mut self, byte: u8) -> Result<(), TreeProblem> {
        let found = self.peek()? == byte;
        self.at += 1;
        found.then_some(()).ok_or(TreeProblem::Malformed)
    }

    fn peek(&mut self) -> Result<u8, TreeProblem> {
        self.at = blank(self.text.as_bytes(), self.at);
        self.text.as_bytes().get(self.at).copied().ok_or(TreeProblem::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_keep_their_text() {
        let tree = Json::read(r#" {"a" : [1.50, -0, 1e400], "b":null} "#).unwrap();
        let numbers = ["1.50", "-0", "1e400"].map(Json::Number).to_vec();
        assert_eq!(tree.get("a"), Some(&Json::List(numbers)));
        assert_eq!(tree.to_value(), json!({"a": [1.5, 0, "1e400"], "b": null}));
    }

    #[test]
    fn a_lone_surrogate_becomes_a_replacement_character() {
        let text = |json: &str| match Json::read(json).unwrap() {
            Json::Text(text) => text.into_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text(r#""a\ud83d""#), "a\u{fffd}");
        assert_eq!(text(r#""\ude00\ud83d\ud83d\ude00\\ud83d""#), "\u{fffd}\u{fffd}😀\\ud83d");
        assert_eq!(text(r#""\"\u00e9\n""#), "\"é\n");
    }

    #[test]
    fn depth_is_limited() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::read(&deep(127)).is_ok());
        assert_eq!(Json::read(&deep(128)), Err(TreeProblem::TooDeep));
        assert_eq!(Json::read(&"{\"a\":".repeat(1_000_000)), Err(TreeProblem::TooDeep));
    }

    #[test]
    fn the_last_of_two_equal_names_counts() {
        let tree = Json::read(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(tree.get("a"), Some(&Json::Number("2")));
        assert_eq!(tree.to_value(), json!({"a": 2}));
    }

    proptest! {
        #[test]
        fn reading_json_never_panics(text in "[\\[\\]{}:,\"\\\\a-z0-9ude. é-]{0,40}") {
            let tree = Json::read(&text).is_ok();
            // `Json` reads everything that `serde_json` reads.
            if serde_json::from_str::<Value>(&text).is_ok() {
                prop_assert!(tree, "{}", text);
            }
        }
    }
}
