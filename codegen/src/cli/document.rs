//! Reads the document from a file or standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::arguments::shown;
use super::failure::Failure;
use super::screen::brief;
use crate::document::MAX_BYTES;
use crate::{Diagnostic, Diagnostics, decode};

/// Returns the name of the document for messages: as typed, or `<stdin>` for standard input.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { shown(path) }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads the document. Returns an error if it has more than [`MAX_BYTES`] bytes.
///
/// Converts line endings to `\n`, so that the generated files don't depend on how git checked out
/// the document.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let name = name(path);
    let bytes =
        if is_stdin(path) { all(io::stdin().lock()) } else { File::open(path).and_then(all) };
    let bytes = bytes.map_err(|error| {
        let name = brief(&name, 400);
        Failure::Refused(format!("cannot read the document {name}: {error}"))
    })?;
    if bytes.len() > MAX_BYTES {
        let message = format!("the document has more than {MAX_BYTES} bytes");
        let mistake = Diagnostic::new("document-size", message)
            .help("split the document, or remove examples and operations that you don't need");
        return Err(Diagnostics::new(name, "", vec![mistake]).into());
    }
    let text = decode(&name, &bytes)?.replace("\r\n", "\n");
    Ok(text)
}

fn all(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
