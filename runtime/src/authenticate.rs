//! Defines the trait for adding the credentials that an operation's `security` requires.

pub(crate) mod choose;
mod cookie;
mod outgoing;
mod query;
mod transient;

use std::fmt;
use std::sync::Arc;

pub(crate) use self::cookie::{add_cookies, has_cookie};
pub use self::outgoing::Outgoing;
pub(crate) use self::transient::Transient;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::operation::{RequiredScheme, SecurityRequirement};
use crate::origin::{OriginPolicy, SecureOrigins};
use crate::redact::Redactor;

/// Adds credentials to requests. Implement this trait for the credential that a client holds, or for an adapter
/// around the credential.
///
/// The bounds of generated methods decide which client may call which operation. This trait decides how the credential
/// is sent. The client chooses the first of the operation's alternatives for which it [holds](Authenticate::holds) all
/// credentials. If the credential is optional, one alternative is empty. The client chooses the empty alternative only
/// if it can't choose any other, regardless of the order. For an operation without alternatives, no credential is sent,
/// whatever the client holds.
///
/// ```
/// use openapi_keys_runtime::{Authenticate, Error, Eventually, Outgoing, Redactor, RequiredScheme};
///
/// struct StationKey(String);
///
/// impl Authenticate for StationKey {
///     fn holds(&self, required: &RequiredScheme) -> bool {
///         required.name == "stationKey"
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
    note = "implement `openapi_keys_runtime::Authenticate` for the client's credentials, and make \
    it a supertrait of their trait: `trait Credential: Authenticate`"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// Returns whether this authenticator holds the credential for a security scheme of the OpenAPI document, with all
    /// required scopes.
    fn holds(&self, required: &RequiredScheme) -> bool;

    /// Adds the credentials of [`Outgoing::requirement`] to a request. The client calls this for each attempt, after
    /// any wait.
    ///
    /// If the implementation leaves out the header, query parameter or cookie of a required security scheme that the
    /// [`Profile`](crate::Profile) lists, the call fails and nothing is sent.
    ///
    /// The returned future may wait, e.g. for a token, within the time limit of the attempt. If the wait leaves a write
    /// less time than the connect timeout, the write isn't sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the credentials can't be added. In that case, the call fails, and nothing is sent. Use
    /// [`Error::authentication`] to create the error. An error of a different kind, e.g. from a call that fetches a
    /// token, becomes the source of an [`ErrorKind::Authentication`](crate::ErrorKind::Authentication).
    fn authenticate<'a>(&'a self, request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>>;

    /// Adds each secret of the credential to the redactor. The redactor removes these secrets from a response before
    /// any part of the response is kept.
    fn redact(&self, redactor: &mut Redactor);

    /// Handles a 401 response to a request that was authenticated for this requirement, e.g. by dropping a cached token
    /// so that the next request gets a new one. By default, does nothing.
    fn rejected(&self, requirement: &'static SecurityRequirement) {
        let _ = requirement;
    }

    /// Returns a label for metrics and spans, e.g. `test`. The label must never be a secret.
    fn label(&self) -> Option<&'static str> {
        None
    }

    /// Writes the `Debug` output of the client's credential. By default, the output is the label. The output must not
    /// contain a secret.
    ///
    /// # Errors
    ///
    /// Returns the formatter's error.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label().unwrap_or("…"))
    }

    /// Returns the policy that decides where the credential may be sent when the user sets an origin.
    fn origin_policy(&self) -> &dyn OriginPolicy {
        &SecureOrigins
    }
}

impl<A: Authenticate + ?Sized> Authenticate for Arc<A> {
    fn holds(&self, required: &RequiredScheme) -> bool {
        (**self).holds(required)
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
