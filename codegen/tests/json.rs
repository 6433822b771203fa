//! Tests JSON documents: values, keys and their order are read unchanged, and each error has the
//! right position.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

use openapi_keys::{Diagnostics, Document, Node, Value};
use proptest::prelude::*;
use serde_json::Number;

fn parse(name: &str, text: &str) -> Result<Document, Diagnostics> {
    Document::parse(name, text).map_err(|list| Diagnostics::new(name, text, list))
}

/// Reads a document in which the key `x` has this JSON value, and returns the value.
#[track_caller]
fn value(json: &str) -> serde_json::Value {
    let text = format!("{{\"x\": {json}}}");
    parse("api.json", &text).unwrap().get(&["x"]).unwrap().to_json()
}

/// Checks that a document has one error with this code, at this line and column.
#[track_caller]
fn refused(name: &str, text: &str, code: &str, place: &str) {
    let mistakes = parse(name, text).unwrap_err();
    let found = mistakes.to_string();
    assert_eq!(mistakes.list().len(), 1, "{found}");
    assert!(found.starts_with(&format!("error[{code}]")), "{found}");
    assert!(found.contains(&format!("--> {name}:{place}\n")), "{found}");
}

#[test]
fn escapes_have_their_meaning_in_json() {
    for (written, meant) in [
        (r#""\ud83d\ude00""#, "😀"),
        (r#""\uD83D\uDE00!""#, "😀!"),
        (r#""\u00e9\/\b\f""#, "é/\u{8}\u{c}"),
        (r#""a\u0000b""#, "a\0b"),
        ("\"\u{7f}\u{85}\u{2028}\u{2029}\u{FEFF}\"", "\u{7f}\u{85}\u{2028}\u{2029}\u{FEFF}"),
        (r#""\u2028\n\r\t""#, "\u{2028}\n\r\t"),
        (r#""- a: b # no""#, "- a: b # no"),
        (r#""~""#, "~"),
        (r#""null""#, "null"),
        (r#""0x10""#, "0x10"),
        ("\"a  b \"", "a  b "),
    ] {
        assert_eq!(value(written), serde_json::Value::from(meant), "{written}");
    }
}

#[test]
fn keys_and_list_items_are_read_in_the_same_way() {
    let text = r#"{"\ud83d\ude00": 1, "enum": ["\ud83d\ude00", "b\/"]}"#;
    let document = parse("api.json", text).unwrap();
    assert_eq!(document.get(&["😀"]).unwrap().to_string(), "1");
    assert_eq!(document.get(&["enum", "0"]).and_then(Node::as_str), Some("😀"));
    assert_eq!(document.get(&["enum", "1"]).and_then(Node::as_str), Some("b/"));
    let key = "k".repeat(3000);
    let document = parse("api.json", &format!("{{\"{key}\": true}}")).unwrap();
    assert_eq!(document.get(&[&key]).and_then(Node::as_bool), Some(true));
}

#[test]
fn numbers_are_read_as_in_json() {
    for (written, meant) in [
        ("-0", Number::from_f64(-0.0).unwrap()),
        ("18446744073709551615", u64::MAX.into()),
        ("-9223372036854775808", i64::MIN.into()),
        ("18446744073709551616", Number::from_f64(1.844_674_407_370_955_2e19).unwrap()),
        ("1e2", Number::from_f64(100.0).unwrap()),
        ("1e-400", Number::from_f64(0.0).unwrap()),
    ] {
        assert_eq!(value(written), serde_json::Value::Number(meant), "{written}");
    }
    refused("api.json", "{\n \"x\": 1e400}", "json-number", "2:7");
}

#[test]
fn white_space_and_byte_order_marks_around_a_document_are_skipped() {
    for text in ["\u{FEFF}{\"a\": 1}", "{\r\n\t\"a\"\t:\r\n1\r\n}\r\n", "\n\n {\"a\":1} \n"] {
        let document = parse("api.json", text).unwrap();
        let root = document.root();
        assert_eq!(root.to_string(), "{\"a\":1}", "{text:?}");
        let entry = root.entry("a").unwrap();
        assert_eq!(&text[entry.key_span.start..entry.key_span.end], "\"a\"");
        assert_eq!(&text[entry.value.span.start..entry.value.span.end], "1");
        assert!(text[root.span.start..root.span.end].starts_with('{'), "{text:?}");
        assert!(text[root.span.start..root.span.end].ends_with('}'), "{text:?}");
    }
}

#[test]
fn mistakes_are_reported_with_their_position() {
    // An unpaired surrogate in a value and in a key, and a surrogate pair in the wrong order.
    refused("api.json", r#"{"a": "é\ud83d"}"#, "json-string", "1:9");
    refused("api.json", r#"{"b": 1, "a\ude00": 1}"#, "json-string", "1:12");
    refused("api.json", r#"{"a": ["x", "\ude00\ud83d"]}"#, "json-string", "1:14");
    refused("api.json", "{\"a\": 1,\n \"é\": 2, \"a\": 3}", "duplicate-key", "2:10");
    refused("api.json", r#"{"a": 1, "\u0061": 3}"#, "duplicate-key", "1:10");
    // Invalid JSON in a `.json` file. Columns are counted in characters, not bytes.
    refused("api.json", "{\"a\": 1,\n \"é\": }", "json-syntax", "2:7");
    refused("api.json", "{\"a\": \"x\ty\"}", "json-syntax", "1:9");
    refused("api.json", "{\"a\": 1} x", "json-syntax", "1:10");
    refused("api.json", "{\"a\": 01}", "json-syntax", "1:8");
    refused("api.json", "{\"a\": [1, 2", "json-syntax", "1:12");
    refused("API.JSON", "{\"a\": 1, // no\n}", "json-syntax", "1:10");
    refused("api.json", "[1]", "document-root", "1:1");
}

/// `{a: 1}` is YAML flow style, and so is JSON with an extra comma.
#[test]
fn braces_may_also_be_yaml() {
    for text in ["{a: 1}", "{\"a\": 1,}", "{a: 1} # and so on\n", "{ # first\n a: 1 }"] {
        assert_eq!(parse("api.yaml", text).unwrap().root().to_string(), "{\"a\":1}", "{text}");
    }
    // Text that is neither JSON nor YAML. The error is about the format that the text resembles.
    refused("api.yaml", "{\"a\": \"\\ud83d\"}", "json-string", "1:8");
    refused("api.yaml", "{\"a\": 1", "json-syntax", "1:8");
    refused("api.yaml", "{a: [1}", "yaml-syntax", "1:7");
    // The last five bytes of some names start in the middle of a character, which must not cause a
    // panic.
    refused("日本.yml", "{\"a\": 1", "json-syntax", "1:8");
    refused("日.yml", "{a: [1}", "yaml-syntax", "1:7");
    refused("aééé", "{\"a\": 1", "json-syntax", "1:8");
    refused("日本.JSON", "{a: 1}", "json-syntax", "1:2");
}

#[test]
fn depth_is_limited_as_in_yaml() {
    let deep = |n: usize| format!("{{\"a\": {}{}}}", "[".repeat(n), "]".repeat(n));
    assert!(parse("api.json", &deep(254)).is_ok());
    for n in [255, 256, 300, 100_000] {
        refused("api.json", &deep(n), "document-depth", "1:261");
    }
}

/// A JSON value whose objects keep the order of their keys.
#[derive(Clone, Debug)]
enum Json {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z~#:!&*'@`%|>-]{0,6}",
        any::<String>(),
        "[\u{0}-\u{20}\"\\\\/😀é\u{2028}\u{85}]{0,4}"
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(Number::from),
        // Numbers with few decimal places, which all parsers read as the same value.
        any::<i32>().prop_map(|number| Number::from_f64(f64::from(number) / 64.0).unwrap()),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        number.prop_map(Json::Number),
        text().prop_map(Json::String),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::List),
            entries(inner).prop_map(Json::Object),
        ]
    })
}

/// Generates entries with distinct keys in random order.
fn entries(value: impl Strategy<Value = Json>) -> impl Strategy<Value = Vec<(String, Json)>> {
    prop::collection::hash_map(text(), value, 0..6).prop_map(|map| map.into_iter().collect())
}

/// Writes a tree, with whitespace and escapes that depend on `choices`.
fn write(json: &Json, choices: &mut impl Iterator<Item = u8>, out: &mut String) {
    const SPACES: [&str; 5] = ["", " ", "\t", "\r\n", "\n  "];
    let mut choose = |count: usize| usize::from(choices.next().unwrap_or(0)) % count;
    out.push_str(SPACES[choose(5)]);
    let after = SPACES[choose(5)];
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(&value.to_string()),
        Json::Number(value) => out.push_str(&value.to_string()),
        Json::String(value) => write_string(value, choices, out),
        Json::List(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { "," } else { "" });
                write(item, choices, out);
            }
            out.push(']');
        }
        Json::Object(entries) => {
            out.push('{');
            for (number, (key, value)) in entries.iter().enumerate() {
                out.push_str(if number > 0 { ",\n" } else { " " });
                write_string(key, choices, out);
                out.push_str(after);
                out.push(':');
                write(value, choices, out);
            }
            out.push('}');
        }
    }
    out.push_str(after);
}

fn write_string(text: &str, choices: &mut impl Iterator<Item = u8>, out: &mut String) {
    out.push('"');
    for each in text.chars() {
        let escape = choices.next().unwrap_or(0).is_multiple_of(3);
        if escape || u32::from(each) < 0x20 || matches!(each, '"' | '\\') {
            for unit in each.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(each);
        }
    }
    out.push('"');
}

/// Returns whether a node is equal to this value, including the order of keys.
fn same(node: &Node, json: &Json) -> bool {
    match (&node.value, json) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(found), Json::Bool(value)) => found == value,
        (Value::Number(found), Json::Number(value)) => found == value,
        (Value::String(found), Json::String(value)) => found == value,
        (Value::Sequence(found), Json::List(items)) => {
            found.len() == items.len() && found.iter().zip(items).all(|(a, b)| same(a, b))
        }
        (Value::Mapping(found), Json::Object(entries)) => {
            let equal = |(found, (key, value)): (&openapi_keys::Entry, &(String, Json))| {
                found.key == *key && same(&found.value, value)
            };
            found.len() == entries.len() && found.iter().zip(entries).all(equal)
        }
        _ => false,
    }
}

/// Returns whether serde_json reads the node's value from the text of the node's span, and the same
/// for all keys and nodes inside it.
fn spans(node: &Node, text: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    read(&text[node.span.start..node.span.end]) == Some(node.to_json())
        && node.items().iter().all(|item| spans(item, text))
        && node.entries().iter().all(|entry| {
            let key = read(&text[entry.key_span.start..entry.key_span.end]);
            key == Some(entry.key.as_str().into()) && spans(&entry.value, text)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_read_as_json(
        entries in entries(json()),
        choices in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let root = Json::Object(entries);
        let mut text = String::new();
        write(&root, &mut choices.into_iter().cycle().take(2000), &mut text);
        let document = parse("api.json", &text).unwrap();
        prop_assert!(same(document.root(), &root), "{}\n{text}", document.root());
        prop_assert!(spans(document.root(), &text), "{text}");
        let other: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(document.to_json(), other);
    }

    /// Any text in braces must either be a valid document or cause an error that can be rendered.
    #[test]
    fn text_that_resembles_json_does_not_panic(text in "\\{([\"\\\\{}\\[\\]:,0-9eE+. \n\r\té😀-]|\\\\u[dD]83[dD]|\"a\"|null|true){0,40}\\}?") {
        for name in ["api.json", "api.yaml"] {
            if let Err(mistakes) = parse(name, &text) {
                prop_assert!(mistakes.to_string().contains(name));
            }
        }
    }
}
