//! Why a store can't be used.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use mileston_keys::write_report;
use rusqlite::ErrorCode;

use crate::runtime::Refusal;
use crate::text::{plain, word};

/// A store can't be used. Its text says which file, why, and what to do.
pub struct StoreError {
    kind: StoreErrorKind,
    path: PathBuf,
    source: Option<io::Error>,
}

/// Why a store can't be used, to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// Another sandbox, or a command on its keys, works on the file.
    InUse,
    /// A newer version made the file, or changed it.
    Newer {
        /// The version of its form.
        found: usize,
        /// The newest that this version knows.
        known: usize,
    },
    /// There is no such file.
    Missing,
    /// The name doesn't name a file, such as `:memory:` or a URI.
    Name,
    /// Other users can read or write the file, which holds the wallet secret.
    OpenToOthers {
        /// Its permissions.
        mode: u32,
    },
    /// Every user can replace the files in this folder.
    OpenFolder,
    /// The file belongs to another user.
    OtherOwner,
    /// The file can't be written.
    ReadOnly,
    /// The file holds something else.
    NotAStore,
    /// The file was a store, and is damaged.
    Damaged,
    /// The operating system or SQLite refused to open, read or write it.
    Failed,
    /// The file was made with another seed, or without one.
    Seed,
    /// The clock of the sandbox can't go there.
    Clock,
    /// The file has no such key, or the key can't be changed in this way.
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
        StoreError { kind: StoreErrorKind::Failed, path: path.to_owned(), source: Some(error) }
    }

    pub(super) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => StoreErrorKind::NotAStore,
            Some(ErrorCode::DatabaseCorrupt) => StoreErrorKind::Damaged,
            Some(ErrorCode::ReadOnly) => StoreErrorKind::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreErrorKind::InUse,
            _ => StoreErrorKind::Failed,
        };
        // Where the kind says it all, SQLite's own words only make the sentence longer.
        let source = match kind {
            StoreErrorKind::Failed => Some(io::Error::other(error)),
            _ => None,
        };
        StoreError { kind, path: path.to_owned(), source }
    }

    /// The store refused what was asked of it.
    pub(crate) fn refused(path: &Path, refusal: &Refusal) -> Self {
        let failed = refusal.status().is_server_error();
        let kind = if failed { StoreErrorKind::Failed } else { StoreErrorKind::Key };
        let source = Some(io::Error::other(refusal.to_string()));
        StoreError { kind, path: path.to_owned(), source }
    }

    /// The clock could not be moved.
    pub(crate) fn clock(path: &Path, refusal: &Refusal) -> Self {
        let error = StoreError::refused(path, refusal);
        match error.kind {
            StoreErrorKind::Key => StoreError { kind: StoreErrorKind::Clock, ..error },
            _ => error,
        }
    }

    /// Why, to branch on.
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
                "the store {path} is in use: a sandbox runs on it, or another command works on \
                 it; stop that first, or name another file"
            ),
            StoreErrorKind::Newer { found, known } => write!(
                f,
                "the store {path} has version {found}, and this mileston-sandbox knows versions \
                 up to {known}: use the newer mileston-sandbox, or name another file"
            ),
            StoreErrorKind::Missing => write!(
                f,
                "there is no store {path}: `mileston-sandbox serve --store` makes one, or name \
                 another file"
            ),
            StoreErrorKind::Name => write!(
                f,
                "`{path}` doesn't name a file: give the path of one (with `./` in front if that really is its name), or \
                 leave the store out to keep data in memory"
            ),
            StoreErrorKind::OpenToOthers { mode } => write!(
                f,
                "other users can read or write {path} (its mode is {mode:04o}), and a store holds the wallet secret: run \
                 `chmod 600 {quoted}`; if somebody may have read it, also roll the wallet secret"
            ),
            StoreErrorKind::OpenFolder => write!(
                f,
                "every user can replace the files in the folder {path}, and a store holds the wallet secret: run \
                 `chmod o-w {quoted}`, or name a file in another folder"
            ),
            StoreErrorKind::OtherOwner => write!(
                f,
                "{path} belongs to another user, who can read it, and a store holds the wallet secret: copy it, or name \
                 another file"
            ),
            StoreErrorKind::ReadOnly => write!(
                f,
                "{path} can't be written: run `chmod 600 {quoted}`, see whether its folder and its disk can be written, or \
                 name another file"
            ),
            StoreErrorKind::NotAStore => write!(
                f,
                "{path} is not a store of mileston-sandbox, and was left as it is: name another \
                 file; one that doesn't exist is created"
            ),
            StoreErrorKind::Damaged => write!(
                f,
                "the store {path} is damaged: replace it with a backup, or name another file"
            ),
            StoreErrorKind::Seed => write!(
                f,
                "the store {path} was made with another seed, or without one, and keeps to that: \
                 leave the seed out, or name another file"
            ),
            StoreErrorKind::Failed => write!(f, "cannot use the store {path}"),
            StoreErrorKind::Clock => f.write_str("the clock of the sandbox was not moved"),
            StoreErrorKind::Key => write!(f, "the store {path} was not changed"),
        }
    }
}

/// The sentence, then its causes. With `{:#?}` the fields.
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

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
