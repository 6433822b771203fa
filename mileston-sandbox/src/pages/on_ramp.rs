//! The page of a payment by card: says what it is about. No card is charged.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{Method, StatusCode, Uri};
use maud::{Markup, html};
use mileston_keys::ModeName;

use super::{headers, layout, not_found};
use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::OnRamp;

/// Shows it to everyone who knows its address.
pub(super) async fn show(
    State(platform): State<Arc<Emulation>>,
    method: Method,
    uri: Uri,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let id: String = incoming.path("id")?;
    let Some((mode, on_ramp)) = platform.store.find_on_ramp_anywhere(&id).await? else {
        return Err(not_found(method, uri).await);
    };
    Ok(headers::html(StatusCode::OK, view(&id, mode, &on_ramp)))
}

fn view(id: &str, mode: ModeName, on_ramp: &OnRamp) -> Markup {
    let OnRamp { amount, chain, recipient, .. } = on_ramp;
    let state = if on_ramp.is_done() { "paid" } else { "not paid" };
    let content = html! {
        div.card {
            h1 { "Payment by card" }
            dl.facts {
                dt { "Amount" } dd { (amount.to_string()) }
                dt { "To" } dd { code { (recipient.as_str()) } }
                dt { "Chain" } dd { (chain.to_string()) }
                dt { "Mode" } dd { (mode.to_string()) }
                dt { "State" } dd { (state) }
                dt { "Id" } dd { code { (id) } }
            }
            p { "No card is charged. It is paid once its status was asked for twice." }
        }
    };
    layout::page("Payment by card", None, content)
}
