//! Tests that an error in a long line or a large document is rendered quickly, and that only the
//! text around the mark is shown.

#![allow(clippy::unwrap_used, reason = "a test stops at the first error")]

use std::time::{Duration, Instant};

use openapi_keys::{Diagnostics, Document, Label, Settings, Strictness, check_text};

/// Returns settings without bounds or formats, which these documents don't need.
fn settings() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.json")
        .with_credential("crate::scope::Credential")
        .with_strictness(Strictness::Strict)
}

/// Checks a document and renders its errors. Neither the length of the rendered text nor the time
/// for rendering may grow with the document.
#[track_caller]
fn drawn(name: &str, text: &str) -> (Diagnostics, String) {
    let start = Instant::now();
    let mistakes = check_text(name, text, &settings()).unwrap_err();
    println!("{name}: checked in {:?}", start.elapsed());
    let start = Instant::now();
    let plain = mistakes.to_string();
    let styled = mistakes.to_styled_string();
    let time = start.elapsed();
    println!(
        "{name}: {} bytes, {} mistakes, rendered in {time:?}, {} bytes",
        text.len(),
        mistakes.list().len(),
        plain.len()
    );
    assert!(
        plain.len() < 1_000_000 && styled.len() < 2_000_000,
        "the text must be short, but has {} bytes",
        plain.len()
    );
    assert!(time < Duration::from_secs(2), "rendered twice in {time:?}");
    (mistakes, plain)
}

/// Returns operations without an id, on one line.
fn minified(count: usize, size: usize) -> String {
    let description = "é".repeat(size / count / 2);
    let paths: Vec<_> = (0..count)
        .map(|n| {
            format!(
                r##""/p{n}":{{"servers":[{{"url":"https://a.example"}}],"get":{{"tags":["t"],"security":[],"description":"{description}","responses":{{"200":{{"description":"OK."}}}}}}}}"##
            )
        })
        .collect();
    format!(
        r##"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"tags":[{{"name":"t"}}],"paths":{{{}}}}}"##,
        paths.join(",")
    )
}

#[test]
fn minified_json_is_shown_around_each_mark() {
    let text = minified(1_000, 2_000_000);
    let (mistakes, plain) = drawn("openapi.json", &text);
    assert_eq!(mistakes.list().len(), 1_000);
    let first = plain.split("\n\n").nth(1).unwrap();
    let column = text.find("\"get\"").unwrap() + 1;
    assert_eq!(
        first,
        format!(
            "error[missing-operation-id]: operation `GET /p0` has no `operationId`\n \
             --> openapi.json:1:{column}\n  |\n\
             1 | …\"servers\":[{{\"url\":\"https://a.example\"}}],\"get\":{{\"tags\":[\"t\"],\"security\":[],\"descriptio…\n  \
             |                                          ^^^^^ its method needs a name\n  |\n  \
             = help: write `\"operationId\": \"getP0\"`"
        )
    );
    // The column is counted in characters from the start of the line, which isn't shown.
    let place = text.rfind("\"/p19\":").unwrap();
    let get = place + text[place..].find("\"get\"").unwrap();
    let column = text[..get].chars().count() + 1;
    assert!(plain.contains(&format!("--> openapi.json:1:{column}\n")));
    let summary = "error: 1,000 errors in openapi.json: 1,000 missing-operation-id\n\n";
    assert!(plain.starts_with(summary), "{plain}");
    assert!(plain.contains("error: 1,000 errors in openapi.json, of which 20 are shown;"));
}

#[test]
fn other_long_lines_are_also_cut() {
    // YAML flow style, with wide and combining characters around the mark, and a second mark far
    // away on the line.
    let far = "日e\u{301}\t".repeat(100_000);
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: \"1\" }}\ntags: [{{ name: t }}]\npaths: {{ \"/a\": {{ x-a: \"{far}\" }}, \"/a\": {{ x-b: \"{far}\" }} }}\n"
    );
    let (_, plain) = drawn("flow.yaml", &text);
    assert!(plain.contains("4 | paths: { \"/a\": { x-a: \"日e\u{301}"), "{plain}");
    assert!(
        plain.contains("…") && plain.contains("the second one") && plain.contains("the first one"),
        "{plain}"
    );
    assert!(plain.lines().all(|line| line.chars().count() < 400), "{plain}");
}

#[test]
fn keys_and_values_of_any_length_are_cut() {
    let long = "n".repeat(3_000_000);
    for text in [
        // Each document contains a key, a value, a path or a scalar that is longer than any
        // excerpt.
        format!("{{\"openapi\": \"3.0.3\", \"{long}\": 1, \"paths\": {{}}}}"),
        format!("{{\"openapi\": \"{long}\", \"paths\": {{}}}}"),
        format!(
            "{{\"openapi\": \"3.0.3\", \"paths\": {{\"/{long}\": {{\"get\": {{}}, \"put\": {{}}, \"{long}\": 1}}}}}}"
        ),
        format!("openapi: 3.0.3\n? {long}\n: 1\n? {long}\n: 2\n"),
        format!("{{\"a\": \"{long}"),
        format!("a: [{long}"),
        long.clone(),
    ] {
        let (mistakes, plain) = drawn("long.yaml", &text);
        assert!(plain.len() < 100_000, "{} bytes", plain.len());
        let texts = |label: &Label| label.text.len() < 2_000;
        assert!(
            mistakes
                .list()
                .iter()
                .all(|it| it.message.len() < 2_000 && it.labels.iter().all(texts))
        );
    }
}

