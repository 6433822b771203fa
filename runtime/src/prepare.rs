//! Turns a request into its final form: checks its destination, and adds common headers and credentials.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::authenticate::choose::choose;
use crate::authenticate::{Authenticate, Outgoing, Transient, add_cookies, has_cookie};
use crate::error::{Error, ErrorKind};
use crate::eventually::Eventually;
use crate::operation::{Operation, SecurityRequirement, SecurityScheme};
use crate::options::Options;
use crate::redact::Redactor;
use crate::request::{JSON, Request};
use crate::secrets_sent::redactor;
use crate::shared::Shared;
use crate::timer::Timer;
use crate::token::SentToken;

/// A request that is ready to be sent, except for its credentials, which are added for each attempt.
pub(crate) struct Prepared<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) operation: &'static Operation,
    /// The URL of the server.
    pub(crate) base: &'a str,
    /// The alternative in the operation's `security` whose credentials are sent.
    pub(crate) requirement: Option<&'static SecurityRequirement>,
    pub(crate) request: &'a Request,
    options: Option<&'a Options>,
}

/// The parts of an attempt that aren't in the request itself.
pub(crate) struct Signed {
    /// The URL with credentials in its query, or `None` if no credential is in the query. Most calls have no such
    /// credential, so they don't copy the URL.
    pub(crate) keyed_url: Option<Zeroizing<String>>,
    pub(crate) headers: HeaderMap,
    /// The secrets that are used for this attempt only.
    pub(crate) transient: Vec<Transient>,
    /// The cached token that is in the headers, if any.
    pub(crate) sent_token: Option<SentToken>,
}

impl Signed {
    /// Checks that the credential of a security scheme was added.
    fn check_has(&self, scheme: &SecurityScheme) -> Result<(), Error> {
        let (kind, name, is_there) = match (scheme.query(), scheme.cookie(), scheme.header()) {
            (Some(name), ..) => ("query parameter", name, self.has_query(name)),
            // Finding the header isn't enough, because it may contain only other cookies.
            (_, Some(name), _) => ("cookie", name, has_cookie(&self.headers, name)),
            // A request contains few headers, so comparing their names as text is faster than parsing `name`.
            (.., Some(name)) => {
                let is_it = |it: &HeaderName| it.as_str().eq_ignore_ascii_case(name);
                ("header", name, self.headers.keys().any(is_it))
            }
            // A client certificate isn't part of the request.
            (None, None, None) => return Ok(()),
        };
        if is_there {
            return Ok(());
        }
        Err(Error::authentication(format!(
            "the client's authenticator didn't add the `{name}` {kind} of the `{}` security scheme",
            scheme.name
        )))
    }

    /// Returns whether the query parameter was inserted. A parameter that the call itself set isn't a credential.
    fn has_query(&self, name: &str) -> bool {
        let is_it =
            |secret: &Transient| matches!(secret, Transient::Query(known, _) if *known == name);
        self.transient.iter().any(is_it)
    }
}

/// Applies the profile's changes and the call's options to the request, and chooses the credentials to send.
pub(crate) fn prepare<'a>(
    shared: &'a Shared,
    operation: &'static Operation,
    base: &'a str,
    options: Option<&'a Options>,
    request: &'a mut Request,
) -> Result<Prepared<'a>, Error> {
    let requirement = choose(operation, &*shared.authenticator)?;
    (shared.profile.shape)(request, requirement);
    if let Some(options) = options {
        options.apply(request)?;
    }
    let request = &*request;
    if requirement.is_some() {
        check_secret_way(shared, request)?;
    }
    Ok(Prepared { shared, operation, base, requirement, request, options })
}

/// Checks that a request with a credential is sent to the client's origin, or to an https URL if the client has no
/// origin.
fn check_secret_way(shared: &Shared, request: &Request) -> Result<(), Error> {
    let origin = shared.settings.origin.as_ref().map_or("https:/", |origin| origin.as_str());
    // A URL has a slash after its origin, so `http://host:1` doesn't match the start of `http://host:12/`.
    if request.url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidOrigin)
        .with_detail("the client may not send its credential to the request's URL"))
}

