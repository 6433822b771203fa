//! Handles a missing tool: skips the test with a message, or fails if no test may be skipped.

use std::fmt;
use std::io::Write as _;

/// A tool or its packages aren't available on this machine. The message says what is missing and
/// how to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// Prints that a test was skipped, and why.
///
/// # Errors
///
/// Returns an error that says what is missing if `CI` or `MILESTON_REQUIRE_ALL` is set, because
/// then no test may be skipped.
pub fn skip(test: &str, missing: &Missing) -> Result<(), String> {
    say(&decide(test, missing, is_set("CI") || is_set("MILESTON_REQUIRE_ALL"))?);
    Ok(())
}

fn decide(test: &str, Missing(why): &Missing, required: bool) -> Result<String, String> {
    if required {
        return Err(format!(
            "{test}: {why} (no test may be skipped, because CI or MILESTON_REQUIRE_ALL is set)"
        ));
    }
    Ok(format!("SKIPPED: {test}: {why}"))
}

/// Writes a line to standard error, bypassing the test harness, which hides the output of a passing
/// test.
pub fn say(line: &str) {
    // If standard error is closed, the failure can't be reported.
    drop(writeln!(std::io::stderr(), "{line}"));
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable)
        .is_some_and(|value| !value.is_empty() && value != "0" && value != "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_test_fails_if_no_test_may_be_skipped() {
        let missing = Missing("no `tool`".to_owned());
        let said = decide("a test", &missing, true).unwrap_err();
        assert!(said.starts_with("a test: no `tool`"), "{said}");
    }

    #[test]
    fn a_skipped_test_otherwise_passes() {
        let said = decide("a test", &Missing("no `tool`".to_owned()), false);
        assert_eq!(said.as_deref(), Ok("SKIPPED: a test: no `tool`"));
    }
}
