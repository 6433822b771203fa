//! Why the command didn't do what it was told.

use std::process::ExitCode;

use super::folder::FolderError;
use super::screen;
use crate::Diagnostics;

/// Why the command didn't do what it was told.
pub(super) enum Failure {
    /// The arguments or the settings file are wrong.
    Usage(String),
    /// Anything else, in words.
    Refused(String),
    /// The document can't be used; the first mistakes are shown.
    Document(Box<Diagnostics>),
    /// The document can't be used; all mistakes are shown.
    Explained(Box<Diagnostics>),
}

impl Failure {
    pub(super) fn panicked() -> Self {
        Failure::Refused(format!(
            "the generator failed unexpectedly. Please report it, with the document if you can: {}/issues",
            env!("CARGO_PKG_REPOSITORY")
        ))
    }

    /// Prints it and returns the exit code.
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

/// What the texts for people who call the library mean here.
const SETTINGS: &str = "\
note: settings are keys of the file that `--settings` names: `Settings::with_names([(\"a\", \"B\")])` is
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
