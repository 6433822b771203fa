//! Why the script ended without a payment, and with which exit code.

use std::fmt;
use std::process::ExitCode;

use mileston_api::keys::KeyError;
use mileston_api::{Error, Outcome};

/// Each kind has its own exit code, so that a shell script can react to it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 1: a call failed. If it was the creation, no invoice was created.
    Failed(String),
    /// 2: the arguments or the environment are wrong. Nothing was sent.
    Usage(String),
    /// 3: it isn't paid yet.
    NotPaid(String),
    /// 4: the invoice may have been created. A person has to check before this is run again.
    Unknown(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Failed(_) => 1,
            Failure::Usage(_) => 2,
            Failure::NotPaid(_) => 3,
            Failure::Unknown(_) => 4,
        })
    }

    /// Returns the failure of a call that creates something.
    pub(crate) fn of_write(error: &Error) -> Self {
        match error.outcome() {
            Outcome::NotSent | Outcome::Refused => Failure::Failed(error.to_string()),
            _ => Failure::Unknown(error.to_string()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Failed(text) | Failure::Usage(text) | Failure::NotPaid(text) => {
                f.write_str(text)
            }
            Failure::Unknown(text) => {
                write!(f, "{text}\nThe invoice may exist. Look for it before you create another.")
            }
        }
    }
}

/// A variable is missing or isn't a key. The error names the variable and doesn't contain the key.
impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Failure::Usage(error.to_string())
    }
}
