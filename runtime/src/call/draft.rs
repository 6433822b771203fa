//! Represents the body of a call whose arguments may be invalid.

use serde::{Serialize, Serializer};

use crate::error::Error;

/// A request body, or nothing if one of its required values is invalid. A call with an invalid value is never sent, so
/// it doesn't need the body.
#[derive(Clone, Debug)]
pub struct Draft<B>(pub(super) Option<B>);

impl<B> Draft<B> {
    /// Changes the body if there is one.
    pub fn edit(&mut self, change: impl FnOnce(&mut B)) {
        if let Some(body) = &mut self.0 {
            change(body);
        }
    }

    /// Checks the body if there is one.
    ///
    /// # Errors
    ///
    /// Returns the error that `check` returns.
    pub fn check(&self, check: impl FnOnce(&B) -> Result<(), Error>) -> Result<(), Error> {
        self.0.as_ref().map_or(Ok(()), check)
    }

    /// Returns the body, or `None` if there is none.
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
