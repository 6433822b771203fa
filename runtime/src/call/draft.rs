//! The body of a call whose arguments may be invalid.

use serde::{Serialize, Serializer};

use crate::error::Error;

/// A request body, unless one of its required values is invalid. Then the call isn't sent, so nothing needs the body.
#[derive(Clone, Debug)]
pub struct Draft<B>(Option<B>);

impl<B> Draft<B> {
    /// Takes a body, and returns the problem if there is none.
    pub(super) fn new(body: Result<B, Error>) -> (Self, Option<Error>) {
        match body {
            Ok(body) => (Draft(Some(body)), None),
            Err(problem) => (Draft(None), Some(problem)),
        }
    }

    /// Changes the body, if there is one.
    pub fn edit(&mut self, change: impl FnOnce(&mut B)) {
        self.0.as_mut().map(change);
    }

    /// Checks the body, if there is one.
    ///
    /// # Errors
    ///
    /// Those of the check.
    pub fn check(&self, check: impl FnOnce(&B) -> Result<(), Error>) -> Result<(), Error> {
        self.0.as_ref().map_or(Ok(()), check)
    }

    /// Returns the body, if there is one.
    #[must_use]
    pub fn get(&self) -> Option<&B> {
        self.0.as_ref()
    }
}

impl<B> From<B> for Draft<B> {
    fn from(body: B) -> Self {
        Draft(Some(body))
    }
}

impl<B: Serialize> Serialize for Draft<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