impl Prepared<'_> {
    /// Adds credentials, within the time limit of the attempt.
    ///
    /// `needed` is how much of that limit must remain after waiting for the credentials. With less time, the limit
    /// could expire while a write is still waiting for its connection, and the outcome would be "unknown" instead of
    /// "not sent".
    pub(crate) async fn signed(
        &self,
        timer: &mut Timer,
        limit: Duration,
        needed: Duration,
    ) -> Result<Signed, Error> {
        let headers = self.headers()?;
        let mut signed =
            Signed { keyed_url: None, headers, transient: Vec::new(), sent_token: None };
        if let Some(requirement) = self.requirement {
            let outgoing = Outgoing {
                operation: self.operation,
                requirement,
                url: &self.request.url,
                keyed_url: &mut signed.keyed_url,
                headers: &mut signed.headers,
                body: self.request.body(),
                transient: &mut signed.transient,
                carrier: &self.shared.carrier,
                clock: &*self.shared.settings.clock,
                limit,
                needed,
                sent_token: &mut signed.sent_token,
            };
            let result = match self.shared.authenticator.authenticate(outgoing) {
                Eventually::Now(result) => result,
                Eventually::Later(mut future) => {
                    let clock = &self.shared.settings.clock;
                    let started = clock.now();
                    let result = timer.bound(future.as_mut()).await.ok_or_else(late)?;
                    let left = limit.saturating_sub(clock.now().saturating_sub(started));
                    if limit > needed && left <= needed && !needed.is_zero() {
                        return Err(late());
                    }
                    result
                }
            };
            result.map_err(without_credential)?;
            self.check_complete(requirement, &signed)?;
        }
        Ok(signed)
    }

    /// Checks that the authenticator added every required credential. If one is missing, the request must not be sent.
    /// Only the schemes in the profile can be checked.
    fn check_complete(
        &self,
        requirement: &SecurityRequirement,
        signed: &Signed,
    ) -> Result<(), Error> {
        let schemes = self.shared.profile.security_schemes.iter();
        let mut required = schemes.filter(|scheme| requirement.includes(scheme.name));
        required.try_for_each(|scheme| signed.check_has(scheme))
    }

    /// Returns the headers, without credentials.
    ///
    /// # Errors
    ///
    /// Returns an error if there are too many headers.
    fn headers(&self) -> Result<HeaderMap, Error> {
        // The capacity is usually enough for the headers below and for the headers with credentials.
        let mut headers = HeaderMap::with_capacity(8);
        let mut insert = |name: &HeaderName, value: &HeaderValue| {
            let inserted = headers.try_insert(name, value.clone());
            inserted.map(drop).map_err(|_| Error::invalid_argument("there are too many headers"))
        };
        insert(&ACCEPT, &accepted(self.operation))?;
        for (name, value) in &self.shared.settings.headers {
            insert(name, value)?;
        }
        for (name, value) in self.request.headers.iter().filter(|(name, _)| *name != COOKIE) {
            insert(name, value)?;
        }
        for (name, value) in self.options.into_iter().flat_map(|options| &options.headers) {
            insert(name, value)?;
        }
        if let Some(content_type) = &self.request.content_type {
            insert(&CONTENT_TYPE, content_type)?;
        }
        // Cookies from arguments are added to the cookies that the caller set, and don't replace them.
        for (_, value) in self.request.headers.iter().filter(|(name, _)| *name == COOKIE) {
            add_cookies(&mut headers, value)?;
        }
        Ok(headers)
    }

    /// Returns how long the call may take. This is also how long a streamed body may pause.
    pub(crate) fn total_timeout(&self) -> Duration {
        let own = self.options.and_then(|options| options.timeout);
        own.unwrap_or(self.shared.settings.total_timeout)
    }

    /// Reports that the server rejected the credential, so that a cached token is dropped.
    pub(crate) fn rejected(&self, sent_token: Option<&SentToken>) {
        if let Some(sent_token) = sent_token {
            sent_token.was_rejected();
        }
        if let Some(requirement) = self.requirement {
            self.shared.authenticator.rejected(requirement);
        }
    }

    /// Creates a redactor, which copies the secrets. Call this only if the redactor is needed.
    pub(crate) fn redactor(&self, transient: &[Transient]) -> Redactor {
        redactor(&*self.shared.authenticator, transient)
    }
}

/// Returns the media types that a response may have, or `*/*` if they can't be written in a header.
fn accepted(operation: &Operation) -> HeaderValue {
    match operation.accept {
        "application/json" => JSON,
        accept => HeaderValue::from_str(accept).unwrap_or(ANYTHING),
    }
}

const ANYTHING: HeaderValue = HeaderValue::from_static("*/*");

fn late() -> Error {
    Error::authentication(
        "waiting for the credential left too little time for the request: raise `total_timeout` (for a read, also \
         `attempt_timeout`)",
    )
}

/// Wraps an authenticator's own error, because that error may report the outcome of a different call, e.g. of a failed
/// call that fetches a token.
fn without_credential(error: Error) -> Error {
    match error.kind() {
        ErrorKind::Authentication | ErrorKind::MissingCredential => error,
        _ => Error::authentication("can't get the credential for the request").with_source(error),
    }
}
