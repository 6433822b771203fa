//! Tests the positions, values and limits of the tree.

use proptest::prelude::*;

use super::{Document, Node, Value};

fn parse(text: &str) -> Document {
    match Document::parse("test.yaml", text) {
        Ok(document) => document,
        Err(mistakes) => panic!("{}", crate::diagnostic::render(&mistakes, "test.yaml", text)),
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    match Document::parse("test.yaml", text) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(|mistake| mistake.code).collect(),
    }
}

/// Returns the text of every node's span, in order.
fn spans(text: &str) -> Vec<String> {
    fn walk(node: &Node, text: &str, into: &mut Vec<String>) {
        into.push(text[node.span.start..node.span.end].to_owned());
        node.items().iter().for_each(|item| walk(item, text, into));
        for entry in node.entries() {
            into.push(format!("{}:", &text[entry.key_span.start..entry.key_span.end]));
            walk(&entry.value, text, into);
        }
    }
    let mut into = Vec::new();
    walk(parse(text).root(), text, &mut into);
    into
}

#[test]
fn spans_match_the_text() {
    assert_eq!(
        spans("é: ü # no\n'ß': [1, {x: \"→\"}]\n"),
        [
            "é: ü # no\n'ß': [1, {x: \"→\"}]",
            "é:",
            "ü",
            "'ß':",
            "[1, {x: \"→\"}]",
            "1",
            "{x: \"→\"}",
            "x:",
            "\"→\""
        ]
    );
    assert_eq!(
        spans("a:\n  b: c\n\n# no\nd: |\n  text\n  more\n\n# no\ne:\nf: 1\n")[1..],
        ["a:", "b: c", "b:", "c", "d:", "text\n  more", "e:", "e", "f:", "1"]
    );
    // For a list without an indent, the parser's span starts at the first item.
    assert_eq!(spans("a:\n- b\n-\n  - c\n")[1..], ["a:", "b\n-\n  - c", "b", "- c", "c"]);
    assert_eq!(spans("a: {}\nb: []\n")[1..], ["a:", "{}", "b:", "[]"]);
    assert_eq!(spans("a: x\r\nb: y\r\n"), ["a: x\r\nb: y", "a:", "x", "b:", "y"]);
    // A tool may add a byte order mark to a text that already has one.
    for marks in ["\u{FEFF}", "\u{FEFF}\u{FEFF}"] {
        let text = format!("{marks}a: é\nb: y");
        assert_eq!(spans(&text), ["a: é\nb: y", "a:", "é", "b:", "y"]);
    }
}

#[test]
fn lines_and_columns_count_from_one() {
    let document = parse("a: é\nbö: {c: d}\n");
    let place =
        |pointer: &[&str]| document.get(pointer).map(|node| document.line_column(node.span.start));
    assert_eq!(place(&["a"]), Some((1, 4)));
    assert_eq!(place(&["bö", "c"]), Some((2, 9)));
    assert_eq!(document.line_column(usize::MAX), (3, 1));
}

#[test]
fn json_is_read_like_yaml() {
    let text = "{\n\t\"openapi\": \"3.0.3\",\n\t\"x\": [1, 2.5, true, null, \"\\u00e9\\/\"]\n}\n";
    let expected = serde_json::json!({"openapi": "3.0.3", "x": [1, 2.5, true, null, "é/"]});
    assert_eq!(parse(text).to_json(), expected);
}

#[test]
fn keys_are_kept_as_text() {
    let written = ["404", "-1", "1.0", "0x10", "true", "null", "~", ".inf", "2024-01-01", "1:30"];
    for key in written {
        let document = parse(&format!("a: b\n{key}: c\n'500': d\n"));
        assert_eq!(document.get(&[key]).and_then(Node::as_str), Some("c"), "{key}");
        assert_eq!(codes(&format!("{key}: a\n'{key}': b\n")), ["duplicate-key"], "{key}");
    }
    assert_eq!(codes("[x]: d\n{y: z}: e\n: f\n? - g\n: h\n"), ["yaml-key"; 4]);
}

#[test]
fn list_items_are_found_by_number() {
    let document = parse("a: [x, {b: y}]\n");
    assert_eq!(document.get(&["a", "1", "b"]).and_then(Node::as_str), Some("y"));
    assert!(document.get(&["a", "2"]).is_none() && document.get(&["a", "x"]).is_none());
}

#[test]
fn invalid_documents_are_reported_with_a_code() {
    assert_eq!(codes(""), ["document-empty"]);
    assert_eq!(codes("# nothing\n"), ["document-empty"]);
    assert_eq!(codes("- a\n"), ["document-root"]);
    assert_eq!(codes("text"), ["document-root"]);
    assert_eq!(codes("a: b\n---\nc: d\n"), ["yaml-documents"]);
    assert_eq!(codes("a: *x\nb: &x c\n"), ["yaml-alias"]);
    assert_eq!(codes("a: !x b\n"), ["yaml-tag"]);
    assert_eq!(codes("a: .nan\n"), ["yaml-number"]);
    assert_eq!(codes("a: [\n"), ["yaml-syntax"]);
    assert_eq!(codes("a: b\n c: d\n"), ["yaml-syntax"]);
}

#[test]
fn documents_beyond_the_limits_are_rejected() {
    let deep =
        |open: &str, close: &str, n: usize| format!("a: {}{}", open.repeat(n), close.repeat(n));
    assert!(codes(&deep("[", "]", 254)).is_empty());
    for n in [255, 256, 300, 100_000] {
        assert_eq!(codes(&deep("[", "]", n)), ["document-depth"], "{n}");
        assert_eq!(codes(&format!("{}a", "[".repeat(n + 1))), ["document-depth"], "{n}");
    }
    assert_eq!(codes(&format!("a:\n  {}b", "- ".repeat(100_000))), ["document-depth"]);
    assert_eq!(codes(&"a".repeat(super::mistakes::MAX_BYTES + 1)), ["document-size"]);
}

fn no_panic(text: &str) {
    let rendered = match Document::parse("test.yaml", text) {
        Ok(document) => {
            assert!(matches!(document.root().value, Value::Mapping(_)));
            document.to_openapi().err()
        }
        Err(mistakes) => Some(mistakes),
    };
    if let Some(mistakes) = rendered {
        assert!(!mistakes.is_empty());
        crate::diagnostic::render(&mistakes, "test.yaml", text);
    }
}

proptest! {
    #[test]
    fn no_text_causes_a_panic(text in any::<String>()) {
        no_panic(&text);
    }

    #[test]
    fn text_that_resembles_yaml_does_not_panic(text in "([a-c]|[-?:,\\[\\]{}#&*!|>'\"%@` \n\t\r\u{FEFF}é~.0x]|: |- |\n  |---\n|<<: ){0,60}") {
        no_panic(&text);
    }
}
