//! Calculates the dedupe key of a delivery: the SHA-256 digest of its canonical JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use openapi_keys_runtime::json::{Json, canonical};

/// Returns the SHA-256 digest of the event and the payload as 64 lower-case hexadecimal digits.
pub(crate) fn key(event: &str, payload: &Json<'_>) -> String {
    // The text is a JSON array so that it always shows where the event ends and the payload begins.
    let mut text = String::from("[");
    write_text(event, &mut text);
    text.push(',');
    write(payload, &mut text);
    text.push(']');
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a `String` can't fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Writes JSON without whitespace, with the fields of each object sorted by the bytes of their names, and each number
/// in its normalised form.
///
/// `serde_json` can't do this, because how it writes numbers and sorts maps depends on features that any crate in a
/// program may enable.
fn write(value: &Json<'_>, text: &mut String) {
    match value {
        Json::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(at, text);
                write(item, text);
            }
            text.push(']');
        }
        Json::Object(fields) => write_fields(fields, text),
        Json::Null => text.push_str("null"),
        Json::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => text.push_str(&canonical(number)),
        Json::Text(string) => write_text(string, text),
    }
}

/// Writes an object. If two fields have the same name, the last one wins.
fn write_fields(fields: &[(Cow<'_, str>, Json<'_>)], text: &mut String) {
    let fields: BTreeMap<&str, &Json<'_>> =
        fields.iter().map(|(name, value)| (&**name, value)).collect();
    text.push('{');
    for (at, (name, value)) in fields.into_iter().enumerate() {
        separate(at, text);
        write_text(name, text);
        text.push(':');
        write(value, text);
    }
    text.push('}');
}

fn write_text(string: &str, text: &mut String) {
    text.push_str(&Value::from(string).to_string());
}

fn separate(at: usize, text: &mut String) {
    if at > 0 {
        text.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(event: &str, payload: &str) -> String {
        key(event, &Json::read(payload).unwrap())
    }

    /// The expected keys are literals, because stored keys must stay valid when this crate is updated.
    #[test]
    fn a_key_never_changes() {
        let mut text = String::new();
        let payload = r#"{"b": [1, 2.5, null, true, {"z": "", "a": "ü\"\n"}], "a": {}}"#;
        write(&Json::read(payload).unwrap(), &mut text);
        assert_eq!(text, r#"{"a":{},"b":[1,2.5,null,true,{"a":"ü\"\n","z":""}]}"#);
        // printf '["invoice-paid",{"amount":"100.00"}]' | sha256sum
        let expected = "3cbf22557a98544726ac7a8ba41547ff388d970c33a67da7946a5ba5d55d4fac";
        assert_eq!(of("invoice-paid", r#"{"amount": "100.00"}"#), expected);
    }

    #[test]
    fn a_number_has_the_same_key_in_every_format() {
        let payload = |number: &str| of("e", &format!(r#"{{"amount":{number}}}"#));
        for (one, other) in [("1", "1.0"), ("1", "1e0"), ("-0", "0"), ("1e400", "10E+399")] {
            assert_eq!(payload(one), payload(other), "{one} and {other}");
        }
        for (one, other) in [
            ("1", "-1"),
            ("1", "1.0000000000000000000001"),
            ("18446744073709551616", "18446744073709551617"),
            ("1e400", "1e401"),
            ("1", "\"1\""),
        ] {
            assert_ne!(payload(one), payload(other), "{one} and {other}");
        }
        // printf '["e",{"amount":12.5}]' | sha256sum
        let expected = "ae323f88fc71762efc6137be22f8433b5f51878198b631f2df796139d15408e9";
        assert_eq!(payload("12.50"), expected);
    }

    #[test]
    fn the_last_of_two_fields_with_the_same_name_wins() {
        assert_eq!(of("e", r#"{"a":1,"a":2}"#), of("e", r#"{"a":2}"#));
    }

    #[test]
    fn the_name_and_the_payload_cannot_be_confused() {
        assert_ne!(of("a\",\"b", "\"c\""), of("a", r#""b\",\"c""#));
        assert_ne!(of("a", "{}"), of("b", "{}"));
    }
}
