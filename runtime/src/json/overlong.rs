//! Replaces overlong strings and numbers in a large body with `null`.
//!
//! If a string doesn't match its type, the type's `Deserialize` may copy the string into the error, and formatting the
//! error copies it again. So overlong values are removed before the body is read.

use super::skim::{blank, string_end, word_end};
use super::unexpected::Unexpected;

/// The minimum size of a body to search.
const LARGE_BODY: usize = 1 << 20;

/// The maximum number of bytes in a string or number.
const LONGEST: usize = 256 * 1024;

/// Replaces each overlong value with `null`. Returns the new body and the replaced values, or `None` if there are no
/// overlong values.
pub(crate) fn without_overlong(text: &str) -> Option<(String, Vec<Unexpected>)> {
    if text.len() < LARGE_BODY {
        return None;
    }
    let bytes = text.as_bytes();
    let (mut kept, mut found) = (String::new(), Vec::new());
    let (mut at, mut copied, mut key) = (0, 0, ".");
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let end = match byte {
            b'"' => string_end(bytes, start),
            b'0'..=b'9' | b'-' => word_end(bytes, start),
            _ => Some(at + 1),
        };
        let Some(end) = end else { break };
        at = end;
        if byte == b'"' && bytes.get(blank(bytes, end)) == Some(&b':') {
            key = text.get(start + 1..end - 1)?;
        } else if end - start > LONGEST {
            kept.push_str(text.get(copied..start)?);
            kept.push_str("null");
            copied = end;
            found.push(Unexpected::ignored(key.get(..100).unwrap_or(key), text.get(start..end)?));
        }
    }
    if found.is_empty() {
        return None;
    }
    kept.push_str(text.get(copied..)?);
    Some((kept, found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlong_strings_are_removed_and_reported() {
        let (long, short) = ("x".repeat(2 * LARGE_BODY), "y".repeat(LONGEST - 2));
        let body = |long: &str| format!(r#"{{"a":[1,{long}],"b":"{short}","{short}":2}}"#);
        let (kept, found) = without_overlong(&body(&format!("\"{long}\""))).unwrap();
        assert_eq!(kept, body("null"));
        assert_eq!((found[0].path(), found[0].raw_json().len()), ("a", long.len() + 2));
        let number = format!("-{}", "1".repeat(2 * LARGE_BODY));
        let (kept, _) = without_overlong(&body(&number)).unwrap();
        assert_eq!(kept, body("null"));
    }

    #[test]
    fn everything_else_is_unchanged() {
        for body in [
            format!("\"{}\"", "x".repeat(LONGEST * 2)),
            "[1,\"\"]".repeat(LARGE_BODY / 4),
            format!("{{\"{}\":1}}", "x".repeat(2 * LARGE_BODY)),
            format!("\"{}", "x".repeat(2 * LARGE_BODY)),
        ] {
            assert!(without_overlong(&body).is_none());
        }
    }
}
