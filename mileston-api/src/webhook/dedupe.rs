//! One text for each content: canonical JSON, and its SHA-256.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// SHA-256 of event and payload in 64 lower-case digits.
pub(crate) fn key(event: &str, payload: &Value) -> String {
    // As an array, so that no text can pass from one to the other.
    let mut text = String::from("[");
    write_text(event, &mut text);
    text.push(',');
    write(payload, &mut text);
    text.push(']');
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// As JSON without white space, the fields of each object by the bytes of their names.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                separate(at, text);
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => write_fields(fields, text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}

/// Sorted here: how a `Map` is sorted depends on a feature of `serde_json` that any crate of a program may turn on.
fn write_fields(fields: &Map<String, Value>, text: &mut String) {
    let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| *name);
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
    use serde_json::json;

    use super::*;

    /// Written out: whoever stored keys must find them again after an update of this crate.
    #[test]
    fn a_key_stays_the_same_for_ever() {
        let mut text = String::new();
        write(&json!({"b": [1, 2.5, null, true, {"z": "", "a": "ü\"\n"}], "a": {}}), &mut text);
        assert_eq!(text, r#"{"a":{},"b":[1,2.5,null,true,{"a":"ü\"\n","z":""}]}"#);
        assert_eq!(key("invoice-paid", &json!({"amount": "100.00"})), {
            // printf '["invoice-paid",{"amount":"100.00"}]' | sha256sum
            "3cbf22557a98544726ac7a8ba41547ff388d970c33a67da7946a5ba5d55d4fac"
        });
    }

    #[test]
    fn name_and_payload_cannot_be_mixed_up() {
        assert_ne!(key("a\",\"b", &json!("c")), key("a", &json!("b\",\"c")));
        assert_ne!(key("a", &json!({})), key("b", &json!({})));
    }
}
