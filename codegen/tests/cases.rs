//! Tests the format of the cases in `tests/diagnostics`, and the errors for invalid cases.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod mistakes;

use std::path::Path;

use mistakes::cases::read;
use mistakes::edit::{Edit, apply};
use mistakes::format::Text;
use proptest::prelude::*;

const DOCUMENT: &str = "a: 1\nb:\n  c: 2\n  c: 2\nd: 3\n";

/// Applies a case's edits to a document.
fn edited(document: &str, case: &str) -> Result<String, String> {
    apply(document, &Text::read(case)?.edits)
}

#[test]
fn edits_replace_insert_and_remove_lines() {
    for (case, expected) in [
        ("-a: 1\n+a: 2\n", "a: 2\nb:\n  c: 2\n  c: 2\nd: 3\n"),
        (" b:\n+  c: 1\n", "a: 1\nb:\n  c: 1\n  c: 2\n  c: 2\nd: 3\n"),
        ("-  c: 2\n d: 3\n", "a: 1\nb:\n  c: 2\nd: 3\n"),
        ("-a: 1\n\n+e: 4\n d: 3\n", "b:\n  c: 2\n  c: 2\ne: 4\nd: 3\n"),
        ("-a: 1\n b:\n-  c: 2\n+  e: 4\n", "b:\n  e: 4\n  c: 2\nd: 3\n"),
    ] {
        assert_eq!(edited(DOCUMENT, case).as_deref(), Ok(expected), "{case}");
    }
    // Only the first character of a line is a marker.
    assert_eq!(edited("- a\n+ b\n", "-- a\n + b\n+= c\n").as_deref(), Ok("+ b\n= c\n"));
    assert_eq!(edited("", "+a: 1\n").as_deref(), Ok("a: 1\n"));
}

#[test]
fn an_edit_must_match_exactly_once() {
    for (case, expected) in [
        ("-a: 2\n+a: 1\n", "line 1: the document doesn't contain these lines:\na: 2"),
        ("-a: 1\n\n\n-a: 1\n+e: 4\n", "line 4: the document doesn't contain these lines:\na: 1"),
        ("- d: 3\n", "line 1: the document doesn't contain these lines:\n d: 3"),
        ("-d: 3\n-e: 4\n", "line 1: the document doesn't contain these lines:\nd: 3\ne: 4"),
        (
            "-  c: 2\n",
            "line 1: the document contains these lines 2 times; add neighbouring lines to the edit:\n  c: 2",
        ),
        (
            "base: other\n\n+e: 4\n",
            "line 3: the position of these lines is unclear; add the document's line before or after them, starting with a space",
        ),
        (" a: 1\n", "line 1: this edit changes nothing"),
        ("-a: 1\n+a: 1\n", "line 1: this edit changes nothing"),
        (" a: 1\nb: 2\n", "line 2: each line of an edit must start with a space, `-` or `+`: b: 2"),
        (
            "-a: 1\n\nerror: …\n\n= remove it\na: 1\n",
            "line 6: each line of an edit must start with a space, `-` or `+`: a: 1",
        ),
    ] {
        assert_eq!(edited(DOCUMENT, case).unwrap_err(), expected, "{case}");
    }
}

#[test]
fn help_can_be_followed_in_several_ways() {
    let text = Text::read(
        "base: other\n\n-a: 1\n\nerror: x\n  = help: y\n\nerror: z\n\n= write one of\n=     a: 2\n=     a: 3\n+a: 2\n b:\n\n-d: 3\n\nor\n+a: 3\n b:\n\n= remove `b`\n-b:\n",
    )
    .unwrap();
    assert_eq!(text.base.as_deref(), Some("other"));
    assert_eq!(text.expected, "error: x\n  = help: y\n\nerror: z\n");
    let fixes: Vec<_> = text.fixes.iter().map(|fix| (&*fix.help, fix.edits.len())).collect();
    let ways = "write one of\n    a: 2\n    a: 3";
    assert_eq!(fixes, [(ways, 2), (ways, 1), ("remove `b`", 1)]);
}

