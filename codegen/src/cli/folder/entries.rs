//! Lists a folder and everything below it. Links are not followed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::FolderError;

/// The type of an entry in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    /// A socket or a device.
    Other,
}

/// Returns everything below a folder, by relative path. Returns nothing if the folder doesn't
/// exist.
pub(super) fn list(folder: &Path) -> Result<BTreeMap<PathBuf, Kind>, FolderError> {
    let mut found = BTreeMap::new();
    let mut open = vec![PathBuf::new()];
    while let Some(name) = open.pop() {
        let path = folder.join(&name);
        let fail = |error| FolderError::io("list", &path, error);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(fail(error)),
        };
        for entry in entries {
            let entry = entry.map_err(fail)?;
            let name = name.join(entry.file_name());
            let kind = entry.file_type().map_err(fail)?;
            let kind = match () {
                () if kind.is_symlink() => Kind::Link,
                () if kind.is_dir() => Kind::Folder,
                () if kind.is_file() => Kind::File,
                () => Kind::Other,
            };
            if kind == Kind::Folder {
                open.push(name.clone());
            }
            found.insert(name, kind);
        }
    }
    Ok(found)
}

/// Returns whether a file begins with this text. Reads only as much of the file as necessary.
pub(super) fn begins_with(path: &Path, mark: &str) -> Result<bool, FolderError> {
    let fail = |error| FolderError::io("read", path, error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take(mark.len() as u64).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes == mark.as_bytes())
}
