//! The text of a case: edits, what is said about the document that they make, and how each help is followed.
//!
//! ```text
//! base: generated
//!
//!            in: path
//! -          required: true
//!
//! error[parameter-optional]: …
//!   = help: write `required: true`
//!
//! = write `required: true`
//!            in: path
//! +          required: true
//! ```
//!
//! The first line, which may be missing, names another base than the sound document. The expected text starts at the
//! first line with `error` and is written by the test. A help is repeated line by line after `=`, and followed by edits
//! of the document with the mistake. A line `or` starts another way to follow the same help.

use super::edit::{Edit, Reader};

/// A case as it is written.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) base: Option<String>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) expected: String,
    pub(crate) fixes: Vec<Fix>,
    /// The parts before and after the expected text, as they are in the file.
    around: (String, String),
}

/// One way to follow a help.
#[derive(Debug)]
pub(crate) struct Fix {
    pub(crate) help: String,
    pub(crate) edits: Vec<Edit>,
}

impl Text {
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let lines: Vec<&str> = text.lines().collect();
        let position = |from: usize, start: &str| {
            let found = lines[from..].iter().position(|line| line.starts_with(start));
            found.map(|at| from + at)
        };
        let help = |from| position(from, "=").unwrap_or(lines.len());
        let (said, fixes) = match position(0, "error") {
            Some(said) if said < help(0) => (said, help(said)),
            _ => (help(0), help(0)),
        };
        let (base, edits) = head(&lines[..said])?;
        let part = |lines: &[&str]| lines.join("\n").trim_end_matches('\n').to_owned();
        let mut expected = part(&lines[said..fixes]);
        if !expected.is_empty() {
            expected.push('\n');
        }
        let around = (part(&lines[..said]), part(&lines[fixes..]));
        Ok(Self { base, edits, expected, fixes: self::fixes(&lines[fixes..], fixes)?, around })
    }

    /// The case with another expected text.
    pub(crate) fn expecting(&self, expected: &str) -> String {
        let parts = [&self.around.0, expected.trim_end_matches('\n'), &self.around.1];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n") + "\n"
    }
}

fn head(lines: &[&str]) -> Result<(Option<String>, Vec<Edit>), String> {
    let base = lines.first().and_then(|line| line.strip_prefix("base: "));
    let mut edits = Reader::default();
    for (at, line) in lines.iter().enumerate().skip(usize::from(base.is_some())) {
        edits.line(at + 1, line)?;
    }
    Ok((base.map(str::to_owned), edits.finish()?))
}

/// The lines start with a help.
fn fixes(lines: &[&str], before: usize) -> Result<Vec<Fix>, String> {
    let mut fixes = Vec::new();
    let mut lines = lines.iter().enumerate().map(|(at, line)| (before + at + 1, *line)).peekable();
    while let Some((_, first)) = lines.next() {
        let mut help = words(first).unwrap_or(first).to_owned();
        while let Some(more) = lines.peek().and_then(|(_, line)| words(line)) {
            help.push('\n');
            help.push_str(more);
            lines.next();
        }
        loop {
            let mut edits = Reader::default();
            while let Some((number, line)) =
                lines.next_if(|(_, line)| *line != "or" && !line.starts_with('='))
            {
                edits.line(number, line)?;
            }
            fixes.push(Fix { help: help.clone(), edits: edits.finish()? });
            if lines.next_if(|(_, line)| *line == "or").is_none() {
                break;
            }
        }
    }
    Ok(fixes)
}

/// What a line says after its `=`.
fn words(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('=')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}