#[test]
fn the_error_names_the_invalid_case() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    let _ = std::fs::remove_dir_all(&folder);
    for (name, text) in [
        ("bases/wrong.edit", "-nowhere: 1\n"),
        ("edited.case", "-openapi: 3.0.3\n"),
        ("good.case", "-openapi: 3.0.3\n"),
        ("misspelt.case", "base: tokn\n\n-openapi: 3.0.3\n"),
        ("of-a-wrong-base.case", "base: wrong\n\n-openapi: 3.0.3\n"),
        ("old.yaml", "openapi: 3.0.3\n"),
        ("unchanged.case", "error: …\n"),
        ("unfit.case", "\n-openapi: 3.0.4\n"),
        ("whole/edited.json", "{}\n"),
        ("whole/good.yaml", "openapi: 3.0.3\n"),
        ("whole/new.yaml", "openapi: 3.0.3\n"),
        ("whole/patched.yaml", "openapi: 3.0.3\n"),
        ("whole/patched.case", "-openapi: 3.0.3\n"),
        ("whole/stale.case", "error: …\n"),
        ("whole/text.txt", "openapi: 3.0.3\n"),
    ] {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let Err(wrong) = read(&folder) else { panic!("no case was rejected") };
    let expected = "these cases can't be used:

misspelt.case: line 1: there is no base `bases/tokn.edit`

of-a-wrong-base.case: `bases/wrong.edit`: line 1: the document doesn't contain these lines:
nowhere: 1

old.yaml: only cases belong here; put complete documents into `whole`

unchanged.case: there is no edit, so the document has no error

unfit.case: line 2: the document doesn't contain these lines:
openapi: 3.0.4

whole/edited.json: another case has the same name

whole/good.yaml: another case has the same name

whole/patched.yaml: a complete document has no base and no edits; change the document

whole/stale.case: there is no document with this name next to it

whole/text.txt: only cases and documents belong here";
    assert_eq!(wrong, expected);
}

/// Generates lines that are valid in a case, and some that aren't.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("base: token".to_owned()),
        Just("error: x".to_owned()),
        Just("or".to_owned()),
        Just(String::new()),
        "[-+ =][a-c =+-]{0,3}",
        "\\PC{0,5}",
    ];
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

fn changes(edits: &[Edit]) -> Vec<(&[String], &[String])> {
    edits.iter().map(|edit| (&*edit.old, &*edit.new)).collect()
}

proptest! {
    /// Writing new expected output must leave the other parts of the case unchanged.
    #[test]
    fn new_expected_output_changes_nothing_else(case in lines(), said in "error[ =a-z\n]{0,20}[a-z]") {
        prop_assume!(!said.contains("\n="));
        let said = format!("{said}\n");
        if let Ok(before) = Text::read(&case) {
            let text = before.expecting(&said);
            let after = Text::read(&text).unwrap();
            prop_assert_eq!(&after.expected, &said);
            prop_assert_eq!(&after.base, &before.base);
            prop_assert_eq!(changes(&after.edits), changes(&before.edits));
            let fixes = |text: &Text| text.fixes.iter().map(|fix| fix.help.clone()).collect::<Vec<_>>();
            prop_assert_eq!(fixes(&after), fixes(&before));
            for (after, before) in after.fixes.iter().zip(&before.fixes) {
                prop_assert_eq!(changes(&after.edits), changes(&before.edits));
            }
            prop_assert_eq!(after.expecting(&said), text);
        }
    }

    /// If the old lines of an edit occur once, the new lines replace them and no others change.
    #[test]
    fn an_edit_changes_only_its_lines(count in 1usize..8, at in 0usize..8, taken in 0usize..8, new in prop::collection::vec("[-+ =a-z]{0,4}", 0..4)) {
        let document: Vec<String> = (0..count).map(|line| format!("line {line}")).collect();
        let at = at % count;
        let end = (at + 1 + taken).min(count);
        // The first line is kept, so the edit has at least one line even if it removes none.
        let old: String = document[at + 1..end].iter().map(|line| format!("-{line}\n")).collect();
        let put: String = new.iter().map(|line| format!("+{line}\n")).collect();
        let case = format!(" {}\n{old}{put}", document[at]);
        let expected = [&document[..=at], &new, &document[end..]].concat().join("\n") + "\n";
        let found = edited(&(document.join("\n") + "\n"), &case);
        if old.is_empty() && put.is_empty() {
            prop_assert_eq!(found.unwrap_err(), "line 1: this edit changes nothing");
        } else {
            prop_assert_eq!(found.unwrap(), expected);
        }
    }
}
