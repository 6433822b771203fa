//! Each help is followed as it is written, and the next run accepts the result.
//!
//! Beside each document of `tests/diagnostics` a `.fix` has a section for each way to follow a help. It begins with the
//! help, so that another wording needs another look, and goes on with lines to take out and to put in:
//!
//! ```text
//! = write `required: true`
//! -          in: path
//! +          in: path
//! +          required: true
//! ```
//!
//! A help with several ways has several sections. The document with such an edit has that mistake no more, no mistake of
//! a kind that was not there before, and, if it has none at all, is generated.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codegen::{Diagnostic, check_text, generate};
use mistakes::{documents, files, mistakes, settings_of};

/// Helps that no edit of the document follows, with the reason.
const NO_EDIT: &[(&str, &str)] = &[
    ("swagger-2", "another program converts the document"),
    ("info-missing", "it names the page of the specification"),
    ("schemes-that-meet-in-rust", "the settings name one of the two"),
];

/// One way to follow a help.
struct Fix {
    help: String,
    edits: Vec<Edit>,
}

/// Lines to take out, which are there once, and those in their place. Without any to take out, the whole document.
#[derive(Default)]
struct Edit {
    old: String,
    new: String,
}

fn read(path: &Path) -> Vec<Fix> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut fixes: Vec<Fix> = Vec::new();
    let mut before = ' ';
    for line in text.lines() {
        let kind = line.chars().next().unwrap_or(' ');
        let rest = line.get(1..).unwrap_or("");
        match (kind, before) {
            ('=', '=') => fixes.last_mut().unwrap().help.push_str(&format!("\n{}", &rest[1..])),
            ('=', _) => fixes.push(Fix { help: rest[1..].to_owned(), edits: Vec::new() }),
            ('-' | '+', '-' | '+') if (kind, before) != ('-', '+') => {}
            ('-' | '+', _) => fixes.last_mut().unwrap().edits.push(Edit::default()),
            (' ', _) => {}
            _ => panic!("{}: {line}", path.display()),
        }
        if let '-' | '+' = kind {
            let edit = fixes.last_mut().unwrap().edits.last_mut().unwrap();
            let side = if kind == '-' { &mut edit.old } else { &mut edit.new };
            side.push_str(rest);
            side.push('\n');
        }
        before = kind;
    }
    fixes
}

fn apply(text: &str, edits: &[Edit]) -> Result<String, String> {
    let mut text = format!("\n{}\n", text.trim_end_matches('\n'));
    for Edit { old, new } in edits {
        if old.is_empty() {
            text = format!("\n{new}");
            continue;
        }
        let count = text.matches(&format!("\n{old}")).count();
        if count != 1 {
            return Err(format!("these lines are there {count} times:\n{old}"));
        }
        text = text.replacen(&format!("\n{old}"), &format!("\n{new}"), 1);
    }
    Ok(text[1..].to_owned())
}

fn counts(list: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    list.iter().for_each(|mistake| *counts.entry(mistake.code).or_default() += 1);
    counts
}

/// What an edit leaves wrong.
fn followed(
    (name, text): (&str, &str),
    fix: &Fix,
    before: &[Diagnostic],
    generated: &mut BTreeSet<String>,
) -> Result<(), String> {
    let text = apply(text, &fix.edits)?;
    let settings = settings_of(&text);
    let after = match check_text(name, &text, &settings) {
        // Many are the sound document, which is generated once.
        Ok(()) if !generated.insert(text.clone()) => return Ok(()),
        Ok(()) => {
            return generate(&text, &settings).map(drop).map_err(|mistakes| mistakes.to_string());
        }
        Err(mistakes) => mistakes,
    };
    let is_left = |old: &&Diagnostic| {
        after.list().iter().any(|new| (new.code, &new.message) == (old.code, &old.message))
    };
    let meant = before.iter().filter(|mistake| mistake.help.as_ref() == Some(&fix.help));
    if meant.clone().all(|mistake| is_left(&mistake)) {
        return Err(format!("it is still there:\n{after}"));
    }
    let counts = counts(before);
    let more = |code: &str, count: usize| counts.get(code).is_none_or(|before| *before < count);
    match self::counts(after.list()).into_iter().find(|&(code, count)| more(code, count)) {
        Some((code, _)) => Err(format!("`{code}` is new:\n{after}")),
        None => Ok(()),
    }
}

/// What a help says to write, word by word: the texts in backticks after "write".
fn words(help: &str) -> Vec<&str> {
    let after = help.split("write ").skip(1).filter_map(|rest| rest.strip_prefix('`'));
    after.filter_map(|rest| rest.split('`').next()).collect()
}

#[test]
fn each_help_is_one_that_the_next_run_accepts() {
    let (mut wrong, mut count, mut generated) = (Vec::new(), 0, BTreeSet::new());
    for (case, path) in documents() {
        let fixes = read(&path.with_extension("fix"));
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let before = mistakes(&path);
        for fix in &fixes {
            count += 1;
            let document = (&*name, &*text);
            if let Err(reason) = followed(document, fix, before.list(), &mut generated) {
                wrong.push(format!("{case}, `{}`: {reason}", fix.help));
            }
        }
        let helps = before.list().iter().filter_map(|mistake| mistake.help.as_ref());
        for help in helps {
            let own: Vec<&Fix> = fixes.iter().filter(|fix| fix.help == *help).collect();
            let without = NO_EDIT.iter().any(|(name, _)| *name == case);
            if own.is_empty() != without {
                wrong.push(format!("{case}, `{help}`: {} fixes", own.len()));
            }
            let edits: String =
                own.iter().flat_map(|fix| &fix.edits).map(|it| it.new.as_str()).collect();
            let missing = |word: &&str| !own.is_empty() && !edits.contains(*word);
            if let Some(word) = words(help).into_iter().find(missing) {
                wrong.push(format!("{case}, `{help}`: no fix writes `{word}`"));
            }
        }
        let stale =
            |fix: &&Fix| !before.list().iter().any(|it| it.help.as_ref() == Some(&fix.help));
        wrong.extend(
            fixes.iter().find(stale).map(|fix| format!("{case}: nothing says `{}`", fix.help)),
        );
    }
    let documents = documents();
    wrong.extend(files("fix").keys().filter(|name| !documents.contains_key(*name)).cloned());
    assert!(wrong.is_empty(), "{} wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
    println!("help: {count} ways to follow one, in {} documents", documents.len());
}
