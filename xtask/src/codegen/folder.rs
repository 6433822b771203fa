//! A folder of generated files against what it should hold.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

use codegen::Files;

use crate::Failure;

/// A file that is not as it should be.
pub(super) struct Change {
    /// From the root of the workspace.
    path: PathBuf,
    found: Found,
    /// `None`: nobody makes it any more.
    wanted: Option<String>,
}

/// What stands in the place of a file.
#[derive(PartialEq, Eq)]
enum Found {
    Nothing,
    Text(String),
    /// A symbolic link, whatever it leads to: writing through it would change a file elsewhere.
    Link,
}

/// What differs between the folder and the files.
pub(super) fn compare(root: &Path, folder: &str, files: &Files) -> Result<Vec<Change>, Failure> {
    no_links_above(root, folder)?;
    let mut names: BTreeSet<String> = files.keys().cloned().collect();
    list(&root.join(folder), "", &mut names)?;
    let mut changes = Vec::new();
    for name in names {
        let path = Path::new(folder).join(&name);
        let found = read(&root.join(&path))?;
        let wanted = files.get(&name).cloned();
        if found != wanted.clone().map_or(Found::Nothing, Found::Text) {
            changes.push(Change { path, found, wanted });
        }
    }
    Ok(changes)
}

/// The folder itself is one, and so are those that it is in.
fn no_links_above(root: &Path, folder: &str) -> Result<(), Failure> {
    let mut path = root.to_path_buf();
    for step in Path::new(folder) {
        path.push(step);
        if path.is_symlink() {
            let message = "is a symbolic link: remove it, generated files are written to folders";
            return Err(format!("{} {message}", path.display()).into());
        }
    }
    Ok(())
}

/// Adds all files below the folder.
fn list(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> Result<(), Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("cannot list {}: {error}", folder.display()).into()),
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}

/// The text, with line endings as we write them: git may have changed them at checkout.
fn read(path: &Path) -> Result<Found, Failure> {
    if path.is_symlink() {
        return Ok(Found::Link);
    }
    match std::fs::read(path) {
        Ok(bytes) => Ok(Found::Text(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(format!("cannot read {}: {error}", path.display()).into()),
    }
}

impl Change {
    pub(super) fn write(&self, root: &Path) -> Result<(), Failure> {
        let path = root.join(&self.path);
        let fail = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
        if self.found == Found::Link {
            std::fs::remove_file(&path).map_err(fail)?;
        }
        match &self.wanted {
            None if self.found == Found::Link => {}
            Some(text) => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(fail)?;
                }
                std::fs::write(&path, text).map_err(fail)?;
            }
            None => std::fs::remove_file(&path).map_err(fail)?,
        }
        Ok(())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match (&self.found, &self.wanted) {
            (_, None) => writeln!(f, "{path}: nobody generates it any more\n"),
            (Found::Nothing, _) => writeln!(f, "{path}: missing\n"),
            (Found::Link, _) => writeln!(f, "{path}: a symbolic link in place of a file\n"),
            (Found::Text(found), Some(wanted)) => {
                let (line, found, wanted) = first_difference(found, wanted);
                writeln!(f, "{path}:{line}: differs\n  found:  {found}\n  wanted: {wanted}\n")
            }
        }
    }
}

/// The number of the first line that differs, and both lines.
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
