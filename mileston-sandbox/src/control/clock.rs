//! The sandbox's clock: reads and moves it.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use mileston_api::Timestamp;
use serde::{Deserialize, Serialize};

use crate::runtime::{Incoming, Refusal};
use crate::store::Store;

#[derive(Serialize)]
pub(super) struct Time {
    now: Timestamp,
}

/// How to move the clock: by a number of seconds, or to a time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    advance: Option<u32>,
    now: Option<Timestamp>,
}

pub(super) async fn show(State(store): State<Arc<Store>>) -> Result<Json<Time>, Refusal> {
    Ok(Json(Time { now: store.now()? }))
}

pub(super) async fn change(
    State(store): State<Arc<Store>>,
    incoming: Incoming,
) -> Result<Json<Time>, Refusal> {
    let now = match incoming.body()? {
        Change { advance: Some(seconds), now: None } => {
            store.advance(Duration::from_secs(seconds.into())).await?
        }
        Change { advance: None, now: Some(then) } => store.advance_to(then).await?,
        _ => {
            let message =
                "give either `advance`, a whole number of seconds, or `now`, a date and time";
            return Err(Refusal::invalid([message.to_owned()]));
        }
    };
    Ok(Json(Time { now }))
}
