//! Supports HTTP authentication schemes whose header value the program computes for each request, such as `digest`.

use std::sync::Arc;

use http::header::AUTHORIZATION;

use super::key::header;
use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::redact::Redactor;
use crate::secret_text::SecretText;

/// Computes the value of the `Authorization` header for a scheme that the runtime doesn't implement, e.g. `digest` or
/// `hawk`.
///
/// ```
/// use openapi_keys_runtime::credential::Authorization;
/// use openapi_keys_runtime::{Error, Eventually, Outgoing, Redactor, SecretText};
///
/// struct Vapid(SecretText);
///
/// impl Authorization for Vapid {
///     fn value<'a>(&'a self, _: &'a Outgoing<'_>) -> Eventually<'a, Result<SecretText, Error>> {
///         Eventually::Now(Ok(SecretText::new(format!("vapid t={}", self.0.expose_secret()))))
///     }
///
///     fn redact(&self, redactor: &mut Redactor) {
///         redactor.add(self.0.expose_secret());
///     }
/// }
/// ```
pub trait Authorization: Send + Sync + 'static {
    /// Returns the value of the header for a request, including the name of the scheme. The client calls this for each
    /// attempt.
    ///
    /// # Errors
    ///
    /// Returns an error if the value can't be computed. In that case, the call fails, and nothing is sent. Use
    /// [`Error::authentication`] to create the error.
    fn value<'a>(&'a self, request: &'a Outgoing<'_>) -> Eventually<'a, Result<SecretText, Error>>;

    /// Adds the credential's secrets to the secrets that are removed from responses. The header value is always
    /// removed.
    fn redact(&self, redactor: &mut Redactor);
}

/// A credential that implements [`Authorization`].
#[derive(Clone)]
pub struct HttpScheme(Arc<dyn Authorization>);

impl HttpScheme {
    /// Wraps an implementation of [`Authorization`].
    pub fn new(authorization: impl Authorization) -> Self {
        HttpScheme(Arc::new(authorization))
    }

    /// Adds the header to a request.
    ///
    /// # Errors
    ///
    /// Returns any error from [`Authorization::value`]. Also returns an error if the value is empty or can't be sent in
    /// a header.
    pub fn add<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        // The future for the value may borrow the request, so a single future awaits it and adds the value.
        Eventually::later(async move {
            let value = self.0.value(request).get().await?;
            if value.expose_secret().trim().is_empty() {
                return Err(Error::authentication(
                    "the value of the `Authorization` header is empty",
                ));
            }
            request.insert_transient(AUTHORIZATION, header(value.expose_secret())?)
        })
    }

    /// Adds the credential's secrets to the secrets that are removed from responses.
    pub fn redact(&self, redactor: &mut Redactor) {
        self.0.redact(redactor);
    }
}
