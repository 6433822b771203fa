//! Finds a value in JSON without parsing the rest. The search isn't recursive, so deep nesting is harmless.
//!
//! The search doesn't validate the text. If malformed text stops the search, it finds nothing.

use std::ops::Range;

use super::escapes::decoded;

/// A step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    /// Returns a path as text, e.g. `books[0].price`. `.` is the complete text.
    pub(super) fn written(path: &[Step]) -> String {
        if path.is_empty() {
            return ".".to_owned();
        }
        let mut text = String::new();
        for step in path {
            match step {
                Step::Index(index) => {
                    text.push('[');
                    text.push_str(&index.to_string());
                    text.push(']');
                }
                Step::Key(key) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(key);
                }
            }
        }
        text
    }
}

/// The position of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) value: Range<usize>,
    /// The range to remove: the key, the value and one comma.
    pub(super) member: Range<usize>,
}

/// Returns the first value at this path.
pub(super) fn find(text: &str, path: &[Step]) -> Option<Place> {
    let bytes = text.as_bytes();
    let mut member = Member { comma: None, start: blank(bytes, 0), value: blank(bytes, 0) };
    for step in path {
        member = inside(text, member.value, step)?;
    }
    let end = value_end(bytes, member.value)?;
    let next = blank(bytes, end);
    let taken = match (bytes.get(next), member.comma) {
        (Some(b','), _) => member.start..next + 1,
        (_, Some(comma)) => comma..end,
        (_, None) => member.start..end,
    };
    Some(Place { value: member.value..end, member: taken })
}

struct Member {
    /// The position of the comma before the value.
    comma: Option<usize>,
    /// The position where the key starts, or where the value starts in a list.
    start: usize,
    value: usize,
}

fn inside(text: &str, container: usize, wanted: &Step) -> Option<Member> {
    let bytes = text.as_bytes();
    let open = match wanted {
        Step::Key(_) => b'{',
        Step::Index(_) => b'[',
    };
    if *bytes.get(container)? != open {
        return None;
    }
    let (mut comma, mut start, mut index) = (None, blank(bytes, container + 1), 0);
    loop {
        let (value, found) = match wanted {
            Step::Index(wanted) => (start, index == *wanted),
            Step::Key(wanted) => {
                let key_end = string_end(bytes, start)?;
                let colon = blank(bytes, key_end);
                if *bytes.get(colon)? != b':' {
                    return None;
                }
                let key = text.get(start..key_end)?;
                (blank(bytes, colon + 1), is_key(key, wanted))
            }
        };
        if found {
            return bytes.get(value).map(|_| Member { comma, start, value });
        }
        let end = blank(bytes, value_end(bytes, value)?);
        if *bytes.get(end)? != b',' {
            return None;
        }
        comma = Some(end);
        start = blank(bytes, end + 1);
        index += 1;
    }
}

/// Returns whether a key is the requested one. `key` is written as in the JSON, with its quotation marks.
fn is_key(key: &str, wanted: &str) -> bool {
    if key.contains('\\') {
        return decoded(key).is_ok_and(|key| key == wanted);
    }
    key.len() == wanted.len() + 2 && key.get(1..key.len() - 1) == Some(wanted)
}

/// Returns the position of the first byte at or after `at` that isn't whitespace.
pub(super) fn blank(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Returns the position after the closing quotation mark of the string that begins at `at`.
pub(super) fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    if *bytes.get(at)? != b'"' {
        return None;
    }
    let mut at = at + 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Returns the position after a number or a word such as `null`, or `None` if the text begins with something else.
pub(super) fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes
        .get(at..)?
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        .count();
    (length > 0).then_some(at + length)
}

/// Returns the number, or the word such as `null`, at the start of the text. Returns an empty string if the text begins
/// with something else.
pub(crate) fn word(text: &str) -> &str {
    word_end(text.as_bytes(), 0).and_then(|end| text.get(..end)).unwrap_or_default()
}

/// Returns the position after the value that begins at `at`.
fn value_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match *bytes.get(at)? {
            b'"' => at = string_end(bytes, at)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                at += 1;
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth > 0 => at += 1,
            _ => at = word_end(bytes, at)?,
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[track_caller]
    fn check(text: &str, path: &[Step], value: &str, without: &str) {
        let place = find(text, path).unwrap();
        assert_eq!(&text[place.value], value);
        let mut cut = text.to_owned();
        cut.replace_range(place.member, "");
        assert_eq!(cut, without);
    }

    #[test]
    fn a_value_is_found_and_can_be_removed() {
        check(r#"{"a":1,"b":[2,{"c":"}\""}]}"#, &[key("a")], "1", r#"{"b":[2,{"c":"}\""}]}"#);
        let path = [key("b"), Step::Index(1), key("c")];
        check(r#"{"a":1,"b":[2,{"c":"}\""}]}"#, &path, r#""}\"""#, r#"{"a":1,"b":[2,{}]}"#);
        check("[1 , 2]", &[Step::Index(1)], "2", "[1 ]");
        check("[ [1], 2]", &[Step::Index(0)], "[1]", "[  2]");
        check("[7]", &[Step::Index(0)], "7", "[]");
        check(r#" { "\u0061" : null } "#, &[key("a")], "null", " {  } ");
        check(r#"{"é":-1.5e3}"#, &[key("é")], "-1.5e3", "{}");
        check(" 17 ", &[], "17", "  ");
    }

    #[test]
    fn the_first_of_two_equal_keys_is_found() {
        check(r#"{"a":1,"a":2}"#, &[key("a")], "1", r#"{"a":2}"#);
    }

    #[test]
    fn a_missing_value_is_not_found() {
        for text in ["", "{", "[1", r#"{"a"#, r#"{"a""#, r#"{"a":"#, r#"{"a":"x"#, "17", "[]", "{}"]
        {
            assert_eq!(find(text, &[key("b")]), None, "{text}");
            assert_eq!(find(text, &[Step::Index(5)]), None, "{text}");
        }
        assert_eq!(find(r#"{"a":"x"#, &[key("a")]), None);
        assert_eq!(find("]", &[]), None);
    }

    #[test]
    fn deep_nesting_is_harmless() {
        let deep = format!("{{\"a\":{}{},\"b\":1}}", "[".repeat(500_000), "]".repeat(500_000));
        check(&deep, &[key("b")], "1", &deep.replace(",\"b\":1", ""));
    }
}
