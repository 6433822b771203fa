//! What is written to standard output, and how errors read.

use std::error::Error;
use std::io::{self, Write};

use mileston_sandbox::text;

/// Writes all of it, now. Its lines stay, and all else in it that a terminal would obey is written out.
pub(super) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text::lines(text).as_bytes()).and_then(|()| stdout.flush());
    Ok(written.map_err(|error| format!("cannot write to standard output: {error}"))?)
}

/// An error and why it came to it, in one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
