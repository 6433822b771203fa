//! Writes changes. If the new contents can't be written, the old files are kept.
//!
//! The new contents are first written to temporary files next to their destinations. Only then are
//! the temporary files renamed and stale files removed.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::FolderError;
use super::change::{Change, Found};

/// The numbers of files that were written and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The number of new files and files that differed.
    pub written: usize,
    /// The number of files that are no longer generated.
    pub removed: usize,
}

/// Applies the changes.
///
/// # Errors
///
/// Returns an error if a file can't be written or removed. If the new contents of a file can't be
/// written, all old files are kept. Symbolic links where a folder is needed are an exception: they
/// are removed first.
pub fn write(changes: &[Change]) -> Result<Written, FolderError> {
    let mut staged = Staged::default();
    // Through such a link, a temporary file would be written to a different place.
    let is_folder = |link: &Change| {
        let mut wanted = changes.iter().filter(|change| change.wanted.is_some());
        wanted.any(|change| change.path != link.path && change.path.starts_with(&link.path))
    };
    let is_first = |change: &Change| change.found == Found::Link && is_folder(change);
    for change in changes.iter().filter(|change| is_first(change)) {
        remove(&change.path)?;
    }
    for change in changes {
        if let Some(text) = &change.wanted {
            staged.add(&change.path, text)?;
        }
    }
    let written = staged.commit()?;
    let stale = || changes.iter().filter(|change| change.wanted.is_none());
    for change in stale().filter(|change| !is_first(change)) {
        remove(&change.path)?;
    }
    stale().for_each(remove_empty);
    Ok(Written { written, removed: stale().count() })
}

fn remove(path: &Path) -> Result<(), FolderError> {
    fs::remove_file(path).map_err(|error| FolderError::io("remove", path, error))
}

/// Removes the folders that a removed file leaves empty.
fn remove_empty(change: &Change) {
    let above = change.path.ancestors().skip(1).take_while(|folder| *folder != change.limit);
    for folder in above {
        // A folder that isn't empty is kept, and so are the folders above it.
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Temporary files and new folders. Unless they are committed, they are removed when this value is
/// dropped.
#[derive(Default)]
struct Staged {
    files: Vec<(PathBuf, PathBuf)>,
    folders: Vec<PathBuf>,
}

impl Staged {
    fn add(&mut self, path: &Path, text: &str) -> Result<(), FolderError> {
        let fail = |error| FolderError::io("write", path, error);
        let folder = path.parent().unwrap_or(Path::new(""));
        self.make(folder).map_err(fail)?;
        let mut name = OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = folder.join(name);
        // `create_new` doesn't follow links or overwrite other files.
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary);
        let mut file = file.map_err(fail)?;
        self.files.push((temporary, path.to_owned()));
        file.write_all(text.as_bytes()).map_err(fail)
    }

    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.is_dir();
        let missing: Vec<&Path> = folder.ancestors().take_while(missing).collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    fn commit(mut self) -> Result<usize, FolderError> {
        let count = self.files.len();
        while let Some((temporary, path)) = self.files.pop() {
            if let Err(error) = fs::rename(&temporary, &path) {
                self.files.push((temporary, path.clone()));
                return Err(FolderError::io("write", &path, error));
            }
        }
        self.folders.clear();
        Ok(count)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Errors are ignored, because nothing depends on these files.
        for (temporary, _) in &self.files {
            let _ = fs::remove_file(temporary);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::write;
    use crate::cli::folder::{Folder, Ownership};

    #[test]
    fn links_are_kept_if_a_file_cannot_be_written() {
        let root = std::env::temp_dir().join(format!("openapi-keys-links-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("out")).unwrap();
        let text = "// @generated\n".to_owned();
        let folder = Folder::new(&root, Path::new("out"), Ownership::Whole);
        let write_to = |file: &str| {
            let files = ["a.rs", file].map(|name| (name.to_owned(), text.clone()));
            write(&folder.compare(&files.into()).unwrap())
        };
        let links = ["a.rs", "stale.rs"].map(|name| root.join("out").join(name));
        links.iter().for_each(|link| symlink(root.join("nowhere"), link).unwrap());
        fs::write(root.join("out/file"), "a file").unwrap();

        assert!(write_to("file/b.rs").is_err());
        assert!(links.iter().all(|link| link.is_symlink()));

        write_to("b.rs").unwrap();
        assert_eq!(fs::read_to_string(&links[0]).unwrap(), text);
        assert!(!links[0].is_symlink() && !links[1].is_symlink());
        assert!(!root.join("nowhere").exists());
        fs::remove_dir_all(&root).unwrap();
    }
}
