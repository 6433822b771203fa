//! Collects all mistakes in a request's values, so that the client sees all of them at once.

use mileston_api::types;
use mileston_keys::ModeName;

use crate::environment::environment;
use crate::runtime::Refusal;

/// The mistakes found so far. Each is a sentence that begins with the field's name.
#[derive(Default)]
pub(crate) struct Mistakes(Vec<String>);

impl Mistakes {
    /// Adds a mistake unless the condition holds.
    pub(crate) fn expect(&mut self, holds: bool, field: &str, requirement: &str) {
        if !holds {
            self.0.push(format!("{field} {requirement}"));
        }
    }

    /// Adds a mistake as a complete sentence.
    pub(crate) fn note(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    /// Expects a value that isn't blank.
    pub(crate) fn expect_text(&mut self, field: &str, value: impl AsRef<str>) {
        self.expect(!value.as_ref().trim().is_empty(), field, "must not be empty");
    }

    /// Expects the environment that matches the key's mode.
    pub(crate) fn expect_env(&mut self, value: Option<&types::Environment>, mode: ModeName) {
        let requirement = match mode {
            ModeName::Test => "must be test, because the key is for test mode",
            ModeName::Live => "must be prod, because the key is for live mode",
        };
        self.expect(value == Some(&environment(mode)), "env", requirement);
    }

    /// Rejects the request if there are any mistakes.
    pub(crate) fn refuse(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.0)) }
    }
}
