//! Represents a file that differs from its expected contents.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostic::plain_line;

/// A file that differs from its expected contents. `Display` shows the difference in one to three
/// lines, followed by an empty line.
#[derive(Debug)]
pub struct Change {
    pub(super) path: PathBuf,
    pub(super) shown: PathBuf,
    /// The folder that is kept even if it becomes empty.
    pub(super) limit: PathBuf,
    pub(super) found: Found,
    /// The expected content, or `None` if the file is no longer generated.
    pub(super) wanted: Option<String>,
}

/// What exists at a file's path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Text(String),
    /// A symbolic link, whatever its target, or a device. Writing through a link would change a
    /// file in a different place.
    Link,
}

impl Change {
    /// Returns a change that creates a missing file.
    pub(in crate::cli) fn missing(path: &Path, text: &str) -> Self {
        let limit = path.parent().unwrap_or(path).to_owned();
        Change {
            path: path.to_owned(),
            shown: path.to_owned(),
            limit,
            found: Found::Nothing,
            wanted: Some(text.to_owned()),
        }
    }

    /// Returns whether the file has the `@generated` mark. `Cargo.toml` and `src/lib.rs` of a new
    /// package don't have it.
    pub(in crate::cli) fn is_generated(&self) -> bool {
        self.wanted.as_ref().is_none_or(|text| text.starts_with(super::MARK))
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = plain_line(&self.shown.display().to_string());
        match (&self.found, &self.wanted) {
            (_, None) => writeln!(f, "{path}: no longer generated\n"),
            (Found::Nothing, _) => writeln!(f, "{path}: missing\n"),
            (Found::Link, _) => writeln!(f, "{path}: a symbolic link instead of a file\n"),
            (Found::Text(found), Some(wanted)) => {
                let (line, found, wanted) = first_difference(found, wanted);
                let (found, wanted) = (plain_line(found), plain_line(wanted));
                writeln!(f, "{path}:{line}: differs\n  found:    {found}\n  expected: {wanted}\n")
            }
        }
    }
}

/// Returns the number of the first line that differs, and this line in both texts.
fn first_difference<'t>(found: &'t str, wanted: &'t str) -> (usize, &'t str, &'t str) {
    let (mut found, mut wanted) = (found.lines(), wanted.lines());
    let mut number = 1;
    loop {
        match (found.next(), wanted.next()) {
            (None, None) => return (number, "(line ending)", "(line ending)"),
            (left, right) if left != right => {
                return (number, left.unwrap_or("(end of file)"), right.unwrap_or("(end of file)"));
            }
            _ => number += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_difference_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), (2, "b", "c"));
        assert_eq!(first_difference("a\n", "a\nc\n"), (2, "(end of file)", "c"));
        assert_eq!(first_difference("a\nb", "a"), (2, "b", "(end of file)"));
    }
}
