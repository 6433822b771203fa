//! Reads YAML as JSON, independently of the generator's reader, so that the tests detect mistakes
//! in that reader.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// A collection that the parser hasn't completely read yet.
enum Open {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

/// Parses YAML with a single document.
pub(crate) fn read(text: &str) -> Value {
    let mut stack: Vec<(usize, Open)> = Vec::new();
    let mut anchors: BTreeMap<usize, Value> = BTreeMap::new();
    let mut root = Value::Null;
    for event in Parser::new_from_str(text) {
        let (anchor, value) = match event.unwrap().0 {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                (anchor, if plain { scalar(&text) } else { Value::String(text.into_owned()) })
            }
            Event::Alias(anchor) => (0, anchors[&anchor].clone()),
            Event::SequenceStart(anchor, _) => {
                stack.push((anchor, Open::List(Vec::new())));
                continue;
            }
            Event::MappingStart(anchor, _) => {
                stack.push((anchor, Open::Map(Map::new(), None)));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match stack.pop().unwrap() {
                (anchor, Open::List(items)) => (anchor, Value::Array(items)),
                (anchor, Open::Map(entries, _)) => (anchor, Value::Object(entries)),
            },
            _ => continue,
        };
        if anchor > 0 {
            anchors.insert(anchor, value.clone());
        }
        match stack.last_mut() {
            None => root = value,
            Some((_, Open::List(items))) => items.push(value),
            Some((_, Open::Map(entries, key))) => match key.take() {
                Some(key) => drop(entries.insert(key, value)),
                None => {
                    *key = Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                }
            },
        }
    }
    root
}

/// Parses a plain scalar according to YAML 1.2's core schema.
fn scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => serde_json::from_str::<serde_json::Number>(text)
            .map_or_else(|_| Value::String(text.to_owned()), Value::Number),
    }
}

#[test]
fn scalars_keys_and_aliases_are_read() {
    let text = "200: &a [1, 1.5, yes, '1', ~]\nb: *a\nc: { d: true }\n";
    let value: Value = serde_json::from_str(
        r#"{"200": [1, 1.5, "yes", "1", null], "b": [1, 1.5, "yes", "1", null], "c": {"d": true}}"#,
    )
    .unwrap();
    assert_eq!(read(text), value);
}
