//! Compares a folder of generated files with its expected contents.

mod change;
mod entries;
mod error;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use change::Change;
use change::Found;
use entries::Kind;
pub use error::FolderError;
pub use write::{Written, write};

use crate::Files;

/// The text that every generated file begins with.
const MARK: &str = "// @generated";

/// Who owns the files in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ownership {
    /// The generator owns all files in the folder. Files that it doesn't generate are removed, and
    /// links are replaced.
    Whole,
    /// The folder is shared with hand-written files. Only files that begin with `// @generated` are
    /// replaced or removed, and other files are kept. It is an error if a symbolic link or a
    /// hand-written file is in the place of a generated file.
    Marked,
}

/// A folder of generated files, below an existing root folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    name: PathBuf,
    shown: PathBuf,
    ownership: Ownership,
}

impl Folder {
    /// Returns the `name` folder below `root`. Neither `name` itself nor a folder on the way to it
    /// may be a symbolic link.
    #[must_use]
    pub fn new(root: &Path, name: &Path, ownership: Ownership) -> Self {
        let (root, name) = (root.to_owned(), name.to_owned());
        Folder { root, shown: name.clone(), name, ownership }
    }

    /// Sets the path shown in messages instead of `name`.
    #[must_use]
    pub fn shown_as(self, shown: &Path) -> Self {
        Folder { shown: shown.to_owned(), ..self }
    }

    /// Returns the differences between the folder and the files, without writing anything.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder can't be read, if it is a symbolic link or below one, or if a
    /// file that isn't generated is in the place of a generated file.
    pub fn compare(&self, files: &Files) -> Result<Vec<Change>, FolderError> {
        self.no_links_above()?;
        let found = entries::list(&self.path())?;
        let (mut changes, mut foreign) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let name = Path::new(name);
            match self.in_the_way(name, &found)? {
                Some(place) => foreign.push(self.shown.join(place)),
                None => changes.extend(self.wanted(name, text, &found)?),
            }
        }
        if !foreign.is_empty() {
            foreign.dedup();
            return Err(FolderError::Foreign(foreign));
        }
        let wanted: BTreeSet<&Path> = files.keys().map(Path::new).collect();
        for (name, kind) in &found {
            if !wanted.contains(name.as_path()) && self.is_stale(name, *kind)? {
                changes.push(self.change(name, self.read(name, *kind)?, None));
            }
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(changes)
    }

    fn path(&self) -> PathBuf {
        self.root.join(&self.name)
    }

    /// Returns an error if the folder or a folder above it is a symbolic link.
    fn no_links_above(&self) -> Result<(), FolderError> {
        let mut path = self.root.clone();
        for step in &self.name {
            path.push(step);
            if path.is_symlink() {
                return Err(FolderError::Link(path));
            }
        }
        Ok(())
    }

    /// Returns the entry in the place of a file, or of a folder above the file, if the entry must
    /// not be replaced.
    fn in_the_way(
        &self,
        name: &Path,
        found: &BTreeMap<PathBuf, Kind>,
    ) -> Result<Option<PathBuf>, FolderError> {
        if self.ownership == Ownership::Whole {
            return Ok(None);
        }
        for place in name.ancestors() {
            match found.get(place) {
                Some(Kind::Link) => return Err(FolderError::Link(self.shown.join(place))),
                Some(Kind::File) if place != name => return Ok(Some(place.to_owned())),
                Some(Kind::Folder | Kind::Other) if place == name => {
                    return Ok(Some(place.to_owned()));
                }
                Some(Kind::File) if !entries::begins_with(&self.path().join(place), MARK)? => {
                    return Ok(Some(place.to_owned()));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// Returns the change to an expected file, or `None` if it is up to date.
    fn wanted(
        &self,
        name: &Path,
        text: &str,
        found: &BTreeMap<PathBuf, Kind>,
    ) -> Result<Option<Change>, FolderError> {
        let found = match found.get(name) {
            None => Found::Nothing,
            Some(kind) => self.read(name, *kind)?,
        };
        let differs = !matches!(&found, Found::Text(found) if found == text);
        Ok(differs.then(|| self.change(name, found, Some(text.to_owned()))))
    }

    /// Returns whether a file was generated but is no longer part of the output.
    fn is_stale(&self, name: &Path, kind: Kind) -> Result<bool, FolderError> {
        match (self.ownership, kind) {
            (_, Kind::Folder) => Ok(false),
            (Ownership::Whole, _) => Ok(true),
            (Ownership::Marked, Kind::File) => entries::begins_with(&self.path().join(name), MARK),
            (Ownership::Marked, Kind::Link | Kind::Other) => Ok(false),
        }
    }

    /// Returns the content at the path, with `\n` line endings, because git may have changed the
    /// line endings at checkout.
    fn read(&self, name: &Path, kind: Kind) -> Result<Found, FolderError> {
        if matches!(kind, Kind::Link | Kind::Other) {
            return Ok(Found::Link);
        }
        let path = self.path().join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Found::Text(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
            Err(error) => Err(FolderError::io("read", &path, error)),
        }
    }

    fn change(&self, name: &Path, found: Found, wanted: Option<String>) -> Change {
        let path = self.path().join(name);
        Change { path, shown: self.shown.join(name), limit: self.path(), found, wanted }
    }
}
