//! The store file: allowed names, and protection from other users.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::error::{StoreError, StoreErrorKind};

/// The maximum number of consecutive links to follow, the same as on Linux.
const LINKS: usize = 40;

/// Rejects a name that SQLite, a database driver or a command-line tool wouldn't treat as a file name: `:memory:`, a
/// URI, `-`, or an empty name. With `./` in front, `:memory:`, `-` and `file:x` are accepted.
pub(crate) fn expect_name(path: &Path) -> Result<(), StoreError> {
    let name = path.to_string_lossy().trim().to_lowercase();
    let is_uri = name.starts_with("file:") || name.starts_with("sqlite:") || name.contains("://");
    let is_special = matches!(name.as_str(), "" | "-" | ":memory:" | "memory:" | ":memory");
    if is_uri || is_special {
        return Err(StoreError::new(StoreErrorKind::Name, path));
    }
    Ok(())
}

/// Returns the canonical name of the file, so that the file has the same lock under all of its names.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    if let Ok(path) = fs::canonicalize(path) {
        return Ok(path);
    }
    let path = &followed(path)?;
    let Some(name) = path.file_name().filter(|_| !names_a_folder(path)) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this names a folder, not a file"));
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(fs::canonicalize(folder.unwrap_or(Path::new(".")))?.join(name))
}

/// Returns whether the name ends in a slash, or in a slash and a dot. `file_name` would drop this ending.
fn names_a_folder(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let name = name.strip_suffix('.').unwrap_or(&name);
    name.is_empty() || name.ends_with(std::path::is_separator)
}

/// Follows links, even to a file that doesn't exist yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(target) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "its symbolic links form a loop, or there are too many of them",
    ))
}

/// Returns the path of a file that belongs to the store, such as `FILE.lock` or `FILE-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

/// Creates the file and its lock if they don't exist. No other user may read or write them, regardless of the umask.
pub(super) fn create(path: &Path, lock_file: &Path) -> Result<(), StoreError> {
    for file in [path, lock_file] {
        let made = match options().create_new(true).open(file) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            made => made.and_then(|made| unix::close_to_others(&made)),
        };
        made.map_err(|error| StoreError::io(file, error))?;
    }
    Ok(())
}

fn options() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    unix::make_private(&mut options);
    options
}

pub(super) use unix::expect_private;

#[cfg(unix)]
mod unix {
    use std::fs::{self, File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
    use std::path::Path;

    use super::super::error::{StoreError, StoreErrorKind};
    use super::beside;

    const OTHERS: u32 = 0o077;
    const OTHERS_WRITE: u32 = 0o002;
    const OWNER_WRITES: u32 = 0o200;
    const STICKY: u32 = 0o1000;

    pub(super) fn make_private(options: &mut OpenOptions) {
        options.mode(0o600);
    }

    pub(super) fn close_to_others(file: &File) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(0o600))
    }

    /// Rejects a store that another user owns, can read or can write, or that every user can replace, because the store
    /// contains the wallet secret. An empty file, such as the lock, is made private instead.
    pub(in crate::store) fn expect_private(
        path: &Path,
        lock_file: &Path,
    ) -> Result<(), StoreError> {
        if let Some(folder) = path.parent() {
            let found = fs::metadata(folder).map_err(|error| StoreError::io(path, error))?;
            if found.mode() & OTHERS_WRITE != 0 && found.mode() & STICKY == 0 {
                return Err(StoreError::new(StoreErrorKind::OpenFolder, folder));
            }
        }
        let others = ["-wal", "-shm", "-journal"].map(|suffix| beside(path, suffix));
        for file in [path, lock_file].into_iter().chain(others.iter().map(AsRef::as_ref)) {
            // This doesn't follow links, because someone else may have created a link next to the store. Links in the
            // store's own path were already resolved.
            match fs::symlink_metadata(file) {
                Ok(found) => judge(file, &found)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::io(file, error)),
            }
        }
        Ok(())
    }

    fn judge(file: &Path, found: &Metadata) -> Result<(), StoreError> {
        let refused = |kind| Err(StoreError::new(kind, file));
        if found.uid() != rustix::process::geteuid().as_raw() {
            return refused(StoreErrorKind::OtherOwner);
        }
        if !found.is_file() {
            return refused(StoreErrorKind::NotAStore);
        }
        let mode = found.mode() & 0o777;
        if mode & OWNER_WRITES == 0 {
            return refused(StoreErrorKind::ReadOnly);
        }
        if mode & OTHERS == 0 {
            return Ok(());
        }
        if found.len() > 0 {
            return refused(StoreErrorKind::OpenToOthers { mode });
        }
        let closed = fs::set_permissions(file, Permissions::from_mode(0o600));
        closed.map_err(|error| StoreError::io(file, error))
    }
}

/// Does nothing: on other systems the folder's permissions decide.
#[cfg(not(unix))]
mod unix {
    use std::fs::{File, OpenOptions};
    use std::io;
    use std::path::Path;

    use super::super::error::StoreError;

    pub(super) fn make_private(_: &mut OpenOptions) {}

    pub(super) fn close_to_others(_: &File) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::store) fn expect_private(_: &Path, _: &Path) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_means_something_else_is_refused() {
        for name in [
            "",
            " ",
            "-",
            ":memory:",
            ":MEMORY:",
            "file:shop.db",
            "file::memory:?cache=shared",
            "FILE:///tmp/shop.db",
            "sqlite::memory:",
            "sqlite://shop.db",
            "https://shop.example/a",
        ] {
            let error = expect_name(Path::new(name)).unwrap_err();
            assert_eq!(error.kind(), StoreErrorKind::Name, "{name}");
        }
        for name in
            ["shop.db", "./:memory:", "./-", "./file:x?mode=memory", "-a", "files/a:b", "c:/a"]
        {
            assert!(expect_name(Path::new(name)).is_ok(), "{name}");
        }
    }
}
