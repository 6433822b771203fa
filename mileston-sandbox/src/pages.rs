//! What a person looks at in a browser: the checkout page of whatever can be paid, and a page for payments by card.
//!
//! Views are pure functions from plain data to HTML; what they show is looked up in `checkout` and `on_ramp` alone.

mod assets;
mod checkout;
mod headers;

mod keys;
mod layout;
mod loopback;
mod on_ramp;
mod qr;

use std::sync::Arc;

use axum::http::{Method, Uri};
use axum::routing::get;
use axum::{Router, middleware};

use crate::platform::Emulation;
use crate::runtime::Refusal;

pub(crate) use checkout::divert;
pub(crate) use keys::PageKeys;

/// The pages that have an address of their own, with all that they are made of. The checkout page shares its address
/// with an operation: see [`divert`].
pub(crate) fn router(platform: Arc<Emulation>) -> Router {
    Router::new()
        .route("/pay/on-ramp/{id}", get(on_ramp::show))
        .route(assets::STYLE.path, get(|| assets::STYLE.answer()))
        .route(assets::LOGO.path, get(|| assets::LOGO.answer()))
        .route(assets::CHECKOUT.path, get(|| assets::CHECKOUT.answer()))
        .route(assets::CALLS.path, get(|| assets::CALLS.answer()))
        .route(assets::PAYER.path, get(|| assets::PAYER.answer()))
        .route(qr::PATH, get(qr::draw))
        .with_state(platform)
        .layer(middleware::from_fn(loopback::expect_loopback))
}

/// The refusal of a request that no operation answers, in the words of NestJS.
pub(crate) async fn not_found(method: Method, uri: Uri) -> Refusal {
    Refusal::not_found(format!("Cannot {method} {}", uri.path()))
}
