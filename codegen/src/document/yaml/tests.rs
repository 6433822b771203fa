//! Tests anchors, aliases, merge keys and tags.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{Document, Node};

fn parse(text: &str) -> Document {
    match Document::parse("test.yaml", text) {
        Ok(document) => document,
        Err(mistakes) => panic!("{}", crate::diagnostic::render(&mistakes, "test.yaml", text)),
    }
}

/// Returns the code of a document's only error, and the text at its first position.
fn refused(text: &str) -> (&'static str, String) {
    let mistakes = Document::parse("test.yaml", text).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    let span = mistakes[0].labels[0].span;
    (mistakes[0].code, text[span.start..span.end].to_owned())
}

#[test]
fn aliases_repeat_the_values_of_their_anchors() {
    for (text, expected) in [
        ("a: &x b\nc: *x\n", json!({"a": "b", "c": "b"})),
        ("a: &x 1\nc: [*x, *x]\n", json!({"a": 1, "c": [1, 1]})),
        ("a: &x {b: [1]}\nc: *x\n", json!({"a": {"b": [1]}, "c": {"b": [1]}})),
        (
            "a: &x\n  b: &y\n    - 1\nc: *x\nd: *y\n",
            json!({"a": {"b": [1]}, "c": {"b": [1]}, "d": [1]}),
        ),
        ("a:\n  b: &x\n  - 1\n  c: *x\n", json!({"a": {"b": [1], "c": [1]}})),
        (
            "a: [{b: &x {c: 1}}, *x, {d: *x}]",
            json!({"a": [{"b": {"c": 1}}, {"c": 1}, {"d": {"c": 1}}]}),
        ),
        // A name may be reused. An alias refers to the last anchor before it.
        ("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", json!({"a": 1, "b": 1, "c": 2, "d": 2})),
        ("a: &x\nb: *x\n", json!({"a": null, "b": null})),
        // Keys can have anchors and be aliases.
        ("&x 404: a\nb: [*x, {*x : c}]\n", json!({"404": "a", "b": [404, {"404": "c"}]})),
        ("a: &x 1.0\nb: {*x : c}\n", json!({"a": 1.0, "b": {"1.0": "c"}})),
    ] {
        assert_eq!(parse(text).to_json(), expected, "{text}");
    }
}

#[test]
fn an_alias_has_its_own_position_and_nested_values_have_those_of_the_anchor() {
    let text =
        "a: &name # so called\n  b: [c]\nd: *name\ne: &f {g: h}\ni: &j\n- k\nl: !!str &m 'n'\n";
    let document = parse(text);
    let at = |pointer: &[&str]| {
        let span = document.get(pointer).map(|node| node.span).unwrap_or_default();
        (&text[span.start..span.end], document.line_column(span.start).0)
    };
    assert_eq!(at(&["a"]), ("b: [c]", 2));
    assert_eq!(at(&["d"]), ("*name", 3));
    assert_eq!(at(&["d", "b"]), ("[c]", 2));
    assert_eq!(at(&["e"]), ("{g: h}", 4));
    assert_eq!(at(&["i", "0"]), ("k", 6));
    assert_eq!(at(&["l"]), ("'n'", 7));
}

#[test]
fn mappings_are_merged() {
    let base = "base: &b {x: 1, y: 2}\nother: &o {y: 3, z: 4}\n";
    for (text, expected) in [
        ("a: {<<: *b}", json!({"x": 1, "y": 2})),
        ("a: {y: 0, <<: *b, w: 5}", json!({"x": 1, "y": 0, "w": 5})),
        ("a: {<<: [*b, *o]}", json!({"x": 1, "y": 2, "z": 4})),
        ("a: {<<: *o, <<: *b}", json!({"x": 1, "y": 3, "z": 4})),
        ("a: {<<: {q: 1}}", json!({"q": 1})),
        ("a:\n  <<: &c\n    <<: *b\n    x: 0\n  r: 1\n", json!({"x": 0, "y": 2, "r": 1})),
        ("c: &c {<<: *b}\na: {<<: *c}\n", json!({"x": 1, "y": 2})),
        // In quotes, `<<` is an ordinary key.
        ("a: {'<<': *b}", json!({"<<": {"x": 1, "y": 2}})),
    ] {
        let document = parse(&format!("{base}{text}"));
        assert_eq!(document.get(&["a"]).map(Node::to_json), Some(expected), "{text}");
    }
    assert_eq!(refused("a: {<<: b}"), ("yaml-merge", "b".to_owned()));
    assert_eq!(refused("b: &b 1\na: {<<: [*b]}"), ("yaml-merge", "*b".to_owned()));
    assert_eq!(refused("a: {'<<': 1, '<<': 2}"), ("duplicate-key", "'<<'".to_owned()));
}

