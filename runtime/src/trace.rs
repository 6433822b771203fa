//! Reports to `tracing` which operation was called, on which server, and how the call ended. Payloads, keys and
//! filled-in paths aren't reported.
//!
//! Span fields have the names that OpenTelemetry defines for HTTP clients. Additional fields begin with `openapi.`.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use http::{StatusCode, Uri};
use tracing::field::{Empty, display};
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::{Span, debug, debug_span, info, info_span, warn};

use crate::error::{Error, ErrorKind};
use crate::json::Unexpected;
use crate::operation::Operation;
use crate::outcome::Outcome;
use crate::redact::Redactor;

/// The address of a call. The address is parsed only once, and only if a span is enabled.
pub(crate) struct Address<'a> {
    url: &'a str,
    parsed: OnceLock<Option<Uri>>,
}

impl<'a> Address<'a> {
    pub(crate) fn of(url: &'a str) -> Self {
        Address { url, parsed: OnceLock::new() }
    }

    fn uri(&self) -> Option<&Uri> {
        self.parsed.get_or_init(|| Uri::try_from(self.url).ok()).as_ref()
    }

    fn host(&self) -> Option<&str> {
        self.uri()?.host()
    }

    fn port(&self) -> Option<u16> {
        let uri = self.uri()?;
        let of_scheme = || match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        };
        uri.port_u16().or_else(of_scheme)
    }
}

/// Creates the span around all attempts of a call.
pub(crate) fn call(
    operation: &'static Operation,
    label: Option<&'static str>,
    address: &Address<'_>,
) -> Span {
    info_span!(
        "openapi.call",
        otel.name = operation.id,
        openapi.operation = operation.id,
        openapi.credential = label.unwrap_or("none"),
        http.request.method = operation.method.as_str(),
        server.address = address.host(),
        server.port = address.port(),
        url.template = operation.path,
        http.response.status_code = Empty,
        error.type = Empty,
        openapi.outcome = Empty,
        openapi.attempts = Empty,
    )
}

/// Creates the span around one attempt. In OpenTelemetry, such a span is called an HTTP client span.
pub(crate) fn attempt(operation: &'static Operation, address: &Address<'_>, number: u32) -> Span {
    debug_span!(
        "openapi.attempt",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        otel.kind = "client",
        http.request.method = operation.method.as_str(),
        http.request.resend_count = (number > 1).then(|| number - 1),
        server.address = address.host(),
        server.port = address.port(),
        url.template = operation.path,
        http.response.status_code = Empty,
        error.type = Empty,
    )
}

/// Returns whether spans and events can exist at all. A Cargo feature of `tracing` can disable them at compile time.
/// The compiler then removes the code that creates them.
pub(crate) fn is_possible() -> bool {
    STATIC_MAX_LEVEL != LevelFilter::OFF
}

/// Records the end of an attempt in its span, and emits an event.
pub(crate) fn attempted(span: &Span, result: Result<StatusCode, &Error>, took: Duration) {
    if !is_possible() {
        return;
    }
    end(span, result);
    let duration = took.as_secs_f64();
    span.in_scope(|| match result {
        Ok(status) => {
            debug!(http.response.status_code = status.as_u16(), duration, "attempt succeeded");
        }
        Err(error) => debug!(
            http.response.status_code = error.status().map(|status| status.as_u16()),
            error.type = %ErrorType(error.kind()),
            duration,
            "attempt failed"
        ),
    });
}

/// Records the end of a call in its span, and emits an event.
pub(crate) fn called(
    span: &Span,
    result: Result<StatusCode, &Error>,
    attempts: u32,
    took: Duration,
) {
    if !is_possible() {
        return;
    }
    end(span, result);
    span.record("openapi.attempts", attempts);
    let duration = took.as_secs_f64();
    span.in_scope(|| match result {
        Ok(status) => {
            let status = status.as_u16();
            debug!(http.response.status_code = status, attempts, duration, "call succeeded");
        }
        Err(error) => {
            let outcome = outcome_name(error.outcome());
            span.record("openapi.outcome", outcome);
            debug!(
                http.response.status_code = error.status().map(|status| status.as_u16()),
                error.type = %ErrorType(error.kind()),
                openapi.outcome = outcome,
                attempts,
                duration,
                "call failed"
            );
        }
    });
}

