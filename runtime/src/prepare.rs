//! Turns a request into what is sent: checks its destination, adds the common headers, and gets credentials.

use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::authenticate::{Authenticate, Outgoing, choose};
use crate::error::{Error, ErrorKind};
use crate::eventually::Eventually;
use crate::operation::{Operation, SecurityRequirement};
use crate::options::Options;
use crate::redact::Redactor;
use crate::request::{JSON, Request};
use crate::shared::Shared;
use crate::timer::Timer;

/// A request that is ready to be sent, except for credentials, which each attempt gets anew.
pub(crate) struct Prepared<'a> {
    pub(crate) shared: &'a Shared<dyn Authenticate>,
    pub(crate) operation: &'static Operation,
    requirement: Option<&'static SecurityRequirement>,
    pub(crate) request: &'a Request,
    options: Option<&'a Options>,
}

/// The headers of an attempt.
pub(crate) struct Signed {
    pub(crate) headers: HeaderMap,
    /// Secrets that belong to this attempt only.
    pub(crate) passing: Vec<HeaderValue>,
}

/// Applies what the API and the call's options require.
pub(crate) fn prepare<'a>(
    shared: &'a Shared<dyn Authenticate>,
    operation: &'static Operation,
    options: Option<&'a Options>,
    request: &'a mut Request,
) -> Result<Prepared<'a>, Error> {
    let requirement = choose(operation, &shared.authenticator)?;
    (shared.profile.shape)(request, requirement);
    if let Some(options) = options {
        options.apply(request)?;
    }
    let request = &*request;
    if requirement.is_some() {
        check_secret_way(shared, request)?;
    }
    Ok(Prepared { shared, operation, requirement, request, options })
}

/// Checks that a request with a credential uses https, or goes to the origin that was accepted when the client was
/// built.
fn check_secret_way(shared: &Shared<dyn Authenticate>, request: &Request) -> Result<(), Error> {
    let origin = shared.settings.origin.as_ref().map_or("https:/", |origin| origin.as_str());
    // A URL has a slash after its origin, so `http://host:1` doesn't match `http://host:12`.
    if request.url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')) {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidOrigin)
        .with_detail("the request's URL is not one that the client may send its credential to"))
}

impl Prepared<'_> {
    /// Adds credentials, within the time limit of the attempt.
    pub(crate) async fn signed(&self, timer: &mut Timer) -> Result<Signed, Error> {
        let mut headers = self.headers();
        let mut passing = Vec::new();
        if let Some(requirement) = self.requirement {
            let outgoing = Outgoing {
                operation: self.operation,
                requirement,
                url: &self.request.url,
                headers: &mut headers,
                body: &self.request.body,
                passing: &mut passing,
            };
            match self.shared.authenticator.authenticate(outgoing) {
                Eventually::Now(result) => result?,
                Eventually::Later(mut future) => {
                    timer.bound(future.as_mut()).await.ok_or_else(|| {
                        Error::authentication(
                            "the credential was not ready before the call timed out",
                        )
                    })??
                }
            }
        }
        Ok(Signed { headers, passing })
    }

    fn headers(&self) -> HeaderMap {
        // Room for the headers below and as many for credentials.
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(ACCEPT, JSON);
        for (name, value) in &self.shared.settings.headers {
            headers.insert(name, value.clone());
        }
        for (name, value) in &self.request.headers {
            headers.insert(name, value.clone());
        }
        for (name, value) in self.options.into_iter().flat_map(|options| &options.headers) {
            headers.insert(name, value.clone());
        }
        if let Some(content_type) = &self.request.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        headers
    }

    /// Made only when needed, so that a successful call doesn't copy a secret.
    pub(crate) fn redactor(&self, passing: &[HeaderValue]) -> Redactor {
        let mut redactor = Redactor::default();
        self.shared.authenticator.redact(&mut redactor);
        for value in passing {
            if let Ok(text) = value.to_str() {
                redactor.add(text);
            }
        }
        redactor
    }
}
