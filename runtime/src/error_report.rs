//! Formats an error for `{:?}`, which is what `main() -> Result<(), Box<dyn Error>>` and `unwrap` print.

use std::error::Error;
use std::fmt::{self, Write as _};

/// Writes the error's message, then its causes under `Caused by:`.
///
/// Skips a cause whose message is already part of the text.
pub(crate) fn write_report(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut said = error.to_string();
    f.write_str(&said)?;
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if !said.contains(&text) {
            writeln!(said, "\n{text}")?;
            causes.push(text);
        }
        source = cause.source();
    }
    if causes.is_empty() {
        return Ok(());
    }
    f.write_str("\n\nCaused by:")?;
    for (at, text) in causes.iter().enumerate() {
        let number = if causes.len() > 1 { format!("{at}: ") } else { String::new() };
        let indent = " ".repeat(4 + number.len());
        write!(f, "\n    {number}{}", text.replace('\n', &format!("\n{indent}")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Chain(&'static str, Option<Box<Chain>>);

    impl fmt::Display for Chain {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl fmt::Debug for Chain {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_report(self, f)
        }
    }

    impl Error for Chain {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref().map(|cause| cause as _)
        }
    }

    #[track_caller]
    fn check(sentences: &[&'static str], expected: &str) {
        let chain = sentences
            .iter()
            .rev()
            .fold(None, |cause, sentence| Some(Box::new(Chain(sentence, cause))))
            .unwrap();
        assert_eq!(format!("{chain:?}"), expected);
    }

    #[test]
    fn the_message_comes_first_and_then_its_causes() {
        check(&["no connection"], "no connection");
        check(&["no connection", "refused"], "no connection\n\nCaused by:\n    refused");
        check(
            &["no connection", "connecting\nfailed", "refused"],
            "no connection\n\nCaused by:\n    0: connecting\n       failed\n    1: refused",
        );
    }

    #[test]
    fn a_cause_that_is_already_quoted_is_not_repeated() {
        check(&["the call failed: refused", "refused"], "the call failed: refused");
        check(
            &["the call failed: refused", "refused", "os error 111"],
            "the call failed: refused\n\nCaused by:\n    os error 111",
        );
    }
}
