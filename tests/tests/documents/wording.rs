//! Tests that the repository contains no phrases that make readers stumble.
//! `tests/wording/phrases.tsv` lists the phrases.

use mileston_tests::documents::wording::{self, Allowance, Hit, Phrase};

use crate::repository::{read_file, repository};

const PHRASES: &str = "tests/wording/phrases.tsv";
const ALLOWED: &str = "tests/wording/allowed.tsv";

/// Path prefixes of files that aren't checked, each with the reason.
const SKIPPED: &[(&str, &str)] = &[
    ("tests/corpus/", "third-party documents"),
    ("tests/cases/", "small versions of third-party documents"),
    ("tests/src/documents/wording/", "contains the phrases as test data"),
];

fn phrases() -> Vec<Phrase> {
    wording::phrases(&read_file(PHRASES)).unwrap_or_else(|error| panic!("{PHRASES}: {error}"))
}

fn allowances() -> Vec<Allowance> {
    wording::allowances(&read_file(ALLOWED)).unwrap_or_else(|error| panic!("{ALLOWED}: {error}"))
}

/// Returns whether the file is checked. The project's own pages are checked even in a skipped
/// folder.
fn is_checked(name: &str) -> bool {
    let is_skipped = SKIPPED.iter().any(|(start, _)| name.starts_with(start));
    let last = name.rsplit('/').next().unwrap_or_default();
    (!is_skipped || name.ends_with(".md")) && !last.is_empty() && !last.starts_with("LICENSE")
}

/// Returns whether the generator wrote the file. The text of a generated file comes from files that are checked.
fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains("@generated"))
}

fn hits(phrases: &[Phrase]) -> Vec<Hit> {
    let files = repository().files.iter().filter(|name| is_checked(name));
    let readable = files.filter(|name| wording::is_readable(name));
    let texts = readable.map(|name| (name, read_file(name)));
    let checked = texts.filter(|(_, text)| !is_generated(text));
    checked.flat_map(|(name, text)| wording::hits(name, &text, phrases)).collect()
}

#[test]
fn no_phrase_makes_readers_stumble() {
    let problems = wording::problems(&hits(&phrases()), &allowances());
    assert!(
        problems.is_empty(),
        "{} problems. Make each suggested change, or add an allowed use to {ALLOWED}:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

#[test]
fn every_phrase_is_found_in_its_example_but_not_in_its_near_miss() {
    let phrases = phrases();
    assert!(phrases.len() > 40, "{}", phrases.len());
    for phrase in &phrases {
        let one = std::slice::from_ref(phrase);
        let found = |text: &str| wording::hits("a.md", text, one);
        assert_eq!(found(&phrase.example).len(), 1, "{} in {}", phrase.pattern, phrase.example);
        assert_eq!(found(&phrase.near_miss), [], "{} in {}", phrase.pattern, phrase.near_miss);
    }
}

/// Checks that files of every kind are read. Otherwise, `no_phrase_makes_readers_stumble` could pass without finding
/// anything to check.
#[test]
fn files_of_every_kind_are_read() {
    for (name, text) in [
        ("README.md", "# mileston-rs"),
        ("openapi/mileston.yaml", "openapi: 3"),
        ("runtime/src/lib.rs", "runtime"),
        ("tests/browser/run.mjs", "headless Chromium"),
        ("tests/mistakes/key_as_text.stderr", "error["),
        ("tests/corpus/README.md", "Third-party documents"),
        (".ci/run", "cargo"),
    ] {
        assert!(is_checked(name) && wording::is_readable(name), "{name}");
        let passages = wording::passages(name, &read_file(name));
        assert!(passages.iter().any(|it| it.text.contains(text)), "{name} has no {text:?}");
    }
}
