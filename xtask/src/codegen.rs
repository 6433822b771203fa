//! The task `cargo xtask codegen`: reads the OpenAPI document, generates files with `openapi-keys`,
//! and writes or checks them.

mod constructors;
mod settings;

use std::path::Path;

use ::openapi_keys::cli::folder::{Change, Folder, Ownership, write};
use ::openapi_keys::cli::format::formatted;
pub use settings::settings;

use crate::Failure;

/// The path to the OpenAPI document, relative to the root of the workspace.
pub const DOCUMENT: &str = "openapi/mileston.yaml";

/// The command that generates the files.
pub const COMMAND: &str = "cargo xtask codegen";

/// What to do with the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write the files that differ, and remove those that are no longer generated.
    Write,
    /// Write nothing, and report differences.
    Check,
}

/// Generates the files from the OpenAPI document in the workspace at `root`.
///
/// # Errors
///
/// Returns an error if the document has mistakes, a file can't be read or written, or `rustfmt` doesn't run. In
/// [`Mode::Check`], also returns an error if a file differs from what would be written; the message names each file and
/// the command to run.
pub fn codegen(root: &Path, mode: Mode) -> Result<String, Failure> {
    let path = root.join(DOCUMENT);
    let bytes =
        std::fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let text = ::openapi_keys::decode(DOCUMENT, &bytes)?;
    // The hash in the headers must not depend on the line endings of the checkout.
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
        Mode::Check if changes.is_empty() => Ok(format!("{count} files match {DOCUMENT}")),
        Mode::Check => Err(drift(&changes).into()),
    }
}

/// Returns the message that says what differs and how to fix it.
fn drift(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        text.push_str(&change.to_string());
    }
    let (differ, them) = match changes.len() {
        1 => ("1 generated file differs".to_owned(), "it"),
        count => (format!("{count} generated files differ"), "them"),
    };
    text.push_str(&format!(
        "{differ} from the output for {DOCUMENT}.\nDon't edit {them} manually: edit {DOCUMENT}, then run\n\n    \
         {COMMAND}\n"
    ));
    text
}
