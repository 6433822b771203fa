//! What went wrong, to branch on.

use reqwest::StatusCode;

/// What went wrong with a call, to branch on.
///
/// Whether the request may have been carried out is another question: see [`Outcome`](crate::Outcome).
///
/// ```
/// use mileston_api::{Error, ErrorKind, StatusCode};
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
    /// The platform refused the request (4xx).
    Refused(StatusCode),
    /// The platform, or a proxy before it, failed (5xx).
    Failed(StatusCode),
    /// The platform answered with a redirect (3xx); redirects are never followed.
    Redirected(StatusCode),
    /// A status outside 200 to 599.
    UnexpectedStatus(StatusCode),
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
            300..=399 => Some(ErrorKind::Redirected(status)),
            400..=499 => Some(ErrorKind::Refused(status)),
            500..=599 => Some(ErrorKind::Failed(status)),
            _ => Some(ErrorKind::UnexpectedStatus(status)),
        }
    }
}
