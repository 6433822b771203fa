//! Converts JSON to equivalent JSON that is safe to print: everything in strings that isn't plain is escaped.

use std::borrow::Cow;

use serde::Serialize;

use super::is_plain;

/// Returns a value as JSON on one line.
///
/// # Errors
///
/// Returns an error if the value can't be serialized.
pub(crate) fn to_json<T: Serialize>(value: &T) -> serde_json::Result<String> {
    Ok(escape_json(&serde_json::to_string(value)?).into_owned())
}

/// Returns equivalent JSON, in which every character that isn't plain is escaped. In JSON from `serde_json`, ASCII
/// control characters are already escaped, and other characters that aren't plain occur only in strings.
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    if json.chars().all(is_plain) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if is_plain(character) {
            escaped.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn characters_that_are_not_plain_are_escaped() {
        let json = to_json(&"ü\u{1b}\u{7f}\u{9b}\u{202e}\u{e0041}").unwrap();
        assert_eq!(json, r#""ü\u001b\u007f\u009b\u202e\udb40\udc41""#);
    }

    proptest! {
        #[test]
        fn escaped_json_is_equivalent(text in any::<String>()) {
            let json = to_json(&text).unwrap();
            prop_assert!(json.chars().all(is_plain));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
