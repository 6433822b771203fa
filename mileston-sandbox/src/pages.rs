//! The pages for a browser: the checkout page of everything that can be paid, and pages for developers.
//!
//! Views are pure functions from plain data to HTML. Only `checkout` and `on_ramp` look the data up.

mod assets;
mod checkout;
mod code;
mod developers;
mod forms;
mod headers;
mod layout;
mod loopback;
mod menu;
mod names;
mod on_ramp;
mod payments;
mod problems;
mod qr;
mod requests;
mod reveals;
mod snippet;
mod state;
mod tab;
mod time;
mod urls;
mod webhooks;

use axum::http::{Method, Uri};
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::runtime::Refusal;

use self::assets::Asset;
use self::tab::Tab;
use self::urls::Urls;

pub(crate) use checkout::divert;
pub(crate) use state::Pages;

/// Returns the routes of the pages with their own addresses, and of their assets. The checkout page shares its address
/// with an operation: see [`divert`].
pub(crate) fn router(pages: Pages) -> Router {
    let urls = pages.urls.clone();
    files()
        .merge(tabs(&urls))
        .route(on_ramp::PATH, get(on_ramp::show))
        .route(qr::PATH, get(qr::draw))
        .with_state(pages)
        .layer(middleware::from_fn_with_state(urls, loopback::expect_loopback))
}

/// Returns the routes of the pages for developers.
fn tabs(urls: &Urls) -> Router<Pages> {
    Router::new()
        .route(developers::CREATE, post(developers::create))
        .route(developers::ROLL, post(developers::roll))
        .route(developers::REVOKE, post(developers::revoke))
        .route(developers::ROLL_SECRET, post(developers::roll_secret))
        .route(developers::REGISTER, post(developers::register))
        .route(developers::REMOVE, post(developers::remove))
        .route(webhooks::REDELIVER, post(webhooks::redeliver))
        .route(on_ramp::PAY, post(on_ramp::pay))
        // Requests that change something are accepted only from forms on these pages.
        .layer(middleware::from_fn_with_state(urls.clone(), forms::expect_own_page))
        .route(Tab::Developers.path(), get(developers::show))
        .route(Tab::Payments.path(), get(payments::show))
        .route(Tab::Webhooks.path(), get(webhooks::show))
        .route(Tab::Requests.path(), get(requests::show))
        .layer(middleware::map_response_with_state(urls.clone(), problems::show))
}

fn files() -> Router<Pages> {
    let serve = |router: Router<Pages>, file: &'static Asset| {
        router.route(file.path, get(|| file.answer()))
    };
    assets::ALL.iter().fold(Router::new(), serve)
}

/// Returns the error response to a request that matches no operation, in the format of NestJS.
pub(crate) async fn not_found(method: Method, uri: Uri) -> Refusal {
    Refusal::not_found(format!("Cannot {method} {}", uri.path()))
}
