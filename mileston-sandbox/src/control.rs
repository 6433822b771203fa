//! Controls the sandbox through `/_sandbox`, for tests, scripts and the command line. The real platform has no such
//! endpoints.
//!
//! These endpoints require no key: any program on this machine may use them. Web pages can reach these endpoints as
//! well, so a request must have the `mileston-sandbox` header. A page from another origin can't send that header. If
//! other machines can reach the sandbox, the header must contain the sandbox's token.

mod accounts;
mod chain;
mod clock;
mod faults;
mod guard;
mod information;
mod plain_json;
mod requests;
mod reset;
mod shown;
mod state;
mod trigger;
mod webhook_json;
mod webhooks;

use axum::routing::{delete, get, post};
use axum::{Router, middleware};

pub(crate) use guard::HEADER;
pub(crate) use state::Control;

/// Returns all routes. Each group is in its own module.
pub(crate) fn router(control: Control) -> Router {
    Router::new()
        .route("/_sandbox", get(information::show))
        .route("/_sandbox/chain", get(chain::show))
        .route("/_sandbox/chain/fail-next", post(chain::fail_next))
        .route("/_sandbox/chain/payments", get(chain::list).post(chain::pay))
        .route("/_sandbox/clock", get(clock::show).post(clock::change))
        .route("/_sandbox/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/_sandbox/faults/{id}", delete(faults::remove))
        .route("/_sandbox/requests", get(requests::list))
        .route("/_sandbox/reset", post(reset::reset))
        .route("/_sandbox/trigger", post(trigger::trigger))
        .merge(webhooks::router())
        .route_layer(middleware::from_fn_with_state(control.clone(), guard::expect_program))
        .with_state(control)
}
