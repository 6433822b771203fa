//! Handles a missing tool: skips the test and prints that, or fails if nothing may be skipped.

use std::fmt;
use std::io::Write as _;

/// A tool or its packages aren't available here. The message says what is missing and how to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// Prints that a test was skipped. If `CI` or `MILESTON_REQUIRE_ALL` is set, nothing may be skipped, so this fails.
///
/// # Errors
///
/// Returns an error with the same message if nothing may be skipped.
pub fn skip(test: &str, missing: &Missing) -> Result<(), String> {
    say(&decide(test, missing, is_set("CI") || is_set("MILESTON_REQUIRE_ALL"))?);
    Ok(())
}

fn decide(test: &str, Missing(why): &Missing, required: bool) -> Result<String, String> {
    if required {
        return Err(format!(
            "{test}: {why} (nothing may be skipped: CI or MILESTON_REQUIRE_ALL is set)"
        ));
    }
    Ok(format!("SKIPPED: {test}: {why}"))
}

/// Writes a line to the standard error, bypassing the test harness, which hides what a passing test prints.
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
    fn a_skip_is_a_failure_if_nothing_may_be_skipped() {
        let missing = Missing("no `tool`".to_owned());
        let said = decide("a test", &missing, true).unwrap_err();
        assert!(said.starts_with("a test: no `tool`"), "{said}");
    }

    #[test]
    fn a_skip_is_otherwise_not_a_failure() {
        let said = decide("a test", &Missing("no `tool`".to_owned()), false);
        assert_eq!(said.as_deref(), Ok("SKIPPED: a test: no `tool`"));
    }
}
