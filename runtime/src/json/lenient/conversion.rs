//! What a value of another type could have meant.

use serde_json::Value;

use crate::json::canonical;
use crate::json::tree::without_lone_surrogates;

/// The JSON to try instead of this JSON.
///
/// `prose`: it is a sentence for people, of which there may be several.
pub(super) fn of(raw: &str, wants_text: bool, prose: bool) -> Option<String> {
    match raw.as_bytes().first()? {
        b'0'..=b'9' | b'-' => {
            let plain = canonical(raw);
            let whole = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            // An integer in another spelling, such as `201.0`; else the number as text.
            let respell = whole && plain != raw && !wants_text;
            Some(if respell { plain } else { format!("\"{raw}\"") })
        }
        b'"' => text(raw),
        b'[' if prose => list(raw),
        // One thing where a list of things is expected.
        b'{' => Some(format!("[{raw}]")),
        _ => None,
    }
}

/// A number or a truth as text, or a text that was cut inside a pair of surrogates.
fn text(raw: &str) -> Option<String> {
    let whole = without_lone_surrogates(raw);
    if whole != raw {
        return Some(whole);
    }
    let text: String = serde_json::from_str(raw).ok()?;
    let text = text.trim();
    match text {
        "true" | "false" => Some(text.to_owned()),
        _ if is_number(text) => Some(canonical(text)),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    // Whether it is one, not which: that depends on features.
    text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Sentences where one is expected, joined as the vendor's SDK does.
fn list(raw: &str) -> Option<String> {
    let texts = serde_json::from_str::<Vec<String>>(raw).ok()?;
    (!texts.is_empty()).then(|| Value::from(texts.join(", ")).to_string())
}
