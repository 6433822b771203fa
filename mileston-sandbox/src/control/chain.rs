//! The simulated chains: incoming payments, money in transit, and transfers that should fail.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::shown::{Chains, Payment, Payments};
use crate::payer::ChainPayment;
use crate::runtime::{Incoming, Refusal};
use crate::store::Store;

/// The maximum number of payments in the list.
const LISTED: u32 = 100;

/// The number of upcoming transfers that should fail, across all businesses.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failures {
    count: u32,
}

pub(super) async fn show(State(store): State<Arc<Store>>) -> Result<Json<Chains>, Refusal> {
    Ok(Json(Chains::of(store.in_flight().await?)))
}

pub(super) async fn list(State(store): State<Arc<Store>>) -> Result<Json<Payments>, Refusal> {
    Ok(Json(Payments::of(store.chained(LISTED).await?)))
}

pub(super) async fn pay(
    State(store): State<Arc<Store>>,
    incoming: Incoming,
) -> Result<(StatusCode, Json<Payment>), Refusal> {
    let deposit = incoming.body::<ChainPayment>()?.check()?;
    let payment = store.deposit(deposit).await?;
    Ok((StatusCode::CREATED, Json(payment.into())))
}

pub(super) async fn fail_next(
    State(store): State<Arc<Store>>,
    incoming: Incoming,
) -> Result<Json<Failures>, Refusal> {
    let failures: Failures = incoming.body()?;
    store.fail_next(failures.count).await?;
    Ok(Json(failures))
}
