//! Sends a prepared request once, and reads the response.

use std::pin::pin;

use http::StatusCode;

use crate::answered::{self, Response, answered};
use crate::authenticate::Transient;
use crate::error::{Answered, Error, ErrorKind};
use crate::json::Unexpected;
use crate::prepare::{Prepared, Signed};
use crate::read::read;
use crate::received::Received;
use crate::redact::Redactor;
use crate::request::Request;
use crate::timer::Timer;
use crate::transport::carrier::{Inbound, Outbound};
use crate::transport::{Body, TransportError, TransportErrorKind};

/// A success response. Its status is 2xx, or 304 if the operation allows this.
pub(crate) struct Success {
    pub(crate) status: StatusCode,
    pub(crate) headers: Received,
    /// The body, or `None` if it is streamed, or if neither the operation nor the envelope needs it.
    pub(crate) body: Option<Vec<u8>>,
    /// The body as a stream, or `None` if the body isn't streamed.
    pub(crate) stream: Option<Body>,
    /// The values in the body that don't have the documented form.
    pub(crate) unexpected: Vec<Unexpected>,
    /// The secrets that are used for this attempt only.
    pub(crate) transient: Vec<Transient>,
}

impl Success {
    /// Adds the response to an error about its body.
    pub(crate) fn not_understood(self, error: Error, prepared: &Prepared<'_>) -> Error {
        let Success { status, headers, body, transient, .. } = self;
        let redactor = prepared.redactor(&transient);
        let response = Response { status, headers: &headers, body: body.unwrap_or_default() };
        let answer = kept(prepared, response, &redactor);
        error.without_secrets(&redactor).with_answer(answer, prepared.requirement)
    }
}

/// Sends a request once, and reads the complete body of a success response unless it is streamed or not needed.
pub(crate) async fn send(
    prepared: &Prepared<'_>,
    signed: Signed,
    timer: &mut Timer,
    is_streamed: bool,
) -> Result<Success, Error> {
    let Signed { keyed_url, headers, transient, .. } = signed;
    let inbound = {
        let Request { method, url, body, .. } = prepared.request;
        let url = keyed_url.as_ref().map_or(url, |keyed| &**keyed);
        // A call with a streamed body has only one attempt, so the body is always available.
        let body = body.take().ok_or_else(|| Error::new(ErrorKind::RequestBody))?;
        let outbound = Outbound { method, url, headers, body };
        let sending = pin!(prepared.shared.carrier.send(outbound));
        match timer.bound(sending).await {
            Some(Ok(inbound)) => inbound,
            Some(Err(error)) => return Err(not_answered(error)),
            None => return Err(Error::new(ErrorKind::Timeout)),
        }
    };
    // The URL is wiped before the client waits for the body, because the wait may be long.
    drop(keyed_url);
    let not_modified =
        inbound.status == StatusCode::NOT_MODIFIED && prepared.operation.not_modified;
    if let Some(kind) = ErrorKind::of_status(inbound.status)
        && !not_modified
    {
        // The future is boxed so that it doesn't increase the size of every call's future.
        return Err(Box::pin(refused(kind, inbound, prepared, &transient, timer)).await);
    }
    let Inbound { status, headers, mut body } = inbound;
    let mut success =
        Success { status, headers, body: None, stream: None, unexpected: Vec::new(), transient };
    if is_streamed {
        success.stream = Some(body);
        return Ok(success);
    }
    let looks_closer = prepared.shared.profile.envelope.looks_closer;
    if prepared.operation.answer.is_none() && !looks_closer {
        return Ok(success);
    }
    let (bytes, end) = read(&mut body, prepared.shared.settings.max_body, timer).await;
    success.body = Some(bytes);
    match end {
        Ok(()) => Ok(success),
        Err(error) => Err(success.not_understood(error, prepared)),
    }
}

/// Turns an error response into an error. The kind of error depends only on the status. If the body can't be read
/// completely, the error keeps the part that was read.
async fn refused(
    kind: ErrorKind,
    inbound: Inbound,
    prepared: &Prepared<'_>,
    transient: &[Transient],
    timer: &mut Timer,
) -> Error {
    let redactor = prepared.redactor(transient);
    let Inbound { status, headers, mut body } = inbound;
    let error = Error::new(kind);
    let error = match (kind, answered::target(&prepared.request.url, &headers, &redactor)) {
        (ErrorKind::Redirected(_), Some(target)) => {
            error.with_detail(format!("the target is {target}"))
        }
        _ => error,
    };
    let limit = prepared.shared.settings.max_body.min(answered::BODY_KEPT);
    let (body, _) = read(&mut body, limit, timer).await;
    let response = Response { status, headers: &headers, body };
    error.with_answer(kept(prepared, response, &redactor), prepared.requirement)
}

/// Returns the part of a response that an error keeps.
fn kept(prepared: &Prepared<'_>, response: Response<'_>, redactor: &Redactor) -> Answered {
    let envelope = &prepared.shared.profile.envelope;
    answered(response, envelope, prepared.shared.settings.clock.wall_time(), redactor)
}

/// Turns a transport failure before the start of a response into an error.
fn not_answered(error: TransportError) -> Error {
    let TransportError { kind, detail, source } = error;
    let (kind, detail) = match kind {
        TransportErrorKind::Unsendable => (
            ErrorKind::InvalidArgument,
            Some(detail.unwrap_or("the request is invalid and can't be sent".into())),
        ),
        TransportErrorKind::NoConnection => (ErrorKind::Connect, detail),
        TransportErrorKind::Timeout => (ErrorKind::Timeout, detail),
        TransportErrorKind::Interrupted => (ErrorKind::Interrupted, detail),
        TransportErrorKind::Body => (ErrorKind::RequestBody, detail),
        TransportErrorKind::NoResponse => (ErrorKind::NoResponse, detail),
        TransportErrorKind::Redirected => (ErrorKind::Redirected(None), detail),
    };
    let made = Error::new(kind).caused_by(source);
    match detail {
        Some(detail) => made.with_detail(detail),
        None => made,
    }
}
