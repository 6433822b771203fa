//! Why a command failed, and its exit code.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use super::output::with_causes;
use crate::text;

/// Why the command failed: a sentence to print.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The command line or an environment variable is invalid.
    Misused(String),
    /// The command failed while it ran.
    Failed(String),
}

/// The prefixes of keys and wallet secrets, in their exact case.
const KEYS: [&str; 3] = ["Mileston_TEST_", "Mileston_LIVE_", "sandboxwalletsecret"];

impl Failure {
    /// Returns what is wrong with the arguments. The user may have pasted a key as any of them.
    pub(super) fn of_arguments(error: &clap::Error) -> Self {
        let problem = error.render().to_string();
        let problem = text::redact(problem.strip_prefix("error: ").unwrap_or(&problem));
        Failure::Misused(problem.trim_end().to_owned())
    }

    /// Prints the error, and returns the exit code. If even that fails, only the exit code reports the error.
    pub(super) fn report(self) -> ExitCode {
        let (problem, code) = match self {
            // clap explains an error on several lines.
            Failure::Misused(problem) => (text::lines(&problem).into_owned(), 2),
            Failure::Failed(problem) => (text::plain(&safe(problem)).into_owned(), 1),
        };
        let _ = writeln!(io::stderr(), "mileston-sandbox: {problem}");
        ExitCode::from(code)
    }
}

/// Removes keys. A path can contain a key by mistake, but `mileston_shop.db` isn't a key, and a suggested command must
/// work.
fn safe(problem: String) -> String {
    if KEYS.iter().any(|key| problem.contains(key)) { text::redact(&problem) } else { problem }
}

impl From<Box<dyn Error>> for Failure {
    fn from(error: Box<dyn Error>) -> Self {
        Failure::Failed(with_causes(&*error))
    }
}
