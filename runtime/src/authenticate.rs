//! The seam for credentials: adds what an operation's `security` requires.

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{Operation, SecurityRequirement};
use crate::origin::{OriginPolicy, SecureOrigins};
use crate::platform::{MaybeSend, MaybeSync};
use crate::redact::Redactor;

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
pub trait Authenticate: MaybeSend + MaybeSync {
    /// Returns whether it holds the credential for this security scheme of the document.
    fn holds(&self, scheme: &str) -> bool;

    /// Adds the credentials of [`Outgoing::requirement`] to a request. Called for each attempt, after any wait.
    ///
    /// It may wait, e.g. for a token, within the time limit of the attempt.
    ///
    /// # Errors
    ///
    /// The call fails with this error, and nothing is sent. Use [`Error::authentication`] to make one.
    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>>;

    /// Adds each secret to those that are removed from responses before any part of them is kept.
    fn redact(&self, redactor: &mut Redactor);

    /// Returns a label for metrics and spans, e.g. `test`. It must never be a secret.
    fn label(&self) -> Option<&'static str> {
        None
    }

    /// Returns the policy that decides where the credential may be sent when the user sets an origin.
    fn origin_policy(&self) -> &dyn OriginPolicy {
        &SecureOrigins
    }
}

/// A request that is about to be sent, as an [`Authenticate`] sees it.
#[derive(Debug)]
pub struct Outgoing<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) requirement: &'static SecurityRequirement,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: &'a [u8],
    pub(crate) passing: &'a mut Vec<HeaderValue>,
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
    /// allowed in a header.
    pub fn insert_credential(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        let value = HeaderValue::from_str(text).map_err(|_| {
            Error::authentication(format!(
                "the credential for `{name}` contains a character that isn't allowed in a header"
            ))
        })?;
        self.insert(name, value);
        Ok(())
    }

    /// Sets a header to an existing value and marks it as sensitive.
    pub fn insert(&mut self, name: &'static str, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.headers.insert(HeaderName::from_static(name), value);
    }

    /// Sets a header to a secret that belongs to this request only, e.g. a signature or a token. The secret is also
    /// removed from the response.
    pub fn insert_passing(&mut self, name: &'static str, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.passing.push(value.clone());
        self.headers.insert(HeaderName::from_static(name), value);
    }
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
