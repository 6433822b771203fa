//! Defines what can go wrong with a call.

use http::StatusCode;

/// What went wrong with a call. Use this to handle some errors differently.
///
/// Whether the request may have been executed is a separate question: see [`Outcome`](crate::Outcome).
///
/// ```
/// use openapi_keys_runtime::{Error, ErrorKind, StatusCode};
///
/// fn is_forbidden(error: &Error) -> bool {
///     matches!(error.kind(), ErrorKind::Refused(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN))
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument can't be part of a request, e.g. an empty id. Nothing was sent.
    InvalidArgument,
    /// The client's origin is missing or invalid, or the request must not be sent to its URL, e.g. because the request
    /// has a credential and the URL has a different origin. Nothing was sent.
    InvalidOrigin,
    /// The HTTP client can't be set up, e.g. because TLS has no root certificates or was not built in. Nothing was
    /// sent.
    Setup,
    /// The operation requires a credential that the client doesn't have. Nothing was sent.
    MissingCredential,
    /// A credential could not be added to the request, e.g. because no token was available. Nothing was sent.
    Authentication,
    /// The client's own rate limit is exhausted. [`Error::retry_after`](crate::Error::retry_after) returns how
    /// long to wait. Nothing was sent.
    RateLimited,
    /// There was no connection: the host name was not found, the connection was refused, TLS failed, or the connect
    /// timeout expired. Nothing was sent.
    Connect,
    /// There was no complete response in time. If the call's timeout expires before there is a connection, the kind is
    /// also `Timeout`.
    Timeout,
    /// The connection broke before the response began.
    Interrupted,
    /// The request body, e.g. a file, couldn't be read completely while it was being sent. The server may have received
    /// part of it.
    RequestBody,
    /// In a browser, there is no response that the page may read. Browsers don't disclose why.
    ///
    /// There are two possibilities. Either the request was not sent, e.g. because the browser is offline, the host name
    /// wasn't found, or a Content-Security-Policy or an extension blocked it. Or the request was executed, but the
    /// server's CORS headers don't allow this page to read the response. So not even a read is retried, and the outcome
    /// of a write is unknown.
    NoResponse,
    /// The server rejected the request (4xx).
    ///
    /// The value is the HTTP status, unless the body of a 2xx response has the API's error format. In that case, the
    /// value is the status in the body, and [`Error::status`](crate::Error::status) returns the 2xx status.
    Refused(StatusCode),
    /// The server, or a proxy in front of it, failed (5xx). The status may be from the body, as for `Refused`.
    Failed(StatusCode),
    /// The server responded with a redirect (300 to 303, 305, 307 or 308). Redirects are never followed.
    ///
    /// In a browser, the status is `None`, because the browser hides it. So the outcome of a write is unknown.
    Redirected(Option<StatusCode>),
    /// The server responded with any other status, e.g. 304 or 600.
    UnexpectedStatus(StatusCode),
    /// The status means success, but the body reports an error in a format other than the API's, e.g. `{"success":
    /// false}`. It is unknown what the server did.
    ErrorInBody,
    /// The status means success, but the API's own flag in the body reports that the request was rejected, as in
    /// `{"ok": false}` ([`Envelope::with_success_flag`](crate::Envelope::with_success_flag)).
    RefusedInBody,
    /// The body of a success response doesn't contain what the operation returns, e.g. because the record is in an
    /// undocumented field.
    NoRecord,
    /// The body of a success response lacks a field that the caller needs. Response accessors return this. The
    /// request was executed: don't send a write again.
    MissingField,
    /// A response header can't be read as its documented type. [`Response::header`](crate::Response::header) returns
    /// this. The request was executed: don't send a write again.
    InvalidHeader,
    /// The body of a success response is larger than the client accepts.
    BodyTooLarge,
    /// The connection broke in the middle of the body of a success response.
    BodyCut,
    /// The body of a success response is empty, although the operation returns a value.
    EmptyBody,
    /// The body of a success response isn't UTF-8, or its media type declares a charset other than UTF-8.
    NotUtf8,
    /// The body of a success response has a media type other than the documented one.
    WrongMediaType,
    /// The body of a success response isn't JSON, e.g. it is an HTML page from a proxy.
    NotJson,
    /// The JSON of a success response is cut off.
    JsonCut,
    /// The JSON of a success response is nested more deeply than the client can read.
    JsonTooDeep,
    /// The JSON of a success response doesn't have the expected shape. [`Error::json_path`](crate::Error::json_path)
    /// returns the path to the mismatch.
    Decode,
}

impl ErrorKind {
    /// Returns the kind for a response with this status, or `None` for a 2xx status.
    pub(crate) fn of_status(status: StatusCode) -> Option<ErrorKind> {
        match status.as_u16() {
            200..=299 => None,
            300..=303 | 305 | 307 | 308 => Some(ErrorKind::Redirected(Some(status))),
            400..=499 => Some(ErrorKind::Refused(status)),
            500..=599 => Some(ErrorKind::Failed(status)),
            _ => Some(ErrorKind::UnexpectedStatus(status)),
        }
    }
}
