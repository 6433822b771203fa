//! The reasons why the script ends without a payment, and their exit codes.

use std::fmt;
use std::process::ExitCode;

use mileston_api::keys::KeyError;
use mileston_api::{Error, Outcome};

/// The reason why the script failed. Each kind has its own exit code, so that a shell script can
/// react to it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Exit code 1: a call failed. If that call was the one that creates the invoice, no invoice was created.
    Failed(String),
    /// Exit code 2: an argument or an environment variable is wrong. Nothing was sent.
    Usage(String),
    /// Exit code 3: the invoice isn't paid yet.
    NotPaid(String),
    /// Exit code 4: the invoice may have been created. A person has to check before this script
    /// runs again.
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

    /// Converts an error from a call that creates something.
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
                write!(
                    f,
                    "{text}\nThe invoice may exist. Look for it before you create another one."
                )
            }
        }
    }
}

/// Converts the error for a variable that is missing or isn't a key. The error names the variable
/// and doesn't contain the key.
impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Failure::Usage(error.to_string())
    }
}
