//! Tests on short strings how files are split into passages and how phrases are matched.

use super::*;

/// Checks the passages of a string and their lines.
#[track_caller]
fn check_passages(file: &str, text: &str, expected: &[(usize, &str)]) {
    let found = passages(file, text);
    let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, it.text.as_str())).collect();
    assert_eq!(found, expected, "{file}");
}

/// Checks the hits of one pattern and their lines.
#[track_caller]
fn check(pattern: &str, text: &str, expected: &[(usize, &str)]) {
    let table = format!("heading\n{pattern}\tanother\tan example\ta near miss");
    let found = hits("a.md", text, &phrases(&table).unwrap());
    let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, it.words.as_str())).collect();
    assert_eq!(found, expected, "{pattern} in {text:?}");
}

#[test]
fn words_are_found_in_upper_and_lower_case_and_across_lines() {
    check("by hand", "Made By\n  hand, by hand-\nby-hand", &[(1, "by hand")]);
    check(
        "tell|tells",
        "It tells. They tell, and tellers\n\ntell",
        &[(1, "tells"), (1, "tell"), (3, "tell")],
    );
    check("one’s", "one’s", &[]);
    check("one's", "one’s", &[(1, "one's")]);
}

#[test]
fn a_step_can_match_any_word_or_exclude_some() {
    check("put * right", "Put it right, put right, put. Right", &[(1, "put it right")]);
    check(
        "is no !longer|more",
        "is no key, is no longer, is no `Key`, is no.",
        &[(1, "is no key"), (1, "is no `…`")],
    );
    check(
        "!there is no",
        "Is no key? It is no key, there is no key.",
        &[(1, "is no"), (1, "is no")],
    );
    check("no more .|,", "no more than one, no more\n.", &[(1, "no more .")]);
}

#[test]
fn code_and_arguments_are_single_words() {
    check("tell", "`tell` ``tell ` tell`` {tell} `tell tell", &[(1, "tell"), (1, "tell")]);
    check("is no *", "is no {}, is no {tell} tell", &[(1, "is no `…`"), (1, "is no `…`")]);
}

#[test]
fn the_passages_of_markdown_are_its_paragraphs_items_and_rows() {
    let text = "# A\nb\nc\n\n- d\n  e\n1. f\n| g |\n| h |\n\n```rust\nlet i;\n```\nj\n";
    let expected =
        [(1, "# A\nb\nc"), (5, "- d\n  e"), (7, "1. f"), (8, "| g |"), (9, "| h |"), (14, "j")];
    check_passages("a.md", text, &expected);
}

#[test]
fn the_passages_of_yaml_and_toml_are_their_entries_and_comments() {
    let text = "# a\n# b\nc: d\n  e f\n- g\n- { h: i }\nk: |\n  l m: n\n";
    let expected =
        [(1, "# a\n# b"), (3, "c: d\n  e f"), (5, "- g"), (6, "- { h: i }"), (7, "k: |\n  l m: n")];
    check_passages("a.yaml", text, &expected);
    check_passages("a.toml", "a = \"b\"\nc = \"d\"", &[(1, "a = \"b\""), (2, "c = \"d\"")]);
}

#[test]
fn the_passages_of_rust_are_its_comments_and_literals() {
    let text = "//! a\n//! b\n\n/// c\nfn d<'e>() { f(\"g\\n\\\n  h\", 'i', '\\'', r#\"j\"k\"#) } // l\n// m\n/* n\n*/";
    let expected = [(1, " a\n b"), (4, " c"), (5, "g \n  h"), (6, "j\"k"), (6, " l\n m\n/* n\n*/")];
    check_passages("a.rs", text, &expected);
}

#[test]
fn the_passages_of_scripts_are_their_comments_and_literals() {
    check_passages(
        "a.mjs",
        "// a\nb('c', `d\ne`, /'/);\nf(\"g\");",
        &[(1, " a"), (2, "c"), (2, "d\ne"), (3, "/);"), (4, "g")],
    );
    check_passages("a.py", "\"\"\"a\nb\"\"\"\nc = 'd'  # e", &[(1, "a\nb"), (3, "d"), (3, " e")]);
    check_passages("run", "#!/bin/sh\necho 'a' # b", &[(1, "bin/sh"), (2, "a"), (2, " b")]);
}

#[test]
fn files_of_other_kinds_have_no_passages() {
    check_passages("a.json", "{\"a\": \"tell\"}", &[]);
    check_passages("a.svg", "<text>tell</text>", &[]);
}

#[test]
fn a_hit_is_reported_with_its_place_and_its_replacement() {
    let table = "heading\nby hand\t\"manually\"\tby hand\tby hands";
    let found = hits("a.rs", "\n// Made by\n// hand.", &phrases(table).unwrap());
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["a.rs:2: \"by hand\": write \"manually\""]);
}

#[test]
fn only_the_words_of_an_allowance_are_allowed_and_only_in_its_file() {
    let phrases = phrases("heading\nby|with hand\t\"manually\"\tby hand\tby hands").unwrap();
    let mut found = hits("a.md", "by hand\n\nwith hand\n\nby hand", &phrases);
    found.extend(hits("b.md", "by hand", &phrases));
    let allowed = allowances("heading\na.md\tby hand\ta quotation").unwrap();
    let write = "write \"manually\"";
    let open = [format!("a.md:3: \"with hand\": {write}"), format!("b.md:1: \"by hand\": {write}")];
    assert_eq!(problems(&found, &allowed), open);
}

#[test]
fn an_allowance_without_a_hit_is_reported() {
    let allowed = allowances("heading\na.md\tby hand\ta quotation").unwrap();
    assert_eq!(problems(&[], &allowed), ["a.md: no longer has \"by hand\": remove this allowance"]);
}

#[test]
fn an_invalid_table_is_rejected_with_its_line() {
    let error = |table: &str| phrases(table).unwrap_err();
    assert_eq!(error("heading\na\tb\tc"), "line 2: not 4 cells");
    assert_eq!(error("heading\na\tb\tc\td\n\n"), "line 3: not 4 cells");
    assert_eq!(error("heading\na\tb\t\td"), "line 2: not 4 cells");
    assert_eq!(
        error("heading\n* !a\tb\tc\td"),
        "line 2: the pattern `* !a` has no word to look for"
    );
    assert_eq!(error("heading\nA\tb\tc\td"), "line 2: the pattern `A` must be in lower case");
    assert_eq!(allowances("heading\na\tb").unwrap_err(), "line 2: not 3 cells");
}
