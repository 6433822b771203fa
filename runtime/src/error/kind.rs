//! What went wrong, to branch on.

use http::StatusCode;

/// What went wrong with a call, to branch on.
///
/// Whether the request may have been carried out is another question: see [`Outcome`](crate::Outcome).
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
    /// An argument cannot be part of a request, e.g. an empty id. Nothing was sent.
    InvalidArgument,
    /// The address given to the client is none that its key may be sent to. Nothing was sent.
    InvalidOrigin,
    /// The HTTP client cannot be set up, e.g. because TLS has no roots or was not built in. Nothing was sent.
    Setup,
    /// The operation asks for a credential that the client does not hold. Nothing was sent.
    MissingCredential,
    /// A credential could not be added to the request, e.g. because no token could be had. Nothing was sent.
    Authentication,
    /// The client's own rate limit has no room; [`Error::retry_after`](crate::Error::retry_after) says for how long.
    /// Nothing was sent.
    RateLimited,
    /// No connection: name not found, refused, TLS failed, or not in time. Nothing was sent.
    Connect,
    /// No complete answer in time. The time of the call may have ended while there was no connection yet; that is not
    /// told apart.
    Timeout,
    /// The connection broke before the answer began.
    Interrupted,
    /// The server refused the request (4xx).
    ///
    /// The status is that of HTTP, or the one in the body if that has the API's shape of an error:
    /// [`Error::status`](crate::Error::status) is then a success.
    Refused(StatusCode),
    /// The server, or a proxy in front of it, failed (5xx). The status may be the one in the body, as for `Refused`.
    Failed(StatusCode),
    /// The server answered with a redirect (300 to 303, 305, 307 or 308); redirects are never followed.
    Redirected(StatusCode),
    /// A status that is neither a success nor a redirect, a refusal or a failure, such as 304 or 600.
    UnexpectedStatus(StatusCode),
    /// A success by its status, but the body reports an error in some other shape than the API's, such as
    /// `{"success": false}`. What the server did is not known.
    ErrorInBody,
    /// A success by its status, but the body says by the API's own flag that the request was refused, as in
    /// `{"ok": false}` ([`Envelope::with_success_flag`](crate::Envelope::with_success_flag)).
    RefusedInBody,
    /// A success whose body lacks what the operation returns, such as a list in another field.
    NoRecord,
    /// A success whose body is larger than the client accepts.
    BodyTooLarge,
    /// A success, but the connection broke inside its body.
    BodyCut,
    /// A success without the body that the operation promises.
    EmptyBody,
    /// A success whose body is not UTF-8.
    NotUtf8,
    /// A success whose body is no JSON, e.g. a page of HTML from a proxy.
    NotJson,
    /// A success whose JSON ends in the middle.
    JsonCut,
    /// A success whose JSON is nested deeper than is read.
    JsonTooDeep,
    /// A success whose JSON is not of the promised shape; [`Error::json_path`](crate::Error::json_path) says where.
    Decode,
}

impl ErrorKind {
    /// The kind of an answer with this status. `None` for a success.
    pub(crate) fn of_status(status: StatusCode) -> Option<ErrorKind> {
        match status.as_u16() {
            200..=299 => None,
            300..=303 | 305 | 307 | 308 => Some(ErrorKind::Redirected(status)),
            400..=499 => Some(ErrorKind::Refused(status)),
            500..=599 => Some(ErrorKind::Failed(status)),
            _ => Some(ErrorKind::UnexpectedStatus(status)),
        }
    }
}
