//! Parses the text of a case: the edits that introduce the error, the expected output, and for each help message the
//! edits that apply it.
//!
//! ```text
//! base: generated
//!
//! -          required: true
//!
//! error[optional-path-parameter]: …
//!    = help: write `required: true`
//!
//! = write `required: true`
//!            in: path
//! +          required: true
//! ```
//!
//! * `base: generated` selects the base `tests/diagnostics/bases/generated.edit`, which contains edits
//!   to `tests/sound.yaml`. Without this line, the base is `tests/sound.yaml` itself.
//! * The module `edit` describes the format of the edits.
//! * The expected output starts at the first line that starts with `error`. The test writes this part.
//! * Each help message in the expected output is repeated, with `= ` before each line. The edits that apply it to the
//!   erroneous document come next. An `or` line separates the edits for different ways to apply the same message.

use super::edit::{Edit, Reader};

/// The contents of a case.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) base: Option<String>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) expected: String,
    pub(crate) fixes: Vec<Fix>,
    /// The parts of the file before and after the expected output.
    around: (String, String),
}

/// One way to apply a help message.
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

    /// Returns the text of the case, with its expected output replaced by `expected`.
    pub(crate) fn expecting(&self, expected: &str) -> String {
        let parts = [&self.around.0, expected.trim_end_matches('\n'), &self.around.1];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n") + "\n"
    }
}

/// Reads the part before the expected output.
fn head(lines: &[&str]) -> Result<(Option<String>, Vec<Edit>), String> {
    let base = lines.first().and_then(|line| line.strip_prefix("base: "));
    let mut edits = Reader::default();
    for (at, line) in lines.iter().enumerate().skip(usize::from(base.is_some())) {
        edits.line(at + 1, line)?;
    }
    Ok((base.map(str::to_owned), edits.finish()?))
}

/// Reads the part after the expected output. That part starts with a help message.
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

/// Returns a line of a help message without its `=`.
fn words(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('=')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}
