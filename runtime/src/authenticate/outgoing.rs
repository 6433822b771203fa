//! A request as an authenticator sees it, and how it adds credentials.

use std::fmt;

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;
use crate::operation::{Operation, SecurityRequirement};

/// A request that is about to be sent, as an [`Authenticate`] sees it.
///
/// `Debug` shows only the operation, the requirement and the names of headers, because the rest may be secret or personal.
pub struct Outgoing<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) requirement: &'static SecurityRequirement,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: &'a [u8],
    pub(crate) transient: &'a mut Vec<HeaderValue>,
}

impl Outgoing<'_> {
    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the alternative of the operation's `security` that was chosen.
    #[must_use]
    pub fn requirement(&self) -> &'static SecurityRequirement {
        self.requirement
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.operation.method
    }

    /// Returns the URL.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url
    }

    /// Returns the headers that are set so far.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// Returns the bytes of the body exactly as they will be sent. Empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body
    }

    /// Sets a header to a credential and marks it as sensitive, so that no HTTP log shows it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`](crate::ErrorKind::Authentication): the text contains a character that isn't
    /// allowed in a header, the name isn't a valid header name, or there are too many headers.
    pub fn insert_credential(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        let value = HeaderValue::from_str(text).map_err(|_| {
            Error::authentication(format!(
                "the credential for `{name}` contains a character that isn't allowed in a header"
            ))
        })?;
        self.insert(name, value)
    }

    /// Sets a header to an existing value and marks it as sensitive.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`](crate::ErrorKind::Authentication): the name isn't a valid header name, or there are
    /// too many headers.
    pub fn insert(&mut self, name: &'static str, mut value: HeaderValue) -> Result<(), Error> {
        value.set_sensitive(true);
        let header = header_name(name).ok_or_else(|| {
            Error::authentication(format!("`{name}` can't be the name of a header"))
        })?;
        self.headers
            .try_insert(header, value)
            .map_err(|_| Error::authentication("there are too many headers"))?;
        Ok(())
    }

    /// Sets a header to a secret that belongs to this request only, e.g. a signature or a token. The secret is also
    /// removed from the response.
    ///
    /// # Errors
    ///
    /// The same as for [`insert`](Outgoing::insert).
    pub fn insert_transient(
        &mut self,
        name: &'static str,
        value: HeaderValue,
    ) -> Result<(), Error> {
        self.insert(name, value.clone())?;
        self.transient.push(value);
        Ok(())
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("operation", &self.operation.id)
            .field("requirement", &self.requirement.to_string())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Parses a header name. A name in lower case is used without a copy.
fn header_name(name: &'static str) -> Option<HeaderName> {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_plain) {
        return Some(HeaderName::from_static(name));
    }
    HeaderName::from_bytes(name.as_bytes()).ok()
}
