//! What steers the sandbox itself, under `/_sandbox`: for tests, scripts and the command line, not a part of the platform.
//!
//! It takes no key: whoever can reach the port of this machine may steer. Web pages can reach it, too, so a request
//! must carry the header `mileston-sandbox`, which a page of another origin can't send, and must name this machine in
//! `Host`.

mod guard;
mod information;
mod told;
mod webhooks;
mod whose;

use std::sync::Arc;

use axum::routing::get;
use axum::{Router, middleware};

use crate::platform::Emulation;

/// All of it, each thing in a room of its own.
pub(crate) fn router(platform: Arc<Emulation>) -> Router {
    Router::new()
        .route("/_sandbox", get(information::show))
        .merge(webhooks::router())
        .route_layer(middleware::from_fn(guard::expect_program))
        .with_state(platform)
}
