//! The pages for a browser: a checkout page for each record that can be paid, and pages for developers.
//!
//! Views are pure functions from plain data to HTML. The handlers look up the data.

mod assets;
mod checkout;
mod code;
mod developers;
mod form_token;
mod forms;
mod headers;
mod layout;
mod menu;
mod misdirected;
mod names;
mod on_ramp;
mod payments;
mod problems;
mod qr;
mod requests;
mod reveals;
mod sign_in;
mod snippet;
mod state;
mod tab;
mod time;
mod unknown_path;
mod urls;
mod webhooks;

use axum::routing::{get, post};
use axum::{Router, middleware};

use self::assets::Asset;
use self::tab::Tab;

pub(crate) use checkout::divert;
pub(crate) use misdirected::expect_served_host;
pub(crate) use state::Pages;
pub(crate) use unknown_path::not_found;

/// Returns the routes of the pages that have their own paths, and the routes of their assets. The checkout page shares
/// its path with an operation: see [`divert`].
pub(crate) fn router(pages: Pages) -> Router {
    files()
        .merge(
            tabs(&pages)
                .merge(open_forms(&pages))
                .layer(middleware::map_response_with_state(pages.clone(), problems::show)),
        )
        .route(on_ramp::PATH, get(on_ramp::show))
        .route(qr::PATH, get(qr::draw))
        .with_state(pages)
}

/// Returns the routes for the developers' pages.
fn tabs(pages: &Pages) -> Router<Pages> {
    Router::new()
        .route(developers::CREATE, post(developers::create))
        .route(developers::ROLL, post(developers::roll))
        .route(developers::REVOKE, post(developers::revoke))
        .route(developers::ROLL_SECRET, post(developers::roll_secret))
        .route(developers::REGISTER, post(developers::register))
        .route(developers::REMOVE, post(developers::remove))
        .route(webhooks::REDELIVER, post(webhooks::redeliver))
        // Requests that change something are accepted only from forms on these pages.
        .layer(middleware::from_fn_with_state(pages.clone(), forms::expect_own_page))
        .route(Tab::Developers.path(), get(developers::show))
        .route(Tab::Payments.path(), get(payments::show))
        .route(Tab::Webhooks.path(), get(webhooks::show))
        .route(Tab::Requests.path(), get(requests::show))
        .layer(middleware::from_fn_with_state(pages.clone(), sign_in::expect_signed_in))
}

/// Returns the routes of the forms that can be submitted without signing in: the payer's form, and the sign-in form.
fn open_forms(pages: &Pages) -> Router<Pages> {
    Router::new()
        .route(on_ramp::PAY, post(on_ramp::pay))
        .route(sign_in::PATH, post(sign_in::sign_in))
        .layer(middleware::from_fn_with_state(pages.clone(), forms::expect_own_page))
}

fn files() -> Router<Pages> {
    let serve = |router: Router<Pages>, file: &'static Asset| {
        router.route(file.path, get(|| file.answer()))
    };
    assets::ALL.iter().fold(Router::new(), serve)
}
