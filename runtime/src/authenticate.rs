//! The seam for credentials: adds what an operation's `security` requires.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::clock::Clock;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{Operation, SecurityRequirement};
use crate::origin::{OriginPolicy, SecureOrigins};
use crate::platform::{MaybeSend, MaybeSync};
use crate::redact::Redactor;
use crate::token::SentToken;
use crate::transport::carrier::Carrier;

/// Adds credentials to requests. Implemented by the credential that a client holds, or by an adapter around it.
///
/// The bounds of generated methods decide who may call what; this trait decides how the credential is sent. Of an
/// operation's alternatives, the first one whose schemes are all [held](Authenticate::holds) is chosen. An operation
/// that anyone may call is never authenticated, whatever the client holds.
///
/// ```
/// use openapi_keys_runtime::{Authenticate, Error, Eventually, HeaderValue, Outgoing, Redactor};
///
/// struct StationKey(String);
///
/// impl Authenticate for StationKey {
///     fn holds(&self, scheme: &str) -> bool {
///         scheme == "stationKey"
///     }
///
///     fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
///         Eventually::Now(request.insert_credential("x-station-key", &self.0))
///     }
///
///     fn redact(&self, redactor: &mut Redactor) {
///         redactor.add(&self.0);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't authenticate requests",
    label = "this type doesn't implement `Authenticate`",
    note = "implement `openapi_keys_runtime::Authenticate` for the credentials of the client, and make it a supertrait of \
            their trait: `trait Credential: Authenticate`"
)]
pub trait Authenticate: MaybeSend + MaybeSync + 'static {
    /// Returns whether it holds the credential for this security scheme of the document.
    fn holds(&self, scheme: &str) -> bool;

    /// Adds the credentials of [`Outgoing::requirement`] to a request. Called for each attempt, after any wait.
    ///
    /// If it leaves out the header of a required security scheme that the [`Profile`](crate::Profile) lists, the call fails
    /// and nothing is sent.
    ///
    /// It may wait, e.g. for a token, within the time limit of the attempt. If the wait leaves a write no more time than
    /// the connect timeout, the write isn't sent.
    ///
    /// # Errors
    ///
    /// The call fails, and nothing is sent. Use [`Error::authentication`] to make an error. An error of another kind, e.g.
    /// from a call that fetches a token, becomes the source of an
    /// [`ErrorKind::Authentication`](crate::ErrorKind::Authentication).
    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>>;

    /// Adds each secret to those that are removed from responses before any part of them is kept.
    fn redact(&self, redactor: &mut Redactor);

    /// Reacts to a response with 401 to a request that was authenticated for this requirement, e.g. by dropping a cached
    /// token, so that the next request gets a new one. By default it does nothing.
    fn rejected(&self, requirement: &'static SecurityRequirement) {
        let _ = requirement;
    }

    /// Returns a label for metrics and spans, e.g. `test`. It must never be a secret.
    fn label(&self) -> Option<&'static str> {
        None
    }

    /// Writes the `Debug` output of the credential of a client: the label by default. It must not contain a secret.
    ///
    /// # Errors
    ///
    /// The formatter failed.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label().unwrap_or("…"))
    }

    /// Returns the policy that decides where the credential may be sent when the user sets an origin.
    fn origin_policy(&self) -> &dyn OriginPolicy {
        &SecureOrigins
    }
}

impl<A: Authenticate + ?Sized> Authenticate for Arc<A> {
    fn holds(&self, scheme: &str) -> bool {
        (**self).holds(scheme)
    }

    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        (**self).authenticate(request)
    }

    fn redact(&self, redactor: &mut Redactor) {
        (**self).redact(redactor);
    }

    fn rejected(&self, requirement: &'static SecurityRequirement) {
        (**self).rejected(requirement);
    }

    fn label(&self) -> Option<&'static str> {
        (**self).label()
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }

    fn origin_policy(&self) -> &dyn OriginPolicy {
        (**self).origin_policy()
    }
}

/// Formats an authenticator with [`Authenticate::show`].
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Authenticate);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

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
    /// How a token is obtained, and within which time.
    pub(crate) carrier: &'a Carrier,
    pub(crate) clock: &'a dyn Clock,
    /// The time limit of the attempt.
    pub(crate) limit: Duration,
    /// How much of it must be left for the request.
    pub(crate) needed: Duration,
    /// Which cached token was added, to report if it is rejected.
    pub(crate) sent_token: &'a mut Option<SentToken>,
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

/// Returns the first alternative whose schemes are all held. `None` if no credential is required.
///
/// # Errors
///
/// No alternative is held. The bounds of generated methods prevent this.
pub(crate) fn choose(
    operation: &'static Operation,
    authenticator: &dyn Authenticate,
) -> Result<Option<&'static SecurityRequirement>, Error> {
    if operation.security.is_empty() {
        return Ok(None);
    }
    let is_held = |requirement: &&SecurityRequirement| {
        requirement.names().all(|scheme| authenticator.holds(scheme))
    };
    match operation.security.iter().find(is_held) {
        Some(requirement) => Ok(Some(requirement).filter(|it| !it.schemes.is_empty())),
        None => Err(Error::missing_credential(format!(
            "the operation requires {}, which the client doesn't have",
            named(operation.security)
        ))),
    }
}

/// Returns e.g. `appKey and apiKey, or userToken`.
fn named(security: &[SecurityRequirement]) -> String {
    security.iter().map(SecurityRequirement::to_string).collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::testing::{CREATE, EITHER, Held, OPEN, SEND};

    #[track_caller]
    fn check(operation: &'static Operation, held: &'static [&'static str], expected: Option<&str>) {
        let chosen = choose(operation, &Held(held)).ok();
        let shown = chosen.map(|chosen| chosen.map_or("open".to_owned(), ToString::to_string));
        assert_eq!(shown.as_deref(), expected, "{} {held:?}", operation.id);
    }

    #[test]
    fn the_first_alternative_whose_schemes_are_all_held_is_chosen() {
        const STAFF: Option<&str> = Some("staffKey and branch");
        const READER: Option<&str> = Some("readerKey and branch");
        const SIGNED: Option<&str> = Some("staffKey and branch and signature");
        let both: &[&str] = &["staffKey", "readerKey", "branch"];
        for (held, create, either, send) in [
            (&[][..], None, None, None),
            (&["readerKey", "branch"], None, READER, None),
            (&["staffKey"], None, None, None),
            (&["staffKey", "branch"], STAFF, STAFF, None),
            (both, STAFF, STAFF, None),
            (&["staffKey", "branch", "signature"], STAFF, STAFF, SIGNED),
        ] {
            check(&OPEN, held, Some("open"));
            check(&CREATE, held, create);
            check(&EITHER, held, either);
            check(&SEND, held, send);
        }
    }

    #[test]
    fn a_missing_credential_is_named() {
        let error = choose(&EITHER, &Held(&[])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingCredential);
        assert_eq!(
            error.to_string(),
            "the operation requires staffKey and branch, or readerKey and branch, which the client doesn't have"
        );
    }
}
