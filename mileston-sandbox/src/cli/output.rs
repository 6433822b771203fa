//! Writes to standard output and formats errors.

use std::error::Error;
use std::io::{self, Write};

use mileston_sandbox::text;

/// Writes the text and flushes. Newlines stay; other control characters are escaped.
pub(super) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text::lines(text).as_bytes()).and_then(|()| stdout.flush());
    Ok(written.map_err(|error| format!("cannot write to standard output: {error}"))?)
}

/// Formats an error and its causes on one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
