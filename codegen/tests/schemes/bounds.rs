//! Tests the bounds of hand-written credentials.

use openapi_keys::{check_text, generate};

use super::{by_hand, document, refused};

/// The suggestion in the help message must work when it is pasted into the settings.
#[test]
fn the_suggested_bound_has_the_scopes() {
    let written = document(
        "[{ token: [books.write, books.read], query: [] }, { 'a, b': ['c d'] }]",
    )
    .replace("    header:", "    'a, b': { type: apiKey, in: header, name: X }\n    header:");
    let settings = by_hand(&[]).with_scoped_schemes(["a, b"]);
    let mistakes = refused(&written, &settings);
    let help = mistakes.list()[0].help.clone().unwrap();
    assert_eq!(
        help,
        r#"add to `Settings::bounds`: `Bound::new("TokenBooksReadBooksWriteAndQueryOrABCD", "crate::scope::TokenBooksReadBooksWriteAndQueryOrABCD", "token (books.read, books.write) and query, or a, b (c d)", &[&["token: [books.read, books.write]", "query"], &["\"a, b\": [\"c d\"]"]])`"#
    );
    let requirement: &[&[&str]] =
        &[&["token: [books.read, books.write]", "query"], &["\"a, b\": [\"c d\"]"]];
    let settings = by_hand(&[("Reader", requirement)]).with_scoped_schemes(["a, b"]);
    check_text("openapi.yaml", &written, &settings).unwrap();
}

/// A line of a help message has at most 400 characters.
#[test]
fn a_long_suggested_bound_is_on_several_lines() {
    let alternatives: Vec<_> =
        (0..9).map(|it| format!("{{ token: [very.long.scope.of.number.{it}] }}")).collect();
    let written = document(&format!("[{}]", alternatives.join(", ")));
    let mistakes = refused(&written, &by_hand(&[]));
    let help = mistakes.list()[0].help.clone().unwrap();
    let start = "add to `Settings::bounds`:\n    Bound::new(\n        \"Caller\",\n        \"crate::scope::Caller\",\n";
    assert!(help.starts_with(start), "{help}");
    let line = "\n            &[\"token: [very.long.scope.of.number.8]\"],\n        ],\n    )";
    assert!(help.ends_with(line), "{help}");
    assert!(!help.contains('…'), "{help}");
}

#[test]
fn bounds_are_for_hand_written_credentials() {
    let mut settings = by_hand(&[("Reader", &[&["header"]])]);
    settings.credential = None;
    let mistakes = refused(&document("[{ header: [] }]"), &settings);
    assert_eq!(mistakes.list().len(), 1, "{mistakes}");
    let expected =
        "error[settings]: `Settings::bounds` has `Reader`, but credentials are generated";
    assert!(mistakes.to_string().starts_with(expected), "{mistakes}");
}

/// If the suggested alternatives need a new bound, the help message also contains the bound.
#[test]
fn schemes_that_share_a_place_become_alternatives_with_a_bound() {
    let written = document("[{ basic: [], token: [all], query: [] }]");
    let mistakes = refused(&written, &by_hand(&[]));
    assert_eq!(mistakes.list().len(), 1, "{mistakes}");
    let expected = r#"if either is enough, write two alternatives:
    security: [{ basic: [], query: [] }, { query: [], token: [all] }]
and add to `Settings::bounds`: `Bound::new("BasicAndQueryOrQueryAndTokenAll", "crate::scope::BasicAndQueryOrQueryAndTokenAll", "basic and query, or query and token (all)", &[&["basic", "query"], &["query", "token: [all]"]])`"#;
    assert_eq!(mistakes.list()[0].help.as_deref(), Some(expected));
    let followed = document("[{ basic: [], query: [] }, { query: [], token: [all] }]");
    let bound: &[&[&str]] = &[&["basic", "query"], &["query", "token: [all]"]];
    generate(&followed, &by_hand(&[("Caller", bound)])).unwrap();
}
