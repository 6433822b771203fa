//! Describes why a delivery was rejected. Errors never contain any part of the token or the body.

use std::fmt;

use mileston_keys::write_report;

use crate::StatusCode;
use crate::webhook::wire::MAX_BODY_BYTES;

/// A delivery was rejected.
///
/// Neither `Display` nor `Debug` contains any part of the header or of the body, so you can log the error. Branch on
/// [`kind`](WebhookError::kind), and respond with [`status`](WebhookError::status).
///
/// ```
/// use mileston_api::webhook::{Verifier, WebhookErrorKind};
///
/// let verifier = Verifier::new("fake-webhook-token".parse()?);
/// let error = verifier.verify_parts(Some(b"another"), b"{}").unwrap_err();
/// assert_eq!(error.kind(), WebhookErrorKind::WrongToken);
/// assert_eq!(error.status(), 401);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    misfit: Option<Box<Misfit>>,
}

/// Why a delivery was rejected. Code can branch on this kind. The kinds that describe the body have the same names as
/// in [`ErrorKind`](crate::ErrorKind).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// The `X-Webhook-Signature` header is missing.
    MissingToken,
    /// There is more than one `X-Webhook-Signature` header. Their values don't matter.
    RepeatedToken,
    /// `X-Webhook-Signature` doesn't contain the token.
    WrongToken,
    /// The body is larger than [`MAX_BODY_BYTES`].
    BodyTooLarge,
    /// The connection broke in the middle of the body. Only the `axum` feature's extractor reports this.
    BodyCut,
    /// The body is empty.
    EmptyBody,
    /// The body isn't UTF-8.
    NotUtf8,
    /// The body isn't JSON.
    NotJson,
    /// The JSON is cut off.
    JsonCut,
    /// The JSON is nested more deeply than this crate can read.
    JsonTooDeep,
    /// The JSON doesn't have the documented form. [`WebhookError::json_path`] returns the place where it differs.
    Decode,
}

/// The place where the body differs from the documented form. The strings come from this crate, never from the sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) expected: &'static str,
    pub(crate) found: &'static str,
}

impl WebhookError {
    pub(crate) fn misfit(misfit: Misfit) -> Self {
        WebhookError { kind: WebhookErrorKind::Decode, misfit: Some(Box::new(misfit)) }
    }

    /// Returns the kind of the error, which says why the delivery was rejected.
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    /// Returns the place where the body differs from the documented form, e.g. `payload.amount`. `.` means the whole
    /// body.
    pub fn json_path(&self) -> Option<&str> {
        self.misfit.as_ref().map(|misfit| misfit.path.as_str())
    }

    /// Returns the status to respond with: 401 if the token is missing, repeated or wrong, 413 if the body is too
    /// large, and 400 in all other cases.
    ///
    /// The platform sends the delivery again after any of these, as after any status other than 200.
    pub fn status(&self) -> StatusCode {
        match self.kind {
            WebhookErrorKind::MissingToken
            | WebhookErrorKind::RepeatedToken
            | WebhookErrorKind::WrongToken => StatusCode::UNAUTHORIZED,
            WebhookErrorKind::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            WebhookErrorKind::BodyCut
            | WebhookErrorKind::EmptyBody
            | WebhookErrorKind::NotUtf8
            | WebhookErrorKind::NotJson
            | WebhookErrorKind::JsonCut
            | WebhookErrorKind::JsonTooDeep
            | WebhookErrorKind::Decode => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<WebhookErrorKind> for WebhookError {
    fn from(kind: WebhookErrorKind) -> Self {
        WebhookError { kind, misfit: None }
    }
}

/// Writes the message. `{:#?}` writes the fields.
impl fmt::Debug for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f
                .debug_struct("WebhookError")
                .field("kind", &self.kind)
                .field("misfit", &self.misfit)
                .finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for WebhookError {}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("webhook rejected: ")?;
        if let Some(Misfit { path, expected, found }) = self.misfit.as_deref() {
            return write!(f, "expected {expected} at `{path}` in the body, found {found}");
        }
        match self.kind {
            WebhookErrorKind::MissingToken => f.write_str(
                "expected the verification token in the `X-Webhook-Signature` header, found no \
                such header; every delivery from Mileston has it, unless a proxy removes it",
            ),
            WebhookErrorKind::RepeatedToken => f.write_str(
                "expected one `X-Webhook-Signature` header, found more than one; Mileston sends \
                only one",
            ),
            WebhookErrorKind::WrongToken => f.write_str(
                "expected the verification token in the `X-Webhook-Signature` header, found a \
                different value; if the token was changed at business.mileston.co, use the new \
                one, and pass \
                 the old one to `and_previous` for a while",
            ),
            WebhookErrorKind::BodyTooLarge => {
                write!(f, "expected a body of at most {MAX_BODY_BYTES} bytes, found more")
            }
            WebhookErrorKind::BodyCut => {
                f.write_str("the connection broke in the middle of the body")
            }
            WebhookErrorKind::EmptyBody => {
                f.write_str("expected a JSON body, found an empty one; was the body already read?")
            }
            WebhookErrorKind::NotUtf8 => {
                f.write_str("expected a JSON body, found bytes that aren't UTF-8")
            }
            WebhookErrorKind::NotJson => f.write_str("expected a JSON body, found something else"),
            WebhookErrorKind::JsonCut => {
                f.write_str("expected a JSON body, found JSON that is cut off")
            }
            WebhookErrorKind::JsonTooDeep => {
                f.write_str("expected a JSON body, found JSON that is nested too deeply")
            }
            WebhookErrorKind::Decode => f.write_str("the body doesn't have the documented form"),
        }
    }
}
