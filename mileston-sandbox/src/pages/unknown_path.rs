//! The response to a request that matches no page and no operation.

use axum::http::{Method, Uri};

use crate::runtime::Refusal;

/// Returns the error response to a request that matches no operation, in the format of NestJS.
pub(crate) async fn not_found(method: Method, uri: Uri) -> Refusal {
    Refusal::not_found(format!("Cannot {method} {}", uri.path()))
}
