//! Tests that the pass changes only harmful constructs, and that rustdoc's parser finds none in the
//! result.

#![allow(clippy::unwrap_used, reason = "a test stops at the first error")]

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use super::{harmless, is_compiled};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(harmless(text), expected);
}

#[test]
fn prose_is_unchanged() {
    for text in [
        "",
        "A book.",
        "* one\n* two\n  * three",
        "`code` and **more**, 1 < 2, a_b, 5 * 3",
        "```json\n{}\n```",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "[text](https://example.com) <https://example.com> [here](../a.html)",
        "a ` lone backtick, a */ and a /*",
    ] {
        check(text, text);
    }
}

#[test]
fn code_blocks_are_not_compiled() {
    check("```\nlet\n```", "```text\nlet\n```");
    check("~~~ rust,no_run\nlet\n~~~", "~~~text\nlet\n~~~");
    check("1. a\n   ```\n   let\n   ```", "1. a\n   ```text\n   let\n   ```");
    check("> ```should_panic\n> let\n> ```", "> ```text\n> let\n> ```");
    check("So:\n\n    let\n\n    more\n\nAnd.", "So:\n\n```text\nlet\n\nmore\n```\n\nAnd.");
    check("So:\n\n\tlet", "So:\n\n```text\nlet\n```\n");
}

#[test]
fn nothing_is_left_open() {
    check("```json\n{", "```json\n{\n```");
    check("```\nlet", "```text\nlet\n```");
    check("* a\n  ~~~\n  let", "* a\n  ~~~text\n  let");
    check("``` c++\nlet\n```", "```text\nlet\n```");
    check("<!-- open", "\\<!-- open");
}

#[test]
fn html_and_intra_doc_links_become_text() {
    check("A Vec<String> of <b>books</b>.", "A Vec\\<String> of \\<b>books\\</b>.");
    check("<div>\n<script>x</script>\n</div>", "\\<div>\n\\<script>x\\</script>\n\\</div>");
    check("See [Book] and [it](Book).", "See \\[Book] and \\[it](Book).");
    check("See https://example.com/a_b, soon.", "See <https://example.com/a_b>, soon.");
}

#[test]
fn irreparable_text_is_shown_verbatim() {
    check("* a\n\n      let", "```text\n* a\n\n      let\n```");
}

#[test]
fn all_kinds_of_line_breaks_are_recognised() {
    check("a\r\nb\rc", "a\nb\nc");
}

/// Returns whether the parser that rustdoc uses finds only harmless events.
fn is_harmless(text: &str) -> bool {
    let source = format!("{text}\n\nNEXT");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let events: Vec<_> = Parser::new_ext(&source, options).collect();
    let sound = events.iter().all(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => !is_compiled(info),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => false,
        Event::Html(_) | Event::InlineHtml(_) => false,
        _ => true,
    });
    sound
        && matches!(&events[..], [.., Event::Start(Tag::Paragraph), Event::Text(text), Event::End(_)] if &**text == "NEXT")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_becomes_harmless(text in "([`~<>\\[\\]()!#*+=|:.&/-]|\n|\r|\t|    |a|b|\\\\|1[.]|rust|http://a|<b>|<!--|é){0,40}") {
        let text = text.trim();
        let made = harmless(text);
        prop_assert!(is_harmless(&made), "{made:?}");
        prop_assert_eq!(harmless(&made), made.clone());
        // A doc comment must not contain a carriage return.
        prop_assert!(!made.contains('\r'));
    }
}
