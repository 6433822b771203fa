//! Tests hostile documents: deeply nested, large or mutated ones. Each must be checked within a time limit and with
//! Rust's default stack size.

#![allow(clippy::unwrap_used, reason = "a test stops at the first error")]

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use openapi_keys::{Document, MissingSecurity, Settings, check_text, decode, generate};
use proptest::prelude::*;

fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml")
        .with_credential("crate::scope::Credential")
}

fn sound() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sound.yaml")).unwrap()
}

fn sound_as_json() -> String {
    Document::parse("sound.yaml", &sound()).unwrap().to_json().to_string()
}

/// Returns the codes of a document's errors. Also checks that the errors can be rendered.
fn codes(name: &str, text: &str) -> Vec<&'static str> {
    let Err(mistakes) = check_text(name, text, &settings()) else { return Vec::new() };
    let rendered = mistakes.to_string();
    assert!(!rendered.is_empty() && rendered.len() < 1_000_000, "{} bytes", rendered.len());
    mistakes.list().iter().map(|mistake| mistake.code).collect()
}

/// Returns a document in which a schema, an example and an extension consist of nested brackets.
fn nested(open: &str, close: &str, levels: usize) -> String {
    let (open, close) = (open.repeat(levels), close.repeat(levels));
    format!(
        r##"{{"openapi": "3.0.3", "info": {{"title": "t", "version": "1"}}, "x-deep": {open}1{close},
        "paths": {{"/a": {{"post": {{"operationId": "a", "requestBody": {{"content": {{"application/json": {{
            "schema": {open}{{}}{close}, "example": {open}1{close}}}}}}}, "responses": {{"200": {{
            "description": "d", "content": {{"application/json": {{"schema": {open}{{}}{close}}}}}}}}}}}}}}},
        "components": {{"schemas": {{"A": {open}{{}}{close}}}, "parameters": {{"B": {{"name": "b", "in": "query",
            "schema": {open}{{}}{close}}}}}}}}}"##
    )
}

/// The number of levels that a schema in `nested` can have if the document has the maximum depth of
/// 255. The response's schema begins at level 9, and the `{}` in its middle is one more level.
const DEEPEST: usize = 255 - 9;

