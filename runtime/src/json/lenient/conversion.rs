//! Guesses what a value of the wrong type was meant to be.

use crate::json::escapes::{decoded, decoded_lossily};
use crate::json::tree::Json;
use crate::json::{canonical, is_number};

/// Returns the JSON to try instead of `raw`.
///
/// `prose` is true for a field with human-readable text. In such a field, a list of sentences becomes a single string.
pub(super) fn of(raw: &str, wants_text: bool, prose: bool) -> Option<String> {
    match raw.as_bytes().first()? {
        b'0'..=b'9' | b'-' => {
            let plain = canonical(raw);
            let whole = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            // An integer such as `201.0` is first written as `201`. If that doesn't match either,
            // the number is written as text.
            let respell = whole && plain != raw && !wants_text;
            Some(if respell { plain } else { format!("\"{raw}\"") })
        }
        b'"' => text(raw),
        b'[' if prose => list(raw),
        // The object may be a single element where a list is expected.
        b'{' => Some(format!("[{raw}]")),
        _ => None,
    }
}

/// Converts a number or boolean that is written as a string, or repairs a string that was cut
/// inside a surrogate pair.
fn text(raw: &str) -> Option<String> {
    let text = match decoded(raw) {
        Ok(text) => text,
        Err(_) => return serde_json::to_string(&decoded_lossily(raw).ok()?).ok(),
    };
    let text = text.trim();
    match text {
        "true" | "false" => Some(text.to_owned()),
        _ if is_number(text) => Some(canonical(text)),
        _ => None,
    }
}

/// Joins a list of sentences into the single string that is expected.
fn list(raw: &str) -> Option<String> {
    let Json::List(items) = Json::read(raw).ok()? else { return None };
    let texts: Option<Vec<_>> = items
        .into_iter()
        .map(|item| match item {
            Json::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let texts = texts.filter(|texts| !texts.is_empty())?;
    serde_json::to_string(&texts.join(", ")).ok()
}
