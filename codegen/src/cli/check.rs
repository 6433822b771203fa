//! Implements `--check`, which reports the files that differ.

use super::arguments::{Generate, shown};
use super::failure::Failure;
use super::folder::Change;
use super::generate::say;
use super::screen::{brief, count};

/// How many differences are shown.
const MAX_SHOWN: usize = 8;

/// Fails if there are changes.
pub(super) fn check(
    changes: &[Change],
    files: usize,
    arguments: &Generate,
    unformatted: bool,
) -> Result<(), Failure> {
    let document = brief(&shown(&arguments.input.document), 400);
    let folder = brief(&shown(&arguments.out), 400);
    if changes.is_empty() {
        return say(&format!("{} in {folder} match {document}\n", count(files, "generated file")));
    }
    let mut text = format!("files in {folder} don't match {document}\n\n");
    changes.iter().take(MAX_SHOWN).for_each(|change| text.push_str(&change.to_string()));
    if changes.len() > MAX_SHOWN {
        text.push_str(&format!("… and {} more\n\n", changes.len() - MAX_SHOWN));
    }
    if unformatted {
        text.push_str(
            "rustfmt can't be run on this machine, so files that were formatted with it differ.\n",
        );
    }
    let differ = if changes.len() == 1 { "differs" } else { "differ" };
    text.push_str(&format!(
        "{} {differ}. Don't edit generated files manually: edit the document, then run\n\n    {}",
        count(changes.len(), "file"),
        arguments.command()
    ));
    Err(Failure::Refused(text))
}
