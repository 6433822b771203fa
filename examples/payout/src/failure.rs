//! Why the money wasn't sent, or isn't known to have arrived, and with which exit code the program ends.

use std::fmt;
use std::process::ExitCode;

use mileston_api::keys::KeyError;

/// Each kind has its own exit code, so that a shell script can react to it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 1: the platform refused it or can't be reached. No money was sent.
    NotSent(String),
    /// 2: the arguments, the file or the environment are wrong. No money was sent.
    Usage(String),
    /// 3: the platform accepted it, but it isn't completed yet.
    Pending(String),
    /// 4: the money may have been sent. A person has to check.
    Unknown(String),
    /// 5: the platform says that it failed or was cancelled.
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

/// A variable is missing or isn't a key. The error names the variable and doesn't contain the secret.
impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Failure::Usage(error.to_string())
    }
}
