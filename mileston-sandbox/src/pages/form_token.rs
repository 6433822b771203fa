//! The token in the pages' forms. It proves that a form comes from a page of this sandbox.

use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use subtle::ConstantTimeEq;

use crate::random;
use crate::runtime::{Incoming, Refusal};

/// The name of the form field that holds the token.
pub(super) const TOKEN_FIELD: &str = "token";

/// A random string in the pages. Other sites can't read the pages, so they can't send this string.
#[derive(Default)]
pub(super) struct FormToken(Mutex<Option<String>>);

impl FormToken {
    /// Returns the token, generating it on the first call.
    pub(super) fn get(&self) -> Result<String, Refusal> {
        let mut token = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = &*token {
            return Ok(token.clone());
        }
        let made = random::letters(40).map_err(|error| {
            Refusal::internal(format!("The operating system provided no random bytes: {error}."))
        })?;
        Ok(token.insert(made).clone())
    }

    /// Rejects a form without the token.
    pub(super) fn expect(&self, incoming: &Incoming) -> Result<(), Refusal> {
        let sent: String = incoming.form(TOKEN_FIELD)?;
        if bool::from(sent.as_bytes().ct_eq(self.get()?.as_bytes())) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "The sandbox has been restarted since this form was loaded. Reload the page.",
        ))
    }
}
