//! The error for a store that can't be used.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use mileston_keys::write_report;
use rusqlite::ErrorCode;

use super::rejection::Rejection;
use crate::text::{plain, word};

/// A store can't be used. The message says why and, where possible, how to fix that.
pub struct StoreError {
    kind: StoreErrorKind,
    path: PathBuf,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Why a store can't be used. A program can match on this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// Another sandbox, or a `keys` command, is using the file.
    InUse,
    /// A newer version of mileston-sandbox created or changed the file.
    Newer {
        /// The version of the file's schema.
        found: usize,
        /// The newest schema that this version supports.
        known: usize,
    },
    /// A development version created the file, before the first release. The file can't be converted.
    Older {
        /// The version of the file's schema.
        found: usize,
    },
    /// The file doesn't exist.
    Missing,
    /// The name means something other than a file: for example `:memory:` or a URI.
    Name,
    /// Other users can read or write the file, which contains the wallet secret.
    OpenToOthers {
        /// The file's permissions.
        mode: u32,
    },
    /// Every user can replace files in the store's folder.
    OpenFolder,
    /// The file belongs to another user.
    OtherOwner,
    /// The file can't be written.
    ReadOnly,
    /// The file isn't a store.
    NotAStore,
    /// The file is a damaged store.
    Damaged,
    /// The operating system or SQLite could not open, read or write the file.
    Failed,
    /// The file was created with a different seed, or without one.
    Seed,
    /// The sandbox's clock can't be moved to the requested time.
    Clock,
    /// The file doesn't contain this key or business, or the key can't be changed in this way.
    Key,
}

impl StoreError {
    pub(super) fn new(kind: StoreErrorKind, path: &Path) -> Self {
        StoreError { kind, path: path.to_owned(), source: None }
    }

    pub(crate) fn missing(path: &Path) -> Self {
        StoreError::new(StoreErrorKind::Missing, path)
    }

    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        StoreError::caused(StoreErrorKind::Failed, path, error)
    }

    fn caused(
        kind: StoreErrorKind,
        path: &Path,
        cause: impl Error + Send + Sync + 'static,
    ) -> Self {
        StoreError { source: Some(Box::new(cause)), ..StoreError::new(kind, path) }
    }

    pub(super) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreErrorKind::NotAStore,
            Some(ErrorCode::DatabaseCorrupt) => StoreErrorKind::Damaged,
            Some(ErrorCode::ReadOnly) => StoreErrorKind::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreErrorKind::InUse,
            _ => StoreErrorKind::Failed,
        };
        // If the kind already explains the error, SQLite's message would only make the sentence longer.
        match kind {
            StoreErrorKind::Failed => StoreError::caused(kind, path, error),
            _ => StoreError::new(kind, path),
        }
    }

    /// Creates the error for a request that the store rejected.
    pub(crate) fn rejected(path: &Path, rejection: Rejection) -> Self {
        let kind = match rejection {
            Rejection::Failed(_) => StoreErrorKind::Failed,
            Rejection::ClockBackwards | Rejection::ClockBeyond(_) => StoreErrorKind::Clock,
            _ => StoreErrorKind::Key,
        };
        StoreError::caused(kind, path, rejection)
    }

    /// Returns the kind of error, which a program can match on.
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        let path = plain(&path);
        let quoted = word(self.path.as_os_str().as_encoded_bytes());
        match self.kind {
            StoreErrorKind::InUse => write!(
                f,
                "the store {path} is in use by a sandbox or another command: stop that first, or use \
                 another file"
            ),
            StoreErrorKind::Newer { found, known } => write!(
                f,
                "the store {path} has version {found}, but this mileston-sandbox supports versions up to {known}: \
                 update mileston-sandbox, or use another file"
            ),
            StoreErrorKind::Older { found } => write!(
                f,
                "the store {path} has version {found}, from before the first release, and can't be converted: delete \
                 it with `rm {quoted}` to start with an empty one, or use another file"
            ),
            StoreErrorKind::Missing => write!(
                f,
                "the store {path} doesn't exist: create it with `mileston-sandbox serve --store`, or use \
                 another file"
            ),
            StoreErrorKind::Name => write!(
                f,
                "`{path}` isn't a file name: give the path of a file (with `./` in front if that really is its name), \
                 or omit the store to keep data in memory"
            ),
            StoreErrorKind::OpenToOthers { mode } => write!(
                f,
                "other users can read or write {path} (its mode is {mode:04o}), and a store contains the wallet \
                 secret: run `chmod 600 {quoted}`; if someone may have read it, also roll the wallet secret"
            ),
            StoreErrorKind::OpenFolder => write!(
                f,
                "every user can replace the files in the folder {path}, and a store contains the wallet secret: run \
                 `chmod o-w {quoted}`, or use a file in another folder"
            ),
            StoreErrorKind::OtherOwner => write!(
                f,
                "{path} belongs to another user, who can read it, and a store contains the wallet secret: copy the \
                 file, or use a different one"
            ),
            StoreErrorKind::ReadOnly => write!(
                f,
                "{path} can't be written: run `chmod 600 {quoted}`, check that its folder and its disk are writable, \
                 or use another file"
            ),
            StoreErrorKind::NotAStore => write!(
                f,
                "{path} is not a mileston-sandbox store, and was left unchanged: use another file (if it doesn't \
                 exist, it is created)"
            ),
            StoreErrorKind::Damaged => write!(
                f,
                "the store {path} is damaged: replace it with a backup, or use another file"
            ),
            StoreErrorKind::Seed => write!(
                f,
                "the store {path} was created with a different seed or without a seed, and its seed can't be changed: \
                 omit the seed, or use another file"
            ),
            StoreErrorKind::Failed => write!(f, "cannot use the store {path}"),
            StoreErrorKind::Clock => f.write_str("the sandbox's clock was not moved"),
            StoreErrorKind::Key => write!(f, "the store {path} was not changed"),
        }
    }
}

/// Prints the message and its causes, or the fields with `{:#?}`.
impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f
                .debug_struct("StoreError")
                .field("kind", &self.kind)
                .field("path", &self.path)
                .field("source", &self.source)
                .finish(),
            false => write_report(self, f),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
