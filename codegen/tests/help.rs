//! Tests that following each help message fixes the reported error and causes no new one.
//!
//! Each case in `tests/diagnostics` lists its help messages, each followed by the edits that apply
//! it. So if a message is reworded, its edits have to be reviewed. If a help message offers several
//! options, a case can test more than one of them. After the edits, the reported error must be gone, and no kind
//! of error may be more frequent than before. If no error is left, code generation must succeed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod mistakes;

use std::collections::{BTreeMap, BTreeSet};

use mistakes::cases::cases;
use mistakes::edit::apply;
use mistakes::format::Fix;
use mistakes::settings_of;
use openapi_keys::{Diagnostic, check_text, generate};

/// Cases whose help message can't be followed by editing the document, each with the reason.
const NO_EDIT: &[(&str, &str)] = &[
    ("swagger-2", "the document has to be converted with an external tool"),
    ("info-missing", "the help message only refers to the specification"),
    ("schemes-that-collide-in-rust", "the fix is a name in the settings"),
];

fn counts(list: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    list.iter().for_each(|mistake| *counts.entry(mistake.code).or_default() += 1);
    counts
}

/// Applies a fix. Returns an error if the reported error is still there, or if the fix causes a new one.
fn followed(
    (name, text): (&str, &str),
    fix: &Fix,
    before: &[Diagnostic],
    generated: &mut BTreeSet<String>,
) -> Result<(), String> {
    let text = apply(text, &fix.edits)?;
    let settings = settings_of(&text);
    let after = match check_text(name, &text, &settings) {
        // Many fixes result in the same valid document. Its client is generated only once.
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
        return Err(format!("the error is still there:\n{after}"));
    }
    let counts = counts(before);
    let more = |code: &str, count: usize| counts.get(code).is_none_or(|before| *before < count);
    match self::counts(after.list()).into_iter().find(|&(code, count)| more(code, count)) {
        Some((code, _)) => Err(format!("the new error `{code}` appears:\n{after}")),
        None => Ok(()),
    }
}

/// Returns the code that a help message says to write: the text in backticks after "write".
fn words(help: &str) -> Vec<&str> {
    let after = help.split("write ").skip(1).filter_map(|rest| rest.strip_prefix('`'));
    after.filter_map(|rest| rest.split('`').next()).collect()
}

#[test]
fn following_each_help_message_leads_to_an_accepted_document() {
    let (mut wrong, mut count, mut generated) = (Vec::new(), 0, BTreeSet::new());
    let cases = cases();
    for (case, it) in &cases {
        let fixes = &it.text.fixes;
        let before = it.mistakes();
        for fix in fixes {
            count += 1;
            let document = (&*it.document_name, &*it.document);
            if let Err(reason) = followed(document, fix, before.list(), &mut generated) {
                wrong.push(format!("{case}, `{}`: {reason}", fix.help));
            }
        }
        let helps = before.list().iter().filter_map(|mistake| mistake.help.as_ref());
        for help in helps {
            let own: Vec<&Fix> = fixes.iter().filter(|fix| fix.help == *help).collect();
            let without = NO_EDIT.iter().any(|(name, _)| name == case);
            if own.is_empty() != without {
                wrong.push(format!("{case}, `{help}`: {} fixes", own.len()));
            }
            let lines = own.iter().flat_map(|fix| &fix.edits).flat_map(|edit| &edit.new);
            let edits: String = lines.flat_map(|line| [line, "\n"]).collect();
            let missing = |word: &&str| !own.is_empty() && !edits.contains(*word);
            if let Some(word) = words(help).into_iter().find(missing) {
                wrong.push(format!("{case}, `{help}`: one of the fixes must write `{word}`"));
            }
        }
        let stale =
            |fix: &&Fix| !before.list().iter().any(|it| it.help.as_ref() == Some(&fix.help));
        wrong.extend(
            fixes.iter().find(stale).map(|fix| {
                format!("{case}: the output must contain the help message `{}`", fix.help)
            }),
        );
    }
    assert!(wrong.is_empty(), "{} wrong:\n\n{}", wrong.len(), wrong.join("\n\n"));
    println!("help: {count} ways to follow help messages, in {} documents", cases.len());
}
