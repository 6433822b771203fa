//! The body of a success as a type, or which of the many ways it went wrong. Pure.
//!
//! No error repeats a value of the body: it names the place and what kind of thing was found there.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::error::Category;

use crate::runtime::error::{Error, ErrorKind};

/// Reads the whole body as JSON.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let text = std::str::from_utf8(body)
        .map_err(|error| Error::new(ErrorKind::NotUtf8).with_source(error))?;
    if text.trim().is_empty() {
        return Err(Error::new(ErrorKind::EmptyBody));
    }
    // Keeping track of the path costs as much as reading: only a text that can't be read is read once more with it.
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        not_decoded(error.into_inner(), Some(path))
    })?;
    deserializer.end().map_err(|error| not_decoded(error, None))?;
    Ok(value)
}

/// The answer of an operation that promises none: whatever came counts.
pub(crate) fn nothing<T: DeserializeOwned>() -> Result<T, Error> {
    decode(b"null")
}

/// For generated types: a list or map that may be left out may be `null` as well.
#[allow(dead_code, reason = "whether generated code calls it depends on the document")]
pub(crate) fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn not_decoded(error: serde_json::Error, path: Option<String>) -> Error {
    match error.classify() {
        Category::Data => {
            let decode = Error::new(ErrorKind::Decode).with_json_path(path.unwrap_or_default());
            match without_value(&error.to_string()) {
                Some(detail) => decode.with_detail(detail),
                None => decode,
            }
        }
        Category::Eof => Error::new(ErrorKind::JsonCut).with_source(error),
        // There is no category for it.
        Category::Syntax if error.to_string().starts_with("recursion limit exceeded") => {
            Error::new(ErrorKind::JsonTooDeep).with_source(error)
        }
        // What serde_json says of syntax is line and column, nothing of the text.
        Category::Syntax | Category::Io => Error::new(ErrorKind::NotJson).with_source(error),
    }
}

/// What serde says of the shape, if it can be said without the value.
///
/// `invalid type: string "Ada", expected u32 at line 1 column 9` becomes `found string, expected u32`. The name of a
/// missing field is ours, not the server's. Of the rest (unknown variants, errors of custom types) nothing is kept.
fn without_value(message: &str) -> Option<String> {
    if message.starts_with("missing field `") {
        return message.split(" at line ").next().map(str::to_owned);
    }
    let found = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    let kind = ["string", "integer", "floating point", "boolean", "null", "map", "sequence"]
        .into_iter()
        .find(|kind| found.starts_with(kind))?;
    // The last one, for the value may hold the same words.
    let (_, expected) = found.rsplit_once(", expected ")?;
    let (expected, _) = expected.rsplit_once(" at line ")?;
    Some(format!("found {kind}, expected {expected}"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Link {
        amount: String,
        #[serde(default, deserialize_with = "null_as_default")]
        tags: Vec<u32>,
    }

    #[track_caller]
    fn check(body: &[u8], kind: ErrorKind, path: Option<&str>, text: &str) {
        let error = decode::<Link>(body).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert_eq!(error.json_path(), path);
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn what_fits_is_read_and_more_is_tolerated() {
        let link = decode::<Link>(br#" {"new":[1,{}],"amount":"1","tags":[7]} "#).unwrap();
        assert_eq!((link.amount.as_str(), &*link.tags), ("1", &[7][..]));
    }

    #[test]
    fn null_is_like_being_left_out() {
        let link = decode::<Link>(br#"{"amount":"1","tags":null}"#).unwrap();
        assert!(link.tags.is_empty());
        assert!(decode::<Link>(br#"{"amount":"1"}"#).unwrap().tags.is_empty());
    }

    #[test]
    fn what_is_no_json_is_told_apart() {
        check(b"", ErrorKind::EmptyBody, None, "its body is empty");
        check(b" \n", ErrorKind::EmptyBody, None, "its body is empty");
        check(b"<!doctype html>", ErrorKind::NotJson, None, "its body is no JSON");
        check(b"{\"amount\":\"\xff\"}", ErrorKind::NotUtf8, None, "its body is not UTF-8");
        check(b"{\"amount\":\"1", ErrorKind::JsonCut, None, "its JSON ends in the middle");
        check(b"{\"amount\":\"1\"} x", ErrorKind::NotJson, None, "its body is no JSON");
    }

    #[test]
    fn deep_json_is_an_error_and_no_overflow() {
        let deep = "[".repeat(100_000);
        let error = decode::<serde_json::Value>(deep.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::JsonTooDeep);
    }

    #[test]
    fn a_wrong_shape_names_the_place_and_not_the_value() {
        check(
            br#"{"amount":12345}"#,
            ErrorKind::Decode,
            Some("amount"),
            "its JSON has another shape than expected at `amount`: found integer, expected a string",
        );
        check(
            br#"{"amount":"1","tags":[1,"hunter2, expected hunter2 at line 9"]}"#,
            ErrorKind::Decode,
            Some("tags[1]"),
            "its JSON has another shape than expected at `tags[1]`: found string, expected u32",
        );
        check(
            br#"{"tags":[]}"#,
            ErrorKind::Decode,
            Some("."),
            "its JSON has another shape than expected at `.`: missing field `amount`",
        );
    }

    #[test]
    fn a_promise_of_nothing_is_kept_by_anything() {
        nothing::<()>().unwrap();
    }
}
