//! Defines the error that a call returns: an opaque struct that contains what went wrong, how far the request got, and
//! the response.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::StatusCode;
use http::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::classify::classify;
use super::kind::ErrorKind;
use super::not_found;
use super::text::{self, Sentence};
use crate::error_report::write_report;
use crate::operation::{Operation, SecurityRequirement};
use crate::outcome::Outcome;
use crate::profile::Profile;
use crate::received::Received;
use crate::redact::Redactor;

/// The error from a failed call, or from a failed attempt to build a client.
///
/// The message is a single line that can be read on its own: which operation, what happened, what to do next. To handle
/// a particular kind of error, use [`kind`](Error::kind). To decide whether the request may have been executed, use
/// [`outcome`](Error::outcome).
///
/// Neither `Display` nor `Debug` nor any accessor shows a credential. URLs are never kept. If the server echoes a
/// credential or a signature, or at least eight characters of one, that text is replaced by `[redacted]` before the
/// error is created. This also works if the text is in a different case, escaped, or in base64.
///
/// Everything that comes from the server ([`messages`](Error::messages), [`error_name`](Error::error_name),
/// [`body`](Error::body), [`headers`](Error::headers)) is untrusted. The error's message quotes it, escapes it and
/// attributes it to the server. Escape it yourself before you show it elsewhere.
///
/// ```
/// use openapi_keys_runtime::{Error, ErrorKind, Outcome};
///
/// let error = Error::invalid_argument("`amount` is zero");
/// assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
/// assert_eq!(error.to_string(), "`amount` is zero");
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    outcome: Outcome,
    operation: Option<&'static Operation>,
    profile: Option<&'static Profile>,
    /// The alternative in `security` whose credentials were sent. It is known only if there was a response.
    sent: Option<&'static SecurityRequirement>,
    /// The scheme, host and port of the server, even if the server was not reached.
    server: Option<String>,
    /// What happened, or `None` if the kind already says it.
    detail: Option<String>,
    json_path: Option<String>,
    answer: Option<Answered>,
    attempts: u32,
    /// How long to wait because of the client's own rate limit.
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The response, without secrets.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: Received,
    pub(crate) body: Vec<u8>,
    pub(crate) messages: Vec<String>,
    pub(crate) error_name: Option<String>,
    pub(crate) retry_after: Option<Duration>,
}

impl Error {
    /// Creates an error of this kind. Use this for your own checks in a client, and to test code that handles errors.
    ///
    /// Until a call sets the operation, the outcome is classified as if the request were a write.
    #[must_use]
    pub fn new(kind: ErrorKind) -> Self {
        Error(Box::new(Inner {
            kind,
            outcome: classify(kind, true),
            operation: None,
            profile: None,
            sent: None,
            server: None,
            detail: None,
            json_path: None,
            answer: None,
            attempts: 0,
            retry_after: None,
            source: None,
        }))
    }

    /// Creates an error about an argument that can't be part of a request. Nothing was sent. `detail` says which
    /// argument and why, without the argument's value.
    #[must_use]
    pub fn invalid_argument(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(detail)
    }