fn end(span: &Span, result: Result<StatusCode, &Error>) {
    let (status, kind) = match result {
        Ok(status) => (Some(status), None),
        Err(error) => (error.status(), Some(error.kind())),
    };
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Some(kind) = kind {
        span.record("error.type", display(ErrorType(kind)));
    }
}

/// Reports that another attempt follows.
pub(crate) fn retrying(failed: u32, kind: ErrorKind, pause: Duration) {
    info!(
        attempt = failed,
        retry.reason = %ErrorType(kind),
        retry.delay = pause.as_secs_f64(),
        "attempt failed, retrying"
    );
}

/// Reports that a governor delays the attempt.
pub(crate) fn held_back(pause: Duration) {
    debug!(governor.delay = pause.as_secs_f64(), "delayed by the rate limit");
}

/// Reports that a token could not be renewed early. The current token is still valid. The error is `None` if the
/// renewal took too long.
pub(crate) fn not_renewed(error: Option<&Error>) {
    let error = error.map(display);
    warn!(error, "the token could not be renewed; the current one is used until it expires");
}

/// Reports why there is no further attempt.
pub(crate) fn stopped(failed: u32, kind: ErrorKind, because: &'static str) {
    debug!(attempt = failed, error.type = %ErrorType(kind), retry.stop = because, "not retrying");
}

/// Reports the paths of values in a response that were converted or left out. The values themselves aren't reported,
/// because they may be personal or secret.
pub(crate) fn unexpected(operation: &Operation, values: &[Unexpected], redactor: &Redactor) {
    const SHOWN: usize = 5;
    let places: Vec<&str> = values.iter().take(SHOWN).map(Unexpected::path).collect();
    warn!(
        openapi.operation = operation.id,
        count = values.len(),
        places = redactor.text(&places.join(", ")),
        "values in the response don't have the documented form"
    );
}

/// Reports that an observer panicked. The call continues. The panic hook has already printed the message.
pub(crate) fn observer_panicked() {
    warn!("the client's observer panicked");
}

fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSent => "not_sent",
        Outcome::Refused => "refused",
        Outcome::Executed => "executed",
        Outcome::Unknown => "unknown",
    }
}

/// Displays the status if the error has one, and otherwise a fixed word. The number of different values is small, as
/// OpenTelemetry requires.
struct ErrorType(ErrorKind);

impl fmt::Display for ErrorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            ErrorKind::Refused(status)
            | ErrorKind::Failed(status)
            | ErrorKind::Redirected(Some(status))
            | ErrorKind::UnexpectedStatus(status) => return f.write_str(status.as_str()),
            ErrorKind::InvalidArgument => "invalid_argument",
            ErrorKind::InvalidOrigin => "invalid_origin",
            ErrorKind::Setup => "setup",
            ErrorKind::MissingCredential => "missing_credential",
            ErrorKind::Authentication => "authentication",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Connect => "connect",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Interrupted => "interrupted",
            ErrorKind::NoResponse => "no_response",
            ErrorKind::Redirected(None) => "redirected",
            ErrorKind::BodyTooLarge => "body_too_large",
            ErrorKind::BodyCut => "body_cut",
            ErrorKind::EmptyBody => "empty_body",
            ErrorKind::NotUtf8 => "not_utf8",
            ErrorKind::RequestBody => "request_body",
            ErrorKind::WrongMediaType => "wrong_media_type",
            ErrorKind::NotJson => "not_json",
            ErrorKind::JsonCut => "json_cut",
            ErrorKind::JsonTooDeep => "json_too_deep",
            ErrorKind::Decode => "decode",
            ErrorKind::ErrorInBody => "error_in_body",
            ErrorKind::RefusedInBody => "refused_in_body",
            ErrorKind::NoRecord => "no_record",
            ErrorKind::MissingField => "missing_field",
            ErrorKind::InvalidHeader => "invalid_header",
        })
    }
}
