//! A minimal runtime for a generated server.

mod authorize;
pub(crate) mod basic;
mod form;
mod incoming;
mod items;
mod media_type;
mod multipart;
mod presented;
mod respond;
mod verdict;

pub use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::IntoResponse;
pub use openapi_keys_runtime::style::Style;
use openapi_keys_runtime::{SecurityRequirement, SecurityScheme};

pub use authorize::{authorize, authorize_any, authorize_any_optional, authorize_optional};
pub use form::{Field, Kind};
pub use incoming::Incoming;
pub use items::{Event, Items};
pub use multipart::{File, Parts};
pub use presented::{CERTIFICATE, Presented};
pub use respond::{
    respond, respond_as, respond_bytes, respond_empty, respond_events, respond_lines, respond_text,
    respond_text_events,
};

/// An HTTP response.
pub type Response = axum::response::Response;

/// A caller with valid credentials.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity {
    /// The alternative of the operation's `security` that was met.
    pub met: &'static SecurityRequirement,
}

/// Checks credentials.
pub trait Authority {
    /// Returns the document's security schemes, which are in its `catalogue::SECURITY_SCHEMES`.
    fn schemes(&self) -> &'static [SecurityScheme];

    /// Returns the scopes of a credential, or `None` if the credential is wrong.
    fn scopes(&self, scheme: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>>;
}

/// An error response: its status and its reason.
#[derive(Debug)]
pub struct Refusal(pub StatusCode, pub String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}
