//! Writes to standard output and standard error.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};

use serde::Serialize;

use super::failure::Failure;
use super::identity::Identity;
use crate::text;

/// Writes the text and flushes. Keeps newlines, and escapes other control characters.
pub(super) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text::lines(text).as_bytes()).and_then(|()| stdout.flush()) {
        // The reader, such as `head`, has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => {
            Ok(written.map_err(|error| format!("cannot write to standard output: {error}"))?)
        }
    }
}

/// Converts an error from writing to standard output to a `Failure`.
pub(super) fn unwritable(error: io::Error) -> Failure {
    Failure::Failed(format!("cannot write to standard output: {error}"))
}

/// A result, and the sandbox that it comes from.
#[derive(Serialize)]
struct Done<'a, T> {
    #[serde(flatten)]
    what: &'a T,
    sandbox: &'a Identity,
}

/// Prints a result as JSON or as text. The JSON document also describes the sandbox. With text, the sandbox is
/// described on standard error, so that standard output contains only the result.
pub(super) fn report<T: Serialize + Display>(
    what: &T,
    sandbox: &Identity,
    json: bool,
) -> Result<(), Box<dyn Error>> {
    if json {
        return print(&(text::to_json(&Done { what, sandbox })? + "\n"));
    }
    name(sandbox);
    print(&format!("{what}\n"))
}

/// Describes the sandbox on standard error. If writing fails, the command continues anyway.
pub(super) fn name(sandbox: &Identity) {
    let line = format!("mileston-sandbox: {sandbox}");
    let _ = writeln!(io::stderr(), "{}", text::plain(&line));
}

/// Returns the lines, or a sentence if there are none.
pub(super) fn join(lines: impl Iterator<Item = String>, none: &str) -> String {
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
}
