//! Registers, changes and removes webhooks, lists their deliveries, and controls the adversary.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use mileston_api::types::WebhookEvent;
use mileston_keys::WebhookToken;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::accounts::Accounts;
use super::plain_json::PlainJson;
use super::state::Control;
use super::webhook_json::{self, Endpoint};
use crate::runtime::{Incoming, Refusal, Response};
use crate::store::Store;
use crate::webhooks::{Courier, WebhookRequest};

/// The default and the maximum number of deliveries that are listed.
const LISTED: (u32, u32) = (50, 200);

/// Returns all routes.
pub(super) fn router() -> Router<Control> {
    Router::new()
        .route("/_sandbox/webhooks", get(list).post(register))
        .route("/_sandbox/webhooks/{id}", axum::routing::patch(change).delete(remove))
        .route("/_sandbox/webhooks/deliveries", get(deliveries))
        .route("/_sandbox/webhooks/deliveries/{number}", get(delivery))
        .route("/_sandbox/webhooks/deliveries/{number}/redeliver", post(redeliver))
        .route("/_sandbox/webhooks/adversary", put(set_adversary).get(adversary))
}

/// A request body. It has no `Debug` because it contains a token. An unknown field is rejected, not ignored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    url: Option<String>,
    token: Option<String>,
    events: Option<Vec<String>>,
}

impl From<Wanted> for WebhookRequest {
    fn from(Wanted { url, token, events }: Wanted) -> Self {
        WebhookRequest { url, token, events }
    }
}

/// The only response that contains the token. It is returned to the client that registered the webhook.
#[derive(Serialize)]
struct Registered<'t> {
    #[serde(flatten)]
    webhook: Endpoint,
    token: &'t str,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Adversary {
    seed: Option<u64>,
}

async fn list(
    State(accounts): State<Accounts>,
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<Json<Value>, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let webhooks = courier.list(&owner).await?;
    let webhooks: Vec<_> = webhooks.into_iter().map(Endpoint::from).collect();
    Ok(Json(json!({ "webhooks": webhooks })))
}

async fn register(
    State(accounts): State<Accounts>,
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let wanted: Wanted = incoming.body()?;
    let (webhook, token, is_new): (_, WebhookToken, _) =
        courier.register(&owner, wanted.into()).await?;
    let registered = Registered { webhook: webhook.into(), token: token.expose_secret() };
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(registered)).into_response())
}

async fn change(
    State(accounts): State<Accounts>,
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<Json<Endpoint>, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let wanted: Wanted = incoming.body()?;
    let webhook = courier.change(&owner, incoming.path("id")?, wanted.into()).await?;
    Ok(Json(webhook.into()))
}

async fn remove(
    State(accounts): State<Accounts>,
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<StatusCode, Refusal> {
    let owner = accounts.of(&incoming).await?;
    courier.remove(&owner, incoming.path("id")?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn deliveries(
    State(accounts): State<Accounts>,
    State(store): State<Arc<Store>>,
    incoming: Incoming,
) -> Result<PlainJson<Value>, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let (usual, most) = LISTED;
    let limit = incoming.optional_query::<u32>("limit")?.unwrap_or(usual).min(most);
    let webhook = incoming.optional_query("webhook")?;
    let event = incoming.optional_query::<WebhookEvent>("event")?;
    let state = incoming.optional_query::<String>("state")?;
    if state.as_ref().is_some_and(|state| !webhook_json::STATES.contains(&state.as_str())) {
        let states = webhook_json::STATES.join(", ");
        return Err(Refusal::invalid([format!("state must be one of {states}")]));
    }
    // The filters are applied here, after the query, so they search only the newest deliveries.
    let newest = if event.is_some() || state.is_some() { most } else { limit };
    let deliveries = store.deliveries(&owner, webhook, newest).await?;
    let deliveries: Vec<_> = deliveries
        .iter()
        .map(webhook_json::delivery)
        .filter(|delivery| delivery.is(event.as_ref(), state.as_deref()))
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect();
    Ok(PlainJson(json!({ "deliveries": deliveries })))
}

async fn delivery(
    State(accounts): State<Accounts>,
    State(store): State<Arc<Store>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let number: i64 = incoming.path("number")?;
    let delivery = store.read(&owner, move |account| account.delivery(number)).await?;
    Ok(PlainJson(webhook_json::delivery(&delivery)).into_response())
}

async fn redeliver(
    State(accounts): State<Accounts>,
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<Response, Refusal> {
    let owner = accounts.of(&incoming).await?;
    let delivery = courier.redeliver(&owner, incoming.path("number")?).await?;
    Ok((StatusCode::ACCEPTED, PlainJson(webhook_json::delivery(&delivery))).into_response())
}

async fn adversary(State(store): State<Arc<Store>>) -> Result<Json<Adversary>, Refusal> {
    Ok(Json(Adversary { seed: store.adversary().await? }))
}

async fn set_adversary(
    State(courier): State<Arc<Courier>>,
    incoming: Incoming,
) -> Result<Json<Adversary>, Refusal> {
    let wanted: Adversary = incoming.body()?;
    courier.set_adversary(wanted.seed).await?;
    Ok(Json(wanted))
}
