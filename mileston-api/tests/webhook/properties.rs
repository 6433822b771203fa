//! Checks properties that hold for any body and any token.

use mileston_api::webhook::Verifier;
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::{TOKEN, read, verifier};

/// Generates any JSON of moderate size.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // These aren't arbitrary floats, because `serde_json` reads some floats back as a
        // neighbouring value.
        any::<i32>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Generates bodies that are almost valid: pieces of deliveries in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"event\"",
        "\"payload\"",
        "\"invoice-paid\"",
        "{\"event\":\"invoice-paid\",\"payload\":",
        "\"amount\"",
        "\"createdAt\"",
        "null",
        "1",
        "1e9",
        "\\u00",
        " ",
        "\u{0}",
        "ü",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Returns the same JSON with its fields in reverse order and whitespace between all tokens.
fn rewritten(value: &Value, space: &str) -> String {
    let inside = match value {
        Value::Array(items) => {
            items.iter().map(|item| rewritten(item, space)).collect::<Vec<_>>().join(",")
        }
        Value::Object(fields) => fields
            .iter()
            .rev()
            .map(|(name, value)| {
                let name = Value::from(name.as_str());
                format!("{space}{name}{space}:{}", rewritten(value, space))
            })
            .collect::<Vec<_>>()
            .join(","),
        leaf => leaf.to_string(),
    };
    match value {
        Value::Array(_) => format!("{space}[{inside}{space}]{space}"),
        Value::Object(_) => format!("{space}{{{inside}{space}}}{space}"),
        _ => format!("{space}{inside}{space}"),
    }
}

/// Returns the same JSON with the nth leaf changed, or `None` if it has fewer leaves.
fn with_other_leaf(value: &Value, at: &mut usize) -> Option<Value> {
    match value {
        Value::Array(items) => {
            let (index, other) = items
                .iter()
                .enumerate()
                .find_map(|(index, item)| Some((index, with_other_leaf(item, at)?)))?;
            let mut items = items.clone();
            items[index] = other;
            Some(Value::Array(items))
        }
        Value::Object(fields) => {
            let (name, other) = fields
                .iter()
                .find_map(|(name, value)| Some((name.clone(), with_other_leaf(value, at)?)))?;
            let mut fields = fields.clone();
            fields.insert(name, other);
            Some(Value::Object(fields))
        }
        leaf if *at == 0 => Some(match leaf {
            Value::String(text) => format!("{text}x").into(),
            Value::Bool(yes) => (!yes).into(),
            Value::Null => false.into(),
            _ => Value::Null,
        }),
        _ => {
            *at -= 1;
            None
        }
    }
}

fn body(payload: &str) -> String {
    format!(r#"{{"event":"other","payload":{payload}}}"#)
}

#[track_caller]
fn key(payload: &str) -> String {
    read(body(payload)).unwrap().dedupe_key()
}

proptest! {
    #[test]
    fn no_body_causes_a_panic(bytes in any::<Vec<u8>>(), text in any::<String>(), near in pieces()) {
        for body in [bytes, text.into_bytes(), near.into_bytes()] {
            match read(&body) {
                Ok(delivery) => prop_assert_eq!(delivery.dedupe_key().len(), 64),
                Err(error) => prop_assert!(error.to_string().starts_with("webhook rejected: ")),
            }
        }
    }

    #[test]
    fn no_payload_causes_a_panic(event in 0..4usize, payload in json()) {
        let event = ["invoice-paid", "paymentlink-paid", "recurring-paid", "other"][event];
        let body = serde_json::json!({"event": event, "payload": payload}).to_string();
        match read(&body) {
            Ok(delivery) => prop_assert_eq!(delivery.raw, payload),
            Err(error) => prop_assert!(error.json_path().is_some(), "{}", error),
        }
    }

    #[test]
    fn the_order_and_white_space_do_not_change_the_key(payload in json(), space in "[ \n\r\t]{0,3}") {
        let rewritten = rewritten(&payload, &space);
        prop_assert_eq!(&serde_json::from_str::<Value>(&rewritten).unwrap(), &payload);
        prop_assert_eq!(key(&payload.to_string()), key(&rewritten));
    }

    #[test]
    fn any_different_value_changes_the_key(payload in json(), at in 0..8usize, name in any::<String>()) {
        if let Some(other) = with_other_leaf(&payload, &mut at.clone()) {
            prop_assert_ne!(key(&payload.to_string()), key(&other.to_string()));
        }
        let mut more: Map<String, Value> = payload.as_object().cloned().unwrap_or_default();
        if more.insert(name, 1.into()).is_none() {
            prop_assert_ne!(key(&payload.to_string()), key(&Value::Object(more).to_string()));
        }
    }

    #[test]
    fn two_payloads_have_the_same_key_only_if_they_are_equal(one in json(), other in json()) {
        prop_assert_eq!(one == other, key(&one.to_string()) == key(&other.to_string()));
    }

    #[test]
    fn only_the_token_is_accepted(guess in any::<Vec<u8>>(), cut in 0..TOKEN.len(), flip in 1..=255u8) {
        let body = body("1");
        let taken = |guess: &[u8]| verifier().verify_parts(Some(guess), body.as_bytes()).is_ok();
        prop_assert!(taken(TOKEN.as_bytes()));
        prop_assert_eq!(taken(&guess), guess == TOKEN.as_bytes());
        prop_assert!(!taken(&TOKEN.as_bytes()[..cut]));
        let mut near = TOKEN.as_bytes().to_vec();
        near[cut] ^= flip;
        prop_assert!(!taken(&near));
    }

    /// The tokens have no `=`, because `NAME=value` is rejected as a line from a file.
    #[test]
    fn each_token_is_accepted_and_no_other(one in "[!#-&(-<>-_a-~]{1,40}", other in "[!#-&(-<>-_a-~]{1,40}") {
        let verifier = Verifier::new(one.parse().unwrap());
        let taken = |verifier: &Verifier, token: &str| {
            verifier.verify_parts(Some(token.as_bytes()), body("1").as_bytes()).is_ok()
        };
        prop_assert!(taken(&verifier, &one));
        prop_assert_eq!(taken(&verifier, &other), one == other);
        let both = verifier.and_previous(other.parse().unwrap());
        prop_assert!(taken(&both, &one) && taken(&both, &other));
    }
}
