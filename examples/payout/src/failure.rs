//! The reasons why the money wasn't sent, or may not have arrived, and their exit codes.

use std::fmt;
use std::process::ExitCode;

use mileston_api::keys::KeyError;

/// The reason why the program failed. Each kind has its own exit code, so that a shell script can
/// react to it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Exit code 1: the platform rejected the batch or can't be reached. No money was sent.
    NotSent(String),
    /// Exit code 2: an argument, the file or an environment variable is wrong. No money was sent.
    Usage(String),
    /// Exit code 3: the platform accepted the batch but hasn't completed it yet.
    Pending(String),
    /// Exit code 4: the money may have been sent. A person has to check.
    Unknown(String),
    /// Exit code 5: the platform says that the batch failed or was cancelled.
    NotCompleted(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::NotSent(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Pending(_) => 3,
            Failure::Unknown(_) => 4,
            Failure::NotCompleted(_) => 5,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotSent(text)
            | Failure::Usage(text)
            | Failure::Pending(text)
            | Failure::Unknown(text)
            | Failure::NotCompleted(text) => f.write_str(text),
        }
    }
}

/// Converts the error for a variable that is missing or isn't a key. The error names the variable and doesn't contain
/// the secret.
impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Failure::Usage(error.to_string())
    }
}
