//! Represents a request as an authenticator sees it, and adds credentials to it.

use std::fmt;
use std::time::Duration;

use http::Method;
use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::transient::Transient;
use super::{cookie, query};
use crate::clock::Clock;
use crate::error::Error;
use crate::operation::{Operation, SecurityRequirement};
use crate::token::SentToken;
use crate::transport::carrier::Carrier;

/// A request that is about to be sent, as an [`Authenticate`](crate::Authenticate) sees it.
///
/// `Debug` shows only the operation, the requirement and the header names, because the rest may be secret or personal.
pub struct Outgoing<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) requirement: &'static SecurityRequirement,
    pub(crate) url: &'a str,
    /// The URL including the query parameters that were inserted. The URL is wiped once the attempt has been sent.
    pub(crate) keyed_url: &'a mut Option<Zeroizing<String>>,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) transient: &'a mut Vec<Transient>,
    /// Sends the request that fetches a token.
    pub(crate) carrier: &'a Carrier,
    pub(crate) clock: &'a dyn Clock,
    /// The time limit of the attempt.
    pub(crate) limit: Duration,
    /// The part of the time limit that must remain for the request.
    pub(crate) needed: Duration,
    /// The cached token that was added. If a response rejects it, the token source is notified.
    pub(crate) sent_token: &'a mut Option<SentToken>,
}

impl Outgoing<'_> {
    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the alternative in the operation's `security` that was chosen.
    #[must_use]
    pub fn requirement(&self) -> &'static SecurityRequirement {
        self.requirement
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.operation.method
    }

    /// Returns the URL as it will be sent, with the query parameters that were inserted so far. Don't log the URL.
    #[must_use]
    pub fn url(&self) -> &str {
        self.keyed_url.as_ref().map_or(self.url, |url| url.as_str())
    }

    /// Returns the headers that have been set so far.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// Returns the bytes of the body exactly as they will be sent. Returns an empty slice if there is no body. Returns
    /// `None` if the body isn't in memory, e.g. because it is a file. Such a body can't be signed.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.body
    }

    /// Sets a header to a credential and marks it as sensitive so that no HTTP log shows it.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Authentication`](crate::ErrorKind::Authentication) if the text contains a character that
    /// isn't allowed in a header, the name isn't a valid header name, or there are too many headers.
    pub fn insert_credential(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        let header = header_name(name).ok_or_else(|| {
            Error::authentication(format!("`{name}` can't be the name of a header"))
        })?;
        let value = HeaderValue::from_str(text).map_err(|_| {
            Error::authentication(format!(
                "the credential for `{name}` contains a character that isn't allowed in a header"
            ))
        })?;
        self.insert(header, value)
    }

    /// Sets a header to an existing value and marks it as sensitive. This is faster than
    /// [`insert_credential`](Outgoing::insert_credential) if the name and value are created once and used for every
    /// call.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Authentication`](crate::ErrorKind::Authentication) if there are too many headers.
    pub fn insert(&mut self, name: HeaderName, mut value: HeaderValue) -> Result<(), Error> {
        value.set_sensitive(true);
        self.headers
            .try_insert(name, value)
            .map_err(|_| Error::authentication("there are too many headers"))?;
        Ok(())
    }

    /// Sets a header to a secret that is used for this request only, e.g. a signature or a token. The secret is also
    /// removed from the response.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`insert`](Outgoing::insert).
    pub fn insert_transient(&mut self, name: HeaderName, value: HeaderValue) -> Result<(), Error> {
        self.insert(name, value.clone())?;
        self.transient.push(Transient::Header(value));
        Ok(())
    }

    /// Adds a percent-encoded credential to the query of this attempt's URL, after the parameters of the call. The
    /// credential replaces other parameters of the same name.
    ///
    /// The client never shows or logs this URL, and wipes its own copy once the request is sent. It removes the value
    /// from the response, even if [`Authenticate::redact`](crate::Authenticate::redact) doesn't add it. But servers and
    /// proxies log URLs, so prefer a header if the API accepts one.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Authentication`](crate::ErrorKind::Authentication) if the value is empty or contains a
    /// control character, the name is empty, or the URL would be longer than 65,534 bytes.
    pub fn insert_query(&mut self, name: &'static str, value: &str) -> Result<(), Error> {
        *self.keyed_url = Some(query::with_parameter(self.url(), name, value)?);
        self.transient.push(Transient::Query(name, Zeroizing::new(value.to_owned())));
        Ok(())
    }

    /// Adds a credential to the `Cookie` header, after the existing cookies, and marks the header as sensitive. The
    /// credential replaces cookies of the same name.
    ///
    /// The value is sent unchanged, because servers use different encodings for cookies. The value is removed from the
    /// response, even if [`Authenticate::redact`](crate::Authenticate::redact) doesn't add it. The client doesn't store
    /// cookies from responses.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Authentication`](crate::ErrorKind::Authentication) if the value is empty or contains a
    /// character that RFC 6265 doesn't allow in a cookie, the name isn't valid, or there are too many headers.
    pub fn insert_cookie(&mut self, name: &'static str, value: &str) -> Result<(), Error> {
        self.insert(COOKIE, cookie::with_cookie(self.headers, name, value)?)?;
        let secret = Zeroizing::new(cookie::unquoted(value).to_owned());
        self.transient.push(Transient::Cookie(secret));
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

/// Parses a header name. Doesn't allocate if the name is in lower case.
fn header_name(name: &'static str) -> Option<HeaderName> {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_plain) {
        return Some(HeaderName::from_static(name));
    }
    HeaderName::from_bytes(name.as_bytes()).ok()
}
