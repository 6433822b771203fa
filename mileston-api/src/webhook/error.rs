//! Why a delivery was refused. Never a character of the token or of the body.

use std::fmt;

use mileston_keys::write_report;

use crate::StatusCode;
use crate::webhook::wire::MAX_BODY_BYTES;

/// A delivery was refused.
///
/// Its text is one line that stands alone. Neither `Display` nor `Debug` shows any part of the header or of the body,
/// so it can be logged. To branch, use [`kind`](WebhookError::kind); to answer, [`status`](WebhookError::status).
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

/// Why a delivery was refused, to branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// No header `X-Webhook-Signature`.
    MissingToken,
    /// More than one header `X-Webhook-Signature`, be they equal or not.
    RepeatedToken,
    /// `X-Webhook-Signature` does not hold the token.
    WrongToken,
    /// The body has more than [`MAX_BODY_BYTES`].
    BodyTooLarge,
    /// The connection broke inside the body. Only the extractor of the feature `axum` says so.
    BodyCut,
    /// There is no body.
    EmptyBody,
    /// The body is not UTF-8.
    NotUtf8,
    /// The body is no JSON.
    NotJson,
    /// The JSON ends in the middle.
    JsonCut,
    /// The JSON is nested deeper than is read.
    JsonTooDeep,
    /// The JSON is not of the documented shape; [`WebhookError::json_path`] says where.
    Shape,
}

/// Where the body leaves the documented shape, in words of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    pub(crate) path: String,
    pub(crate) expected: &'static str,
    pub(crate) found: &'static str,
}

impl WebhookError {
    pub(crate) fn misfit(misfit: Misfit) -> Self {
        WebhookError { kind: WebhookErrorKind::Shape, misfit: Some(Box::new(misfit)) }
    }

    /// Why, to branch on.
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    /// Where the body leaves the documented shape, e.g. `payload.amount`. `.` is the whole.
    pub fn json_path(&self) -> Option<&str> {
        self.misfit.as_ref().map(|misfit| misfit.path.as_str())
    }

    /// What to answer: 401 for the token, 413 for too much, 400 for everything else of the body.
    ///
    /// The platform takes each of them for "send again", as any status but 200.
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
            | WebhookErrorKind::Shape => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<WebhookErrorKind> for WebhookError {
    fn from(kind: WebhookErrorKind) -> Self {
        WebhookError { kind, misfit: None }
    }
}

/// The sentence. With `{:#?}` the fields.
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
        f.write_str("webhook refused: ")?;
        if let Some(Misfit { path, expected, found }) = self.misfit.as_deref() {
            return write!(f, "expected {expected} at `{path}` of the body, found {found}");
        }
        match self.kind {
            WebhookErrorKind::MissingToken => f.write_str(
                "expected the verification token in the header `X-Webhook-Signature`, found no such \
                 header; every delivery of Mileston has it, unless a proxy took it out",
            ),
            WebhookErrorKind::RepeatedToken => f.write_str(
                "expected one header `X-Webhook-Signature`, found more than one; Mileston sends one",
            ),
            WebhookErrorKind::WrongToken => f.write_str(
                "expected the verification token in the header `X-Webhook-Signature`, found another \
                 text; if the token was changed at business.mileston.co, read the new one, and give \
                 the old one to `and_previous` for a while",
            ),
            WebhookErrorKind::BodyTooLarge => {
                write!(f, "expected a body of at most {MAX_BODY_BYTES} bytes, found more")
            }
            WebhookErrorKind::BodyCut => {
                f.write_str("expected a body, found a connection that broke inside it")
            }
            WebhookErrorKind::EmptyBody => {
                f.write_str("expected a body of JSON, found nothing; was it read before?")
            }
            WebhookErrorKind::NotUtf8 => {
                f.write_str("expected a body of JSON, found bytes that are not UTF-8")
            }
            WebhookErrorKind::NotJson => {
                f.write_str("expected a body of JSON, found something else")
            }
            WebhookErrorKind::JsonCut => {
                f.write_str("expected a body of JSON, found JSON that ends in the middle")
            }
            WebhookErrorKind::JsonTooDeep => {
                f.write_str("expected a body of JSON, found JSON that is nested too deep")
            }
            WebhookErrorKind::Shape => f.write_str("the body is not of the documented shape"),
        }
    }
}
