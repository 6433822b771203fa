//! Records in `FILE.sent` what happened to the payments in `FILE`, so that they aren't sent twice.
//! The program has to prevent this, because the platform doesn't support idempotency keys.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The path of `FILE.sent`. While that file exists, the payments in `FILE` aren't sent.
pub(crate) struct Journal(PathBuf);

impl Journal {
    /// Creates the journal before anything is sent. If two programs try this at the same time, only one succeeds,
    /// because creating the journal fails if it already exists.
    pub(crate) fn open(file: &Path) -> Result<Self, Failure> {
        let mut path = file.as_os_str().to_owned();
        path.push(".sent");
        let path = PathBuf::from(path);
        let name = path.display();
        let created = OpenOptions::new().write(true).create_new(true).open(&path);
        let mut journal = created.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::Usage(format!(
                "{name} exists, so the payments may already have been sent. Read that file, and remove it \
                 only if you are certain that they weren't sent"
            )),
            _ => Failure::Usage(format!("{name}: {error}")),
        })?;
        // Write the line to the disk, so that the payments aren't sent twice even after a power
        // cut.
        let written = journal.write_all(b"sending\n").and_then(|()| journal.sync_all());
        written.map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
        Ok(Journal(path))
    }

    /// Adds a line. If that fails, prints the line instead of returning an error, because the call was already sent.
    pub(crate) fn note(&self, text: &str) {
        let opened = OpenOptions::new().append(true).open(&self.0);
        if let Err(error) = opened.and_then(|mut file| writeln!(file, "{text}")) {
            eprintln!("{}: {error}: {text}", self.0.display());
        }
    }

    /// Removes the journal after a call that definitely sent nothing.
    pub(crate) fn discard(&self) {
        if let Err(error) = fs::remove_file(&self.0) {
            eprintln!("nothing was sent, but {} can't be removed: {error}", self.0.display());
        }
    }
}