#[test]
fn lines_that_are_far_apart_are_shown_separately() {
    let between = "\n".repeat(2_000_000);
    let text = format!("openapi: 3.0.3\nx-a: 1\n{between}x-a: 2\n");
    let (_, plain) = drawn("far.yaml", &text);
    let expected = "--> far.yaml:2000003:1\n        |\n2000003 | x-a: 2\n        | ^^^ the second one\n        |\n       \
                    ::: far.yaml:2:1\n        |\n      2 | x-a: 1\n        | --- the first one\n";
    assert!(plain.contains(expected), "{plain}");
}

#[test]
fn thousands_of_errors_are_counted() {
    let lines: String = (0..20_000).map(|n| format!("x{n}: 1\n")).collect();
    let (mistakes, plain) = drawn("many.yaml", &format!("openapi: 3.0.3\npaths: {{}}\n{lines}"));
    assert_eq!(mistakes.list().len(), 20_000);
    assert!(
        plain.starts_with("error: 20,000 errors in many.yaml: 20,000 unknown-key\n"),
        "{plain}"
    );
    // After many syntax errors, parsing stops, and an additional error says so.
    let tags = "- !x a\n".repeat(5_000);
    let (mistakes, plain) = drawn("tags.yaml", &format!("a:\n{tags}"));
    assert_eq!(mistakes.list().len(), 101);
    assert!(mistakes.list().iter().any(|it| it.code == "document-mistakes"), "{plain}");
}

/// Without a number, the suggested `operationId` would be the same for all of these paths.
#[test]
fn names_for_thousands_of_similar_paths_are_found_in_time() {
    let path = |n| format!("\"/a{}\": {{\"get\": {{\"tags\": [\"t\"]}}}}", "-".repeat(n));
    let paths = (1..2_000).map(path).collect::<Vec<_>>().join(", ");
    let start = Instant::now();
    let (mistakes, _) =
        drawn("alike.json", &format!("{{\"openapi\": \"3.0.3\", \"paths\": {{{paths}}}}}"));
    assert!(start.elapsed() < Duration::from_secs(30), "checked in {:?}", start.elapsed());
    let helps: std::collections::BTreeSet<_> = mistakes
        .list()
        .iter()
        .filter(|it| it.code == "missing-operation-id")
        .map(|it| it.help.clone().unwrap())
        .collect();
    assert_eq!(helps.len(), 1_999);
    assert!(helps.contains("write `\"operationId\": \"getA1999\"`"), "{:?}", helps.first());
}

#[test]
fn positions_are_found_without_rescanning_the_text() {
    let text = String::from("a: 1\n") + &"# é\n".repeat(500_000);
    let document = Document::parse("lines.yaml", &text).unwrap();
    let start = Instant::now();
    for n in 0..100_000 {
        assert_eq!(document.line_column(text.len() - 5 * n - 3).1, 3);
    }
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

/// Returns a document with this many operations. Each refers to its own definitions, and to some
/// that are missing.
fn large(count: usize) -> String {
    let mut paths = String::new();
    let (mut parameters, mut schemas) = (String::new(), String::new());
    for n in 0..count {
        paths += &format!(
            "  /p{n}/{{id}}:\n    servers:\n      - url: https://{{region}}.a.example\n        variables: {{ region: {{ default: a, enum: [a, b] }} }}\n    \
             get:\n      tags: [t{n}]\n      security: [{{ scheme{n}: [] }}]\n      \
             parameters: [{{ $ref: \"#/components/parameters/p{n}\" }}, {{ $ref: \"#/components/parameters/q{n}\" }}]\n      \
             responses: {{ \"200\": {{ description: d, content: {{ application/json: {{ schema: {{ $ref: \"#/components/schemas/S{n}\" }} }} }} }} }}\n"
        );
        parameters += &format!(
            "    p{n}: {{ name: id, in: path, required: true, schema: {{ type: string }} }}\n"
        );
        schemas += &format!(
            "    S{n}: {{ type: object, required: [b], properties: {{ a: {{ $ref: \"#/components/schemas/T{n}\" }} }} }}\n"
        );
    }
    format!(
        "openapi: 3.0.3\ninfo: {{ title: t, version: \"1\" }}\ntags: [{{ name: x }}]\npaths:\n{paths}components:\n  parameters:\n{parameters}  schemas:\n{schemas}"
    )
}

/// The limit is for an unoptimised build on a busy machine. When all definitions were searched for
/// each error, this took minutes.
#[test]
fn large_documents_are_checked_in_time() {
    let text = large(4_000);
    let start = Instant::now();
    let (mistakes, _) = drawn("large.yaml", &text);
    assert!(mistakes.list().len() > 20_000);
    assert!(start.elapsed() < Duration::from_secs(30), "checked in {:?}", start.elapsed());
}
