//! The simulated chains: payments that somebody makes, what is on its way, and transfers that are to fail.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use mileston_api::types::{Chain, Token};
use mileston_api::{TokenAmount, tokens};
use serde::{Deserialize, Serialize};

use super::shown::{Chains, Payment, Payments};
use crate::mistakes::Mistakes;
use crate::platform::Emulation;
use crate::runtime::{Incoming, Refusal};
use crate::store::Deposit;

/// How many payments are listed.
const LISTED: u32 = 100;

/// A payment that somebody makes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    chain: Chain,
    token: Token,
    amount: TokenAmount,
    to: String,
    from: Option<String>,
}

/// How many of the next transfers are to fail, of whatever business.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failures {
    count: u32,
}

pub(super) async fn show(State(platform): State<Arc<Emulation>>) -> Result<Json<Chains>, Refusal> {
    Ok(Json(Chains::of(platform.store.in_flight().await?)))
}

pub(super) async fn list(
    State(platform): State<Arc<Emulation>>,
) -> Result<Json<Payments>, Refusal> {
    Ok(Json(Payments::of(platform.store.chained(LISTED).await?)))
}

pub(super) async fn pay(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<(StatusCode, Json<Payment>), Refusal> {
    let Pay { chain, token, amount, to, from } = incoming.body()?;
    let mut mistakes = Mistakes::default();
    let row = tokens::TABLE.iter().find(|row| row.chain == chain);
    mistakes.expect(
        row.is_some(),
        "chain",
        "must be one of avax, pol, base, eth, arb, sui, solana",
    );
    // Also where the mode has no such token: a payer can send whatever there is.
    let known = row.is_none_or(|row| row.live.contains(&token));
    mistakes.expect(known, "token", "must be one that this chain has");
    mistakes.expect_text("to", &to);
    if let Some(from) = &from {
        mistakes.expect_text("from", from);
    }
    mistakes.refuse()?;
    let deposit = Deposit { chain, token, amount, to, from };
    let payment = platform.store.deposit(deposit).await?;
    Ok((StatusCode::CREATED, Json(payment.into())))
}

pub(super) async fn fail_next(
    State(platform): State<Arc<Emulation>>,
    incoming: Incoming,
) -> Result<Json<Failures>, Refusal> {
    let failures: Failures = incoming.body()?;
    platform.store.fail_next(failures.count).await?;
    Ok(Json(failures))
}
