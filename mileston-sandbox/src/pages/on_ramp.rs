//! The page for a card payment. It shows the payment's details, and lets a test payer pay with one click. No card is
//! charged.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use mileston_keys::ModeName;

use super::form_token::TOKEN_FIELD;
use super::state::Secrets;
use super::unknown_path::not_found;
use super::urls::Urls;
use super::{headers, layout, names};
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::{OnRamp, Store};

/// The path of the page.
pub(super) const PATH: &str = "/pay/on-ramp/{id}";
/// The path to which the payment form is submitted.
pub(super) const PAY: &str = "/pay/on-ramp/{id}/pay";

/// Shows the page to anyone who knows its URL.
pub(super) async fn show(
    State(store): State<Arc<Store>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    method: Method,
    uri: Uri,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let id: String = incoming.path("id")?;
    let Some((mode, on_ramp)) = store.find_on_ramp_anywhere(&id).await? else {
        return Err(not_found(method, uri).await);
    };
    let token = secrets.token.get()?;
    Ok(headers::html(StatusCode::OK, view(&urls, &id, mode, &on_ramp, &token)))
}

/// Pays as a test payer, and redirects back to the page.
pub(super) async fn pay(
    State(store): State<Arc<Store>>,
    State(secrets): State<Arc<Secrets>>,
    State(urls): State<Urls>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    secrets.token.expect(&incoming)?;
    let id: String = incoming.path("id")?;
    if let Some((ModeName::Live, _)) = store.find_on_ramp_anywhere(&id).await? {
        return Err(Refusal::conflict("There is no test payer in live mode"));
    }
    store.pay_on_ramp(&id).await?;
    Ok(Redirect::to(&at(&urls, PATH, &id)).into_response())
}

fn at(urls: &Urls, path: &str, id: &str) -> String {
    urls.to(&path.replace("{id}", id))
}

fn view(urls: &Urls, id: &str, mode: ModeName, on_ramp: &OnRamp, token: &str) -> Markup {
    let OnRamp { amount, chain, recipient, .. } = on_ramp;
    let can_pay = mode == ModeName::Test && !on_ramp.is_done();
    let content = html! {
        div.card.narrow {
            p.kind { "Card payment" }
            h1.amount { (amount) " " small { "USD" } }
            p {
                @if on_ramp.is_done() { span.state.good { "Paid" } } @else { span.state { "Not paid" } }
            }
            dl.facts {
                dt { "To" } dd { code { (recipient.as_str()) } }
                dt { "Chain" } dd { (names::chain(chain)) }
                dt { "Mode" } dd { (mode) }
                dt { "Id" } dd { code { (id) } }
            }
            @if can_pay {
                form.actions method="post" action=(at(urls, PAY, id)) {
                    input type="hidden" name=(TOKEN_FIELD) value=(token);
                    button.primary type="submit" { "Pay as a test payer" }
                }
            }
            p.soft {
                "No card is charged."
                @if !on_ramp.is_done() {
                    @if can_pay { " Without a click, the" } @else { " The" }
                    " payment completes when its status is fetched for the second time."
                }
            }
        }
    };
    layout::page(urls, "Card payment", None, content)
}
