//! Describes why a folder can't be compared or written.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::diagnostic::plain_line;

/// Why a folder can't be compared or written.
#[non_exhaustive]
pub enum FolderError {
    /// There is a symbolic link where a file or folder is expected.
    Link(PathBuf),
    /// Files that aren't generated exist where generated files must be written.
    Foreign(Vec<PathBuf>),
    /// The operating system reported an error.
    Io {
        /// The action that failed, e.g. "write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's error.
        error: io::Error,
    },
}

/// How many files a message lists.
const MAX_NAMED: usize = 10;

impl FolderError {
    pub(super) fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        FolderError::Io { action, path: path.to_owned(), error }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| plain_line(&path.display().to_string());
        match self {
            FolderError::Link(path) => {
                let message = "is a symbolic link: remove it; generated files are written only to real folders";
                write!(f, "{} {message}", shown(path))
            }
            FolderError::Foreign(paths) => {
                for path in paths.iter().take(MAX_NAMED) {
                    writeln!(
                        f,
                        "{} isn't a generated file, but a generated file has to be written there",
                        shown(path)
                    )?;
                }
                if paths.len() > MAX_NAMED {
                    writeln!(f, "and {} more", paths.len() - MAX_NAMED)?;
                }
                write!(
                    f,
                    "Move hand-written files away, or choose a different folder. Nothing was written."
                )
            }
            FolderError::Io { action, path, error } => {
                write!(f, "cannot {action} {}: {error}", shown(path))
            }
        }
    }
}

/// Does the same as `Display`, so `unwrap` and `main` show the message. `{:#?}` shows the fields.
impl fmt::Debug for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        match self {
            FolderError::Link(path) => f.debug_tuple("Link").field(path).finish(),
            FolderError::Foreign(paths) => f.debug_tuple("Foreign").field(paths).finish(),
            FolderError::Io { action, path, error } => f
                .debug_struct("Io")
                .field("action", action)
                .field("path", path)
                .field("error", error)
                .finish(),
        }
    }
}

impl std::error::Error for FolderError {}
