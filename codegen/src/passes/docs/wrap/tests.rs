//! Tests how documentation is wrapped, and what stays unchanged.

use proptest::prelude::*;

use super::{events, wrapped};

#[test]
fn long_lines_of_paragraphs_and_lists_are_wrapped() {
    let long = "word ".repeat(30);
    let text = format!("{long}\nand more.\n\n* `a`: {long}\n* `b`: short\n\n1. {long}");
    let line = "word ".repeat(18);
    let rest = "word ".repeat(12);
    let expected = format!(
        "{}\n{}and more.\n\n* `a`: {}\n  {}\n* `b`: short\n\n1. {}\n   {}",
        line.trim_end(),
        rest,
        "word ".repeat(17).trim_end(),
        "word ".repeat(13).trim_end(),
        line.trim_end(),
        rest.trim_end(),
    );
    assert_eq!(wrapped(&text), expected);
}

#[test]
fn everything_except_prose_is_unchanged() {
    let long = "word ".repeat(30);
    for text in [
        format!("```text\n{long}\n```\n\n```text\nshort\nlines\n```"),
        format!("| a | b |\n| --- | --- |\n| {long} | 2 |"),
        "a | b\n--- | ---\n1 | 2\n3 | 4".to_owned(),
        format!("# {long}\n\n## short"),
        "> short\n> lines".to_owned(),
        "* one\n* two\n  * three\n    * four\n\n1. five\n2. six".to_owned(),
        "above\n\n    short\n    lines".to_owned(),
        "Title\n=====\n\n---".to_owned(),
        "[one]: https://one.example\n[two]: https://two.example".to_owned(),
        "ends with a backslash\\\nand goes on".to_owned(),
        "x".repeat(200),
    ] {
        assert_eq!(wrapped(&text), text);
    }
}

#[test]
fn short_lines_of_a_paragraph_are_joined() {
    for (text, expected) in [
        ("short\nlines", "short lines"),
        (
            "* an item\n  in two lines\n* **another**\none",
            "* an item in two lines\n* **another** one",
        ),
        // Lines that continue an item or a quotation get its prefix, because clippy warns about
        // lines without the prefix.
        ("> quoted\nand so is\nthis\n\nbut not this", "> quoted\n> and so is this\n\nbut not this"),
        ("- `a`: one  \n-`b`: two\n- `c`", "- `a`: one\\\n  -`b`: two\n- `c`"),
        ("lines\n[`a`](b) link", "lines [`a`](b) link"),
        ("`code\nin` two\nlines", "`code in` two lines"),
        ("one ` is\nno code", "one ` is no code"),
    ] {
        assert_eq!(wrapped(text), expected);
    }
}

#[test]
fn a_hard_line_break_becomes_a_backslash() {
    assert_eq!(wrapped("one  \ntwo\nthree"), "one\\\ntwo three");
}

#[test]
fn only_items_have_a_hanging_indent() {
    for first in [
        "[`link`](to)",
        "*emphasis*",
        "**strong**",
        "1.5",
        "-5",
        "#tag",
        "+1",
        "<https://a.example>",
    ] {
        let text = format!("{first} {}", "word ".repeat(20).trim_end());
        let made = wrapped(&text);
        assert!(made.lines().count() == 2, "{made}");
        assert!(made.lines().all(|line| !line.starts_with(' ')), "{made}");
    }
    for first in ["*", "-", "+", "1.", "12)"] {
        let text = format!("{first} {}", "word ".repeat(20).trim_end());
        let indent = " ".repeat(first.len() + 1);
        let second = wrapped(&text).lines().nth(1).map(str::to_owned).unwrap_or_default();
        assert_eq!(second.strip_prefix(&indent).map(|it| it.starts_with("word")), Some(true));
    }
}

#[test]
fn a_line_may_begin_with_a_link_but_not_with_a_definition() {
    let before = "words".repeat(18);
    for link in ["[x](y)", "[`x`]", "[x]", "**x**", "<https://x.example>"] {
        assert_eq!(wrapped(&format!("{before} {link} after")), format!("{before}\n{link} after"));
    }
    for mark in ["[x]:", "[^x]", "1.", "-", "<b>", "#"] {
        let text = format!("{before} {mark} after");
        assert_eq!(wrapped(&text), format!("{before} {mark}\nafter"));
    }
}

#[test]
fn wrapped_lines_do_not_become_list_items() {
    let text = format!("{} - 1. * # + {}", "word ".repeat(17).trim_end(), "word ".repeat(9));
    let made = wrapped(&text);
    assert!(made.lines().count() > 1, "{made}");
    assert_eq!(events(&made), events(text.trim_end()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_line_breaks_change(text in "([`~<>\\[\\]()!#*+=|:.&/-]|\n|    |a|b|\\\\|1[.]| [a-z]{9} [a-z]{20} ){0,60}") {
        let text = text.trim();
        let made = wrapped(text);
        prop_assert_eq!(events(&made), events(text));
        // A hard break may become a backslash instead of spaces, and a line that continues a
        // quotation may get a `>`.
        let words = |text: &str| {
            let lines = text.lines().map(|line| {
                line.trim_start_matches([' ', '\t', '>']).trim_end_matches([' ', '\\'])
            });
            let words = lines.flat_map(str::split_whitespace).map(str::to_owned);
            words.collect::<Vec<_>>()
        };
        prop_assert_eq!(words(&made), words(text));
    }
}
