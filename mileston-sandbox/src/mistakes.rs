//! Gathers what is wrong with a request's values, so that all of it is said at once.

use mileston_api::types;
use mileston_keys::ModeName;

use crate::runtime::Refusal;

/// The mistakes found so far, a sentence each that begins with the field's name.
#[derive(Default)]
pub(crate) struct Mistakes(Vec<String>);

impl Mistakes {
    /// Notes a mistake unless the condition holds.
    pub(crate) fn expect(&mut self, holds: bool, field: &str, requirement: &str) {
        if !holds {
            self.0.push(format!("{field} {requirement}"));
        }
    }

    /// Notes a mistake, told in full.
    pub(crate) fn note(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    /// A text that says something.
    pub(crate) fn expect_text(&mut self, field: &str, value: impl AsRef<str>) {
        self.expect(!value.as_ref().trim().is_empty(), field, "must not be empty");
    }

    /// The environment that the key is for.
    pub(crate) fn expect_env(&mut self, value: Option<&types::Environment>, mode: ModeName) {
        let requirement = match mode {
            ModeName::Test => "must be test, since the key is for test mode",
            ModeName::Live => "must be prod, since the key is for live mode",
        };
        self.expect(value == Some(&environment(mode)), "env", requirement);
    }

    /// Refuses the request if there is any mistake.
    pub(crate) fn refuse(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.0)) }
    }
}

/// What `env` says for data of a mode.
pub(crate) fn environment(mode: ModeName) -> types::Environment {
    match mode {
        ModeName::Test => types::Environment::Test,
        ModeName::Live => types::Environment::Prod,
    }
}
