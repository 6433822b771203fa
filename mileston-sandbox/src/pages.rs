//! Where links lead: a plain page that says what is to be paid and that this is a sandbox. Checkout itself is not
//! emulated yet.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{Method, Uri, header};
use axum::response::IntoResponse;
use axum::routing::get;
use mileston_api::types::{Invoice, PaymentLink, RecurringPayment};
use mileston_keys::ModeName;

use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::{Kept, OnRamp, Resource};

/// The pages, for everyone who knows their address.
pub(crate) fn router(platform: Arc<Emulation>) -> Router {
    Router::new().route("/pay/{kind}/{id}", get(show)).with_state(platform)
}

/// The refusal of a request that no operation answers, in the words of NestJS.
pub(crate) async fn not_found(method: Method, uri: Uri) -> Refusal {
    Refusal::not_found(format!("Cannot {method} {}", uri.path()))
}

async fn show(
    State(platform): State<Arc<Emulation>>,
    method: Method,
    uri: Uri,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let (kind, id): (String, String) = (incoming.path("kind")?, incoming.path("id")?);
    let page = match kind.as_str() {
        PaymentLink::PAGE => page::<PaymentLink>(&platform, &id).await?,
        Invoice::PAGE => page::<Invoice>(&platform, &id).await?,
        RecurringPayment::PAGE => page::<RecurringPayment>(&platform, &id).await?,
        "on-ramp" => on_ramp_page(&platform, &id).await?,
        _ => None,
    };
    let Some(page) = page else { return Err(not_found(method, uri).await) };
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], page).into_response())
}

async fn page<R: Resource>(platform: &Emulation, id: &str) -> Result<Option<String>, Refusal> {
    let found = platform.store.find_anywhere::<R>(id).await?;
    Ok(found.map(|(mode, kept)| describe(mode, &kept)))
}

async fn on_ramp_page(platform: &Emulation, id: &str) -> Result<Option<String>, Refusal> {
    let found = platform.store.find_on_ramp_anywhere(id).await?;
    let Some((mode, on_ramp)) = found else { return Ok(None) };
    let state = if on_ramp.is_done() { "paid" } else { "not paid" };
    let OnRamp { amount, chain, recipient, .. } = on_ramp;
    Ok(Some(format!(
        "Mileston sandbox: no real money.\n\npayment by card {id}\namount: {amount}\nto: {recipient} on {chain}\n\
         mode: {mode}\nstate: {state}\n\nNo card is charged. It is paid once its status was asked for twice.\n",
    )))
}

fn describe<R: Resource>(mode: ModeName, kept: &Kept<R>) -> String {
    let (name, amount) = (R::NAME, kept.data.amount().unwrap_or("unknown"));
    let state = if kept.is_paid() { "paid" } else { "not paid" };
    format!(
        "Mileston sandbox: no real money.\n\n{name} {id}\namount: {amount}\nmode: {mode}\nstate: {state}\n\n\
         A checkout page is not emulated yet. To pay, save a payment with the Checkout key.\n",
        id = kept.data.id(),
    )
}