#[test]
fn merged_entries_are_at_the_position_of_the_merge_key() {
    let document = parse("b: &b {x: 1, y: 2}\na: {w: 0, <<: *b, z: 3}");
    let keys: Vec<_> = document.get(&["a"]).map_or(&[][..], Node::entries).iter().collect();
    assert_eq!(
        keys.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(),
        ["w", "x", "y", "z"]
    );
}

#[test]
fn tags_of_the_core_schema_set_the_type_of_a_value() {
    for (text, expected) in [
        ("!!str 404", json!("404")),
        ("!!str true", json!("true")),
        ("!!str", json!("")),
        ("! 12", json!("12")),
        ("!!int 12", json!(12)),
        ("!!int '12'", json!(12)),
        ("!!float 1", json!(1.0)),
        ("!!bool true", json!(true)),
        ("!!null ''", json!(null)),
        ("!!null", json!(null)),
        ("!!seq [1]", json!([1])),
        ("!!map {b: 1}", json!({"b": 1})),
        ("!<tag:yaml.org,2002:str> 1", json!("1")),
    ] {
        let document = parse(&format!("a: {text}\n"));
        assert_eq!(document.get(&["a"]).map(Node::to_json), Some(expected), "{text}");
    }
    assert_eq!(parse("!!str 404: a").to_json(), json!({"404": "a"}));
    for text in [
        "!x 1",
        "!!binary aGk=",
        "!!int b",
        "!!int 1.5",
        "!!bool 1",
        "!!null b",
        "!!float b",
        "!!map [1]",
        "!!seq {b: 1}",
        "!!seq b",
        "!!timestamp 2024-01-01",
        "!!set {b}",
        "!<x> 1",
        "!str 1",
    ] {
        assert_eq!(refused(&format!("a: {text}\n")).0, "yaml-tag", "{text}");
    }
}

#[test]
fn aliases_that_cannot_be_copied_are_rejected() {
    assert_eq!(refused("a: [*x]\nb: &x 1"), ("yaml-alias", "*x".to_owned()));
    assert_eq!(refused("a: &x [1, *x]"), ("yaml-alias", "*x".to_owned()));
    assert_eq!(refused("a: &x {b: {c: [*x]}}"), ("yaml-alias", "*x".to_owned()));
    assert_eq!(refused("&x a: &y {*x : *y}"), ("yaml-alias", "*y".to_owned()));
    assert_eq!(refused("a: &x [1]\nb: {*x : 1}"), ("yaml-key", "*x".to_owned()));
}

#[test]
fn aliases_count_as_levels() {
    let deep = |n: usize| {
        let (open, close) = ("[".repeat(n), "]".repeat(n));
        format!("a: &x {open}{close}\nb: {open}*x{close}\n")
    };
    assert!(Document::parse("test.yaml", &deep(127)).is_ok());
    assert_eq!(refused(&deep(128)), ("document-depth", "*x".to_owned()));
}

/// Documents that expand are rejected quickly and before memory is allocated.
#[test]
fn expansion_bombs_are_rejected() {
    let start = Instant::now();
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    let mut merges = "a0: &a0 {x0: 1}\n".to_owned();
    for n in 1..30 {
        let aliases = vec![format!("*a{}", n - 1); 9].join(", ");
        laughs += &format!("a{n}: &a{n} [{aliases}]\n");
        merges += &format!("a{n}: &a{n} {{<<: [{aliases}], x{n}: 1}}\n");
    }
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 1_000].join(", "));
    let key =
        format!("? &a {}\n: 1\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 1_000].join(", "));
    for text in [laughs, merges, long, key] {
        assert_eq!(refused(&text).0, "yaml-alias");
    }
    // A document may have many nested anchors.
    let nested = format!("a: {}1{}\n", "&a [".repeat(250), "]".repeat(250));
    assert_eq!(parse(&nested).get(&["a"]).map(|node| node.items().len()), Some(1));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn all_styles_of_yaml_are_parsed() {
    let text = "%YAML 1.2\n---\n# first\na: |\n  b\tc\n   d\n\ne: >-\n  f\n  g\n\n  h\ni: {\n  j: [k,\n    l], # more\n}\r\nm: \"n\\\n  o\\u00e9\"\nq: 'r''s'\nt: u\tu\nv: w x\n  y\n...\n# last\n";
    let expected = json!({
        "a": "b\tc\n d\n", "e": "f g\nh", "i": {"j": ["k", "l"]}, "m": "noé", "q": "r's",
        "t": "u\tu", "v": "w x y",
    });
    assert_eq!(parse(text).to_json(), expected);
}