/// A document of the maximum depth is walked in a thread with Rust's default stack size.
#[test]
fn walking_a_deep_document_does_not_overflow_the_stack() {
    let shapes = [
        (r#"{"type": "object", "properties": {"a": "#, "}}", 2),
        (r#"{"type": "array", "items": "#, "}", 1),
        (r#"{"type": "object", "additionalProperties": "#, "}", 1),
        (r#"{"allOf": ["#, "]}", 2),
        (r#"{"oneOf": ["#, "]}", 2),
        (r#"{"not": "#, "}", 1),
        (r#"{"x-a": "#, "}", 1),
        ("[", "]", 1),
    ];
    for (open, close, each) in shapes {
        let deeper = nested(open, close, DEEPEST / each + 1);
        assert_eq!(codes("deeper.json", &deeper), ["document-depth"], "{open}");
        let text = nested(open, close, DEEPEST / each);
        for name in ["deep.json", "deep.yaml"] {
            // With an extra comma, the text is YAML.
            let text = if name == "deep.yaml" {
                format!("{},}}", &text[..text.len() - 1])
            } else {
                text.clone()
            };
            let run = move || {
                let document = Document::parse(name, &text).unwrap();
                assert_eq!(document.clone().to_json(), document.to_json());
                assert!(!document.root().to_string().is_empty());
                assert!(!format!("{document:?}").is_empty());
                drop(document.to_openapi());
                drop(codes(name, &text));
            };
            thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
        }
    }
}

/// The generated types are nested as deeply as the document. Code generation runs in a thread with Rust's default stack
/// size.
#[test]
fn generating_deep_types_does_not_overflow_the_stack() {
    let shapes = [
        r#"{"type": "array", "items": "#,
        r#"{"type": "array", "maxItems": 5, "nullable": true, "items": "#,
        r#"{"type": "object", "additionalProperties": "#,
    ];
    for open in shapes {
        let text = nested(open, "}", DEEPEST);
        let run = move || {
            let settings = Settings::new("cargo run -p my-codegen", "deep.json")
                .with_missing_security(MissingSecurity::Open)
                .with_check_constraints(true);
            let output = generate(&text, &settings).unwrap();
            assert_eq!((output.report.operations, output.report.generated), (1, 1), "{open}");
        };
        thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
    }
}

#[test]
fn deeper_documents_are_rejected() {
    for levels in [256, 1_000, 1_000_000] {
        let text = nested("[", "]", levels);
        assert_eq!(codes("deep.json", &text), ["document-depth"]);
        assert_eq!(
            codes("deep.yaml", &format!("{},}}", &text[..text.len() - 1])),
            ["document-depth"]
        );
        assert_eq!(
            codes("block.yaml", &format!("a:\n  {}1\n", "- ".repeat(levels))),
            ["document-depth"]
        );
    }
}

#[test]
fn documents_that_are_too_large_are_rejected_immediately() {
    let start = Instant::now();
    for text in ["a: b\n".repeat(10_000_000), format!("{{\"a\": \"{}\"}}", "b".repeat(50_000_000))]
    {
        let mistakes = check_text("large.yaml", &text, &settings()).unwrap_err();
        let expected = format!(
            "error[document-size]: the document has {} bytes, more than 33554432\n--> large.yaml\n\n\
             error: 1 error in large.yaml; nothing was generated\n",
            text.len()
        );
        assert_eq!(mistakes.to_string(), expected);
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// Without a limit, each of these documents would take minutes, because each level multiplies the
/// work.
#[test]
fn highly_recursive_schemas_are_read_in_time() {
    for place in [
        "parameters: [{ name: a, in: query, schema: { $ref: '#/components/schemas/A' } }]",
        "requestBody: { content: { multipart/form-data: { schema: { $ref: '#/components/schemas/B' } } } }",
        "requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { a: { $ref: '#/components/schemas/B' } } } } } }",
    ] {
        for key in ["allOf", "oneOf", "anyOf"] {
            let own = |name: &str| format!("{{ $ref: '#/components/schemas/{name}' }}");
            let [a, b] = ["A", "B"].map(|name| [&*own(name); 6].join(", "));
            let text = format!(
                "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nservers: [{{ url: https://a.example }}]\nsecurity: []\npaths:\n  /a: {{ post: {{ operationId: a, {place}, responses: {{ '204': {{ description: Done }} }} }} }}\ncomponents:\n  schemas:\n    A: {{ {key}: [{a}] }}\n    B: {{ type: object, properties: {{ c: {{ type: string }} }}, {key}: [{b}] }}\n"
            );
            let start = Instant::now();
            openapi_keys::generate(&text, &Settings::new("a test", "often.yaml")).unwrap();
            assert!(start.elapsed() < Duration::from_secs(5), "{key} {place}");
        }
    }
}

#[test]
fn large_documents_are_read_in_time() {
    let keys = |n: usize| (0..n).map(|n| format!("k{n}: v\n")).collect::<String>();
    let fields = |n: usize| (0..n).map(|n| format!("\"k{n}\": 1")).collect::<Vec<_>>().join(",");
    let aliases = "*z, ".repeat(100_000);
    let deep = format!("{}1{}", "[".repeat(250), "]".repeat(250));
    let documents = [
        ("keys.yaml", keys(100_000)),
        (
            "aliases.yaml",
            format!(
                "a:\n  b:\n{}    z: &z [1]\nc: [{aliases}]\n",
                keys(50_000).replace('k', "    k")
            ),
        ),
        ("anchors.yaml", format!("a: [{}]\n", "&a [1], ".repeat(100_000))),
        ("merges.yaml", format!("a: &a {{b: 1}}\nc: [{}]\n", "{<<: *a}, ".repeat(50_000))),
        ("text.yaml", format!("a: |\n{}", "  é\n".repeat(500_000))),
        ("keys.json", format!("{{{}}}", fields(300_000))),
        ("deep.json", format!("{{\"a\": [{}]}}", vec![deep; 5_000].join(","))),
        ("escapes.json", format!("{{\"a\": \"{}\"}}", "\\u00e9".repeat(1_000_000))),
    ];
    for (name, text) in documents {
        let start = Instant::now();
        let document = Document::parse(name, &text);
        let time = start.elapsed();
        println!("{name}: {} bytes in {time:?}", text.len());
        assert!(document.is_ok(), "{name}: {:?}", document.err().map(|list| list[0].clone()));
        assert!(time < Duration::from_secs(20), "{name}: {time:?}");
    }
}

/// In a minified document, all nodes are on the same line.
#[test]
fn columns_are_found_in_time_on_a_long_line() {
    let text = format!("{{\"a\": [{}1]}}", "\"é\",".repeat(500_000));
    let document = Document::parse("line.json", &text).unwrap();
    let items = document.get(&["a"]).unwrap().items();
    let start = Instant::now();
    for (number, item) in items.iter().enumerate().step_by(10) {
        let column = u32::try_from(8 + 4 * number).unwrap();
        assert_eq!(document.line_column(item.span.start), (1, column));
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// Generates changes to a document: bytes to remove and bytes to insert.
fn mutations() -> impl Strategy<Value = Vec<(prop::sample::Index, usize, Vec<u8>)>> {
    let pieces = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "&a ",
            "*a",
            "<<: ",
            "!!str ",
            "!x ",
            "? ",
            ": ",
            "- ",
            "\t",
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "\\ud83d",
            "\\",
            "#",
            "%YAML 1.2\n",
            "\u{FEFF}",
            "é",
            "\0",
            "1e999",
            ",",
            "\r",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0..4_usize, pieces), 1..6)
}

fn mutated(text: &str, changes: &[(prop::sample::Index, usize, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, removed, added) in changes {
        let at = at.index(bytes.len());
        let end = (at + removed).min(bytes.len());
        bytes.splice(at..end, added.iter().copied());
    }
    bytes
}

/// Checks a document and renders its errors. Returns whether this took less than ten seconds.
fn answered(name: &str, bytes: &[u8]) -> bool {
    let start = Instant::now();
    match decode(name, bytes) {
        Ok(text) => drop(codes(name, text)),
        Err(mistakes) => assert!(mistakes.to_string().contains(name)),
    }
    start.elapsed() < Duration::from_secs(10)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_documents_do_not_panic(changes in mutations()) {
        prop_assert!(answered("sound.yaml", &mutated(&sound(), &changes)));
        prop_assert!(answered("sound.json", &mutated(&sound_as_json(), &changes)));
    }

    /// Each node must have the right value and position, in compact and in pretty-printed JSON.
    #[test]
    fn json_is_read_as_serde_json_writes_it(value in value()) {
        let root = serde_json::json!({ "root": value });
        for text in [root.to_string(), serde_json::to_string_pretty(&root).unwrap()] {
            let document = Document::parse("any.json", &text).unwrap();
            prop_assert_eq!(document.to_json(), root.clone());
            prop_assert!(same_place(document.root(), &text), "{}", text);
        }
    }

    /// JSON is also YAML. So if the YAML parser accepts a text, it must read the same values as the
    /// JSON parser.
    #[test]
    fn json_is_the_same_in_yaml(value in value()) {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "root": value })).unwrap();
        let json = Document::parse("any.json", &text).unwrap();
        // With an extra comma, the text is no longer JSON, but still YAML.
        let end = text.rfind('}').unwrap();
        let yaml = format!("{},{}", &text[..end], &text[end..]);
        if let Ok(yaml) = Document::parse("any.yaml", &yaml) {
            prop_assert_eq!(yaml.to_json(), json.to_json());
        }
    }
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        // serde_json converts infinity and NaN to `null`.
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[ -~é😀\\\\\"\n\t]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(serde_json::Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Returns whether serde_json reads the text of each node's span as the node's value.
fn same_place(node: &openapi_keys::Node, text: &str) -> bool {
    let read = |span: openapi_keys::Span| {
        serde_json::from_str::<serde_json::Value>(&text[span.start..span.end]).ok()
    };
    read(node.span) == Some(node.to_json())
        && node.items().iter().all(|item| same_place(item, text))
        && node.entries().iter().all(|entry| {
            read(entry.key_span) == Some(entry.key.as_str().into())
                && same_place(&entry.value, text)
        })
}
