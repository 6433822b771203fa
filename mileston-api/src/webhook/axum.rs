//! Defines the extractor for axum (`axum` feature).
//!
//! ```
//! use axum::{Router, http::StatusCode, routing::post};
//! use mileston_api::webhook::{RECEIVED, Verifier, axum::Verified};
//!
//! async fn hook(Verified(delivery): Verified) -> StatusCode {
//!     println!("{}: {:?}", delivery.event.name(), delivery.paid_id());
//!     RECEIVED
//! }
//!
//! let verifier = Verifier::new("fake-webhook-token".parse()?);
//! let app: Router = Router::new().route("/mileston", post(hook)).with_state(verifier);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use axum_core::extract::{DefaultBodyLimit, FromRef, FromRequest, Request, rejection};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::webhook::error::{WebhookError, WebhookErrorKind};
use crate::webhook::event::Delivery;
use crate::webhook::{MAX_BODY_BYTES, Verifier};

/// A delivery with the correct token. The router's state must be a [`Verifier`] or provide one through `FromRef`.
///
/// The token is verified before the body is read. The size limit of the body is [`MAX_BODY_BYTES`], regardless of the
/// router's own limit. The response to a rejected request consists of [`WebhookError::status`] and the error's message,
/// which contains nothing from the request. To log the error, use `Result<Verified, WebhookError>` as the handler's
/// argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified(
    /// The verified delivery.
    pub Delivery,
);

impl<S> FromRequest<S> for Verified
where
    S: Send + Sync,
    Verifier: FromRef<S>,
{
    type Rejection = WebhookError;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Self::Rejection> {
        Verifier::from_ref(state).check_token(request.headers())?;
        DefaultBodyLimit::max(MAX_BODY_BYTES).apply(&mut request);
        let body = Bytes::from_request(request, state).await.map_err(|error| not_read(&error))?;
        crate::webhook::read::delivery(&body).map(Verified)
    }
}

fn not_read(error: &rejection::BytesRejection) -> WebhookErrorKind {
    use rejection::{BytesRejection::FailedToBufferBody, FailedToBufferBody as Failed};
    match error {
        FailedToBufferBody(Failed::LengthLimitError(_)) => WebhookErrorKind::BodyTooLarge,
        _ => WebhookErrorKind::BodyCut,
    }
}

impl IntoResponse for WebhookError {
    fn into_response(self) -> Response {
        (self.status(), self.to_string()).into_response()
    }
}
