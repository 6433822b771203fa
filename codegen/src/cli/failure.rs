//! Describes why the command failed.

use std::process::ExitCode;

use super::folder::FolderError;
use super::screen;
use crate::Diagnostics;

/// Why the command failed.
pub(super) enum Failure {
    /// The arguments or the settings file are invalid.
    Usage(String),
    /// Any other failure, with an explanation.
    Refused(String),
    /// The document can't be used; the first errors are shown.
    Document(Box<Diagnostics>),
    /// The document can't be used; all errors are shown.
    Explained(Box<Diagnostics>),
}

impl Failure {
    pub(super) fn panicked() -> Self {
        Failure::Refused(format!(
            "the generator failed unexpectedly. Please report this, with the document if you can: {}/issues",
            env!("CARGO_PKG_REPOSITORY")
        ))
    }

    /// Prints the failure and returns the exit code.
    pub(super) fn report(&self) -> ExitCode {
        match self {
            Failure::Usage(text) => {
                screen::complain(&format!("{} {text}\n", screen::error("error:")));
                ExitCode::from(2)
            }
            Failure::Refused(text) => {
                screen::complain(&format!("{} {text}\n", screen::error("error:")));
                ExitCode::FAILURE
            }
            Failure::Document(mistakes) => unusable(&mistakes.to_screen()),
            Failure::Explained(mistakes) => unusable(&mistakes.to_explanation()),
        }
    }
}

fn unusable(text: &str) -> ExitCode {
    screen::complain(text);
    if text.contains("`Settings::") {
        screen::complain(SETTINGS);
    }
    ExitCode::FAILURE
}

/// Explains how to apply help messages that name methods of `Settings`.
const SETTINGS: &str = "\
note: write settings as keys in the settings file (`--settings`): `Settings::with_names([(\"a\", \"B\")])` becomes
      [names]
      a = \"B\"
";

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Failure::Refused(error.to_string())
    }
}

impl From<Diagnostics> for Failure {
    fn from(mistakes: Diagnostics) -> Self {
        Failure::Document(Box::new(mistakes))
    }
}
