//! `cargo xtask codegen`: reads the document, asks `openapi-keys` for files, and writes or checks them.

mod constructors;
mod settings;

use std::path::Path;

use ::openapi_keys::cli::folder::{Change, Folder, Ownership, write};
use ::openapi_keys::cli::format::formatted;
pub use settings::settings;

use crate::Failure;

/// The document, from the root of the workspace.
pub const DOCUMENT: &str = "openapi/mileston.yaml";

/// The command that makes the files.
pub const COMMAND: &str = "cargo xtask codegen";

/// What to do with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write those that differ, remove those that nobody makes any more.
    Write,
    /// Write nothing; say what differs.
    Check,
}

/// Generates from the document of the workspace at `root`.
///
/// # Errors
///
/// The document has mistakes, a file cannot be read or written, `rustfmt` doesn't run, or, when checking, a file differs from what would be
/// written: the text names each file and the command to type.
pub fn codegen(root: &Path, mode: Mode) -> Result<String, Failure> {
    let path = root.join(DOCUMENT);
    let bytes =
        std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let text = ::openapi_keys::decode(DOCUMENT, &bytes)?;
    // The hash in the headers must not depend on how git has checked the document out.
    let text = text.replace("\r\n", "\n");
    let output = ::openapi_keys::generate(&text, &settings())?;
    let folders = [
        ("mileston-api/src/generated", &formatted(root, &output.client)?),
        ("mileston-sandbox/src/generated", &formatted(root, &output.server)?),
        ("docs/generated", &output.documentation),
    ];
    let mut changes = Vec::new();
    for (name, files) in folders {
        let folder = Folder::new(root, Path::new(name), Ownership::Whole);
        changes.extend(folder.compare(files)?);
    }
    let count: usize = folders.iter().map(|(_, files)| files.len()).sum();
    match mode {
        Mode::Write => {
            write(&changes)?;
            Ok(format!("{count} files from {DOCUMENT}, {} written or removed", changes.len()))
        }
        Mode::Check if changes.is_empty() => {
            Ok(format!("{count} files are as {DOCUMENT} has them"))
        }
        Mode::Check => Err(drift(&changes).into()),
    }
}

/// What differs, and what to do about it.
fn drift(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&change.to_string());
    }
    text.push_str(&format!(
        "{} of the generated files differ from what {DOCUMENT} gives.\nDon't edit them by hand: edit {DOCUMENT}, then run\n\n    \
         {COMMAND}\n",
        changes.len()
    ));
    text
}