    /// Creates an error about a credential that couldn't be added to a request. Nothing was sent. `detail` says why,
    /// without the credential.
    #[must_use]
    pub fn authentication(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::Authentication).with_detail(detail)
    }

    /// Creates an error about a credential that the client doesn't have. Nothing was sent.
    #[must_use]
    pub fn missing_credential(detail: impl Into<String>) -> Self {
        Error::new(ErrorKind::MissingCredential).with_detail(detail)
    }

    /// Creates an error about a field that is missing from a response. `field` is its name on the wire. The operation
    /// is `None` if no call decoded the response.
    pub(crate) fn missing_field(operation: Option<&'static Operation>, field: &str) -> Self {
        let error = Error::new(ErrorKind::MissingField).with_detail(format!("has no `{field}`"));
        match operation {
            Some(operation) => error.of(operation),
            None => error,
        }
    }

    /// Adds a detail to the message: a clause that says what happened and contains no secret.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Sets the cause. `Debug` shows its message, which must not contain a secret.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn caused_by(mut self, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = source;
        self
    }

    /// Sets the JSON path where the body stops matching the expected shape.
    #[must_use]
    pub fn with_json_path(mut self, path: String) -> Self {
        self.0.json_path = Some(path);
        self
    }

    /// Sets the response, and the security requirement whose credentials were sent.
    pub(crate) fn with_answer(
        mut self,
        answer: Answered,
        sent: Option<&'static SecurityRequirement>,
    ) -> Self {
        self.0.answer = Some(answer);
        self.0.sent = sent;
        self
    }

    pub(crate) fn with_retry_after(mut self, pause: Duration) -> Self {
        self.0.retry_after = Some(pause);
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the outcome, for errors whose kind and method don't determine it.
    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Returns an error of the same kind with the same detail. Nothing else is copied.
    pub(crate) fn repeated(&self) -> Self {
        let mut error = Error::new(self.0.kind);
        error.0.detail.clone_from(&self.0.detail);
        error
    }

    /// Redacts the JSON path, which contains field names that the server chose.
    pub(crate) fn without_secrets(mut self, redactor: &Redactor) -> Self {
        self.0.json_path = self.0.json_path.map(|path| redactor.text(&path));
        self
    }

    /// Sets the operation that failed. From then on, the outcome also depends on the operation's method.
    pub(crate) fn of(mut self, operation: &'static Operation) -> Self {
        self.0.outcome = classify(self.0.kind, !operation.method.is_safe());
        self.0.operation = Some(operation);
        self
    }

    /// Sets the operation that failed, its server, and the advice that the message gives.
    pub(crate) fn in_operation(
        self,
        operation: &'static Operation,
        server: &str,
        profile: &'static Profile,
    ) -> Self {
        let mut error = self.of(operation);
        error.0.server = Some(server.to_owned());
        error.0.profile = Some(profile);
        error
    }

    /// Returns what went wrong. Use this to handle a particular kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns how far the request got, which says whether it may have been executed.
    ///
    /// * A 4xx is [`Outcome::Refused`].
    /// * A 5xx for a write is [`Outcome::Unknown`], because a proxy also sends 502 or 504 for a service that has
    ///   finished its work.
    /// * A success response whose body could not be read is `Unknown`.
    /// * An error in the body of a 2xx response to a write is `Refused` only if it has the API's own format
    ///   ([`Envelope`](crate::Envelope)).
    /// * A success response that could be read but lacks a field is [`Outcome::Executed`].
    ///
    /// ```
    /// use openapi_keys_runtime::{Error, Outcome};
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     match error.outcome() {
    ///         Outcome::NotSent => "retry",
    ///         Outcome::Refused => "fix the request",
    ///         Outcome::Executed => "don't send a write again",
    ///         _ => "check whether it was executed",
    ///     }
    /// }
    /// ```
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Returns the operation that failed, including its method and path. Returns `None` if a client could not be built,
    /// or if the error is about a response that no call decoded.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// Returns the id of the operation that failed, e.g. `createBook`.
    pub fn operation_id(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// Returns the HTTP status of the response, or `None` if there was no response. [`kind`](Error::kind) may contain a
    /// different status, taken from the body.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// Returns the headers of the response, or `None` if there was no response. A value that contains a credential is
    /// replaced by `[redacted]`.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| answer.headers.map())
    }

    /// Returns the reasons for the error that the body gives: first each entry of `message`, then those in other common
    /// fields (`error`, `errors`, RFC 9457's `title` and `detail`, and others). A plain-text body is treated as a
    /// single reason. If `error` itself is text, it is the [`error_name`](Error::error_name), not one of the reasons.
    ///
    /// Returns an empty slice if there was no response, or no reason in its body. Returns at most 100 reasons, each
    /// with up to 4096 characters.
    ///
    /// ```
    /// fn show(error: &openapi_keys_runtime::Error) {
    ///     for message in error.messages() {
    ///         println!("the server says: {message}");
    ///     }
    /// }
    /// ```
    pub fn messages(&self) -> &[String] {
        self.0.answer.as_ref().map_or(&[], |answer| &answer.messages)
    }

    /// Returns the text of the body's `error` field, e.g. `Bad Request`.
    pub fn error_name(&self) -> Option<&str> {
        self.0.answer.as_ref()?.error_name.as_deref()
    }

    /// Returns the body of the response as received, but with credentials replaced by `[redacted]`.
    ///
    /// Returns at most the first 64 KiB. Returns `None` if there was no response.
    pub fn body(&self) -> Option<&[u8]> {
        self.0.answer.as_ref().map(|answer| &*answer.body)
    }

    /// Reads the body of the response as your own type, e.g. one for the API's documented error format.
    ///
    /// Returns `None` if there was no response, or its body doesn't match the type.
    ///
    /// ```
    /// #[derive(serde::Deserialize)]
    /// struct Problem {
    ///     code: String,
    /// }
    ///
    /// fn is_sold_out(error: &openapi_keys_runtime::Error) -> bool {
    ///     error.body_as::<Problem>().is_some_and(|problem| problem.code == "sold_out")
    /// }
    /// ```
    pub fn body_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(self.body()?).ok()
    }

    /// Returns whether the API itself reports that nothing exists under the requested id. This is the case if the
    /// response is a 404 with a JSON body that doesn't come from a router.
    ///
    /// A 404 status isn't enough. A proxy responds with 404 and its own page, and a framework responds with `Cannot GET
    /// /…` for a path that it doesn't serve. Neither says anything about the record. For an API whose
    /// [`Envelope`](crate::Envelope) has a status, the body must also contain the status 404 and a reason.
    ///
    /// ```
    /// use openapi_keys_runtime::Error;
    ///
    /// fn next_step(error: &Error) -> &'static str {
    ///     if error.is_not_found() { "it does not exist" } else { "unknown: retry" }
    /// }
    /// ```
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let status_field = self.0.profile.and_then(|profile| profile.envelope.status);
        self.kind() == ErrorKind::Refused(StatusCode::NOT_FOUND)
            && self
                .0
                .answer
                .as_ref()
                .is_some_and(|answer| not_found::says(&answer.headers, &answer.body, status_field))
    }

    /// Returns the number of attempts: 0 if the call failed before the first attempt, 1 if there was no retry. For
    /// [`ErrorKind::MissingField`] it is 0, because the value that lacks the field doesn't keep the number of attempts.
    ///
    /// The error itself comes from the last attempt.
    ///
    /// ```
    /// fn log(error: &openapi_keys_runtime::Error) {
    ///     eprintln!("after {} attempts: {error}", error.attempts());
    /// }
    /// ```
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long to wait before the next request, according to the response's `Retry-After` header. For
    /// [`ErrorKind::RateLimited`], returns how long the client's own limit stays exhausted.
    ///
    /// If the header contains a date, the wait is measured from the response's `Date` header. A date in the past means
    /// no wait.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// fn pause(error: &openapi_keys_runtime::Error) -> Duration {
    ///     error.retry_after().unwrap_or(Duration::from_secs(60))
    /// }
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.answer.as_ref().map_or(self.0.retry_after, |answer| answer.retry_after)
    }

    /// Returns the JSON path where the body stops matching the expected shape, e.g. `books[0].title`. `.` is the
    /// complete body.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn StdError + 'static))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, outcome, operation, profile, sent, server, detail, json_path, .. } =
            &*self.0;
        let answer = self.0.answer.as_ref();
        text::sentence(
            &Sentence {
                kind: *kind,
                outcome: *outcome,
                operation: *operation,
                wording: profile.map(|profile| &profile.wording),
                sent: *sent,
                server: server.as_deref(),
                detail: detail.as_deref(),
                json_path: json_path.as_deref(),
                status: answer.map(|answer| answer.status),
                messages: answer.map_or(&[], |answer| &answer.messages),
                error_name: answer.and_then(|answer| answer.error_name.as_deref()),
                attempts: self.0.attempts,
            },
            f,
        )
    }
}

/// Prints the message, then the causes. `{:#?}` prints the fields, but only the start of the body and no headers,
/// because headers may contain cookies.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        let body = self.body().map(|body| text::shown(&String::from_utf8_lossy(body), 512));
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("outcome", &self.0.outcome)
            .field("attempts", &self.0.attempts)
            .field("text", &self.to_string())
            .field("body", &body)
            .field("source", &self.0.source)
            .finish()
    }
}

#[cfg(test)]
mod tests;
