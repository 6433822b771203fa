//! The seam for credentials: who adds what an operation's `security` asks for.

use std::fmt;
use std::sync::Arc;

use http::Method;
use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{Operation, SecurityRequirement};
use crate::origin::{OriginPolicy, SecureOrigins};
use crate::platform::{MaybeSend, MaybeSync};
use crate::redact::Redactor;

/// Adds credentials to requests. What a client holds implements it, or an adapter around that.
///
/// The bounds of generated methods say who may call what; this says how it gets onto the wire. Of an operation's alternatives
/// the first one is chosen whose schemes are all [held](Authenticate::holds). An operation that is open to anyone is never
/// authenticated, whatever the client holds.
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
pub trait Authenticate: MaybeSend + MaybeSync + 'static {
    /// Whether it can give what this security scheme of the document asks for.
    fn holds(&self, scheme: &str) -> bool;

    /// Adds the credentials of [`Outgoing::requirement`] to a request. Called for each attempt, after any wait.
    ///
    /// It may wait, e.g. for a token; the time limit of the attempt covers that. A write whose wait leaves it no more than the
    /// connect timeout isn't sent.
    ///
    /// # Errors
    ///
    /// The call fails, and nothing was sent. [`Error::authentication`] makes an error; one of another kind, such as that of a
    /// call for a token, becomes the source of an [`ErrorKind::Authentication`](crate::ErrorKind::Authentication).
    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>>;

    /// Adds each secret to what is removed from responses before anything keeps them.
    fn redact(&self, redactor: &mut Redactor);

    /// Returns a word for metrics and spans, such as `test`. Never a secret.
    fn label(&self) -> Option<&'static str> {
        None
    }

    /// Writes what `Debug` of a client shows of it: by default the label. Never a secret.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label().unwrap_or("…"))
    }

    /// Says where the credential may go when the user sets an origin.
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

/// What may be shown of an authenticator.
pub(crate) struct Shown<'a>(pub(crate) &'a dyn Authenticate);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// A request that is about to be sent, in the eyes of an [`Authenticate`].
///
/// `Debug` shows the operation and the names of headers, for the rest may be secret or personal.
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

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> &str {
        self.url
    }

    /// Returns the headers so far.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// Returns the bytes of the body exactly as they will be sent. Empty: there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body
    }

    /// Sets a header to a credential, marked as sensitive so that no log of HTTP shows it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`](crate::ErrorKind::Authentication): it can't be in a header, or no header is named so.
    pub fn insert_credential(&mut self, name: &'static str, text: &str) -> Result<(), Error> {
        let value = HeaderValue::from_str(text).map_err(|_| {
            Error::authentication(format!("the credential for `{name}` can't be in a header"))
        })?;
        self.insert(name, value)
    }

    /// Sets a header to a value that was made before, marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Authentication`](crate::ErrorKind::Authentication): no header is named so, or there are too many.
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

    /// Sets a header to a secret that is for this request only, such as a signature or a token: it is removed from
    /// what the response says as well.
    ///
    /// # Errors
    ///
    /// Those of [`insert`](Outgoing::insert).
    pub fn insert_passing(&mut self, name: &'static str, value: HeaderValue) -> Result<(), Error> {
        self.insert(name, value.clone())?;
        self.passing.push(value);
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

/// Of a name in lower case nothing is copied.
fn header_name(name: &'static str) -> Option<HeaderName> {
    let is_plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_plain) {
        return Some(HeaderName::from_static(name));
    }
    HeaderName::from_bytes(name.as_bytes()).ok()
}

/// Returns the first alternative that is held as a whole. `None`: nothing is asked for.
///
/// # Errors
///
/// None is held. The bounds of generated methods rule that out.
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
            "the operation asks for {}, which the client doesn't hold",
            named(operation.security)
        ))),
    }
}

/// `appKey and apiKey, or userToken`.
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
    fn the_first_alternative_that_is_held_as_a_whole_is_chosen() {
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
            "the operation asks for staffKey and branch, or readerKey and branch, which the client doesn't hold"
        );
    }
}
