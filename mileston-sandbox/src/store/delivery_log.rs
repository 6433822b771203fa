//! Lists the deliveries to an account's webhooks, and sends a chosen delivery again.

use std::time::Duration;

use mileston_api::Timestamp;
use mileston_api::types::WebhookEvent;
use rusqlite::{Row, params};

use super::owner::Owner;
use super::rejection::Rejection;
use super::{Account, Store};
use crate::webhooks::Way;

/// The maximum number of attempts that are listed for a delivery. Only the newest are listed.
const ATTEMPTS: u32 = 32;

/// The delivery of an event to a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// The number that identifies the delivery. Later deliveries have higher numbers.
    pub number: i64,
    /// The id of the webhook that the delivery is for.
    pub webhook: String,
    /// The event.
    pub event: WebhookEvent,
    /// The body, or its first 4096 characters if it is longer.
    pub body: String,
    /// When the event happened.
    pub created: Timestamp,
    /// Whether the delivery is waiting, was delivered or was given up.
    pub state: DeliveryState,
    /// The attempts, oldest first. If there are more than 32 attempts, only the newest 32 are listed.
    pub attempts: Vec<WebhookAttempt>,
}

/// The state of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryState {
    /// The next attempt is at this time, or as soon as possible after it.
    Waiting(Timestamp),
    /// The endpoint responded with 200.
    Delivered,
    /// Every attempt failed. The delivery can be sent again manually.
    GivenUp,
}

/// One attempt to send a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookAttempt {
    /// What was sent in this attempt, if anything.
    pub way: Way,
    /// When the attempt started.
    pub started: Timestamp,
    /// How long the attempt took.
    pub took: Duration,
    /// The status of the response, if there was one.
    pub status: Option<u16>,
    /// Why there was no response, if there was none.
    pub problem: Option<String>,
    /// The start of the response's body.
    pub answer: Option<String>,
}

impl Store {
    /// Returns up to `limit` deliveries, newest first, for one webhook or for all.
    pub(crate) async fn deliveries(
        &self,
        owner: impl Into<Owner>,
        webhook: Option<String>,
        limit: u32,
    ) -> Result<Vec<WebhookDelivery>, Rejection> {
        self.read_long(owner, move |account| list(account, webhook.as_deref(), limit)).await
    }
}

impl Account<'_> {
    /// Returns one delivery, or fails if it doesn't exist.
    pub(crate) fn delivery(&self, number: i64) -> Result<WebhookDelivery, Rejection> {
        let text = format!("{COLUMNS} WHERE account = ?1 AND number = ?2");
        let row = self.sql().first(&text, [self.id(), number], read)?;
        with_attempts(self, row.ok_or_else(unknown)?)
    }

    /// Sends a delivery again now, before all other deliveries, with the full number of attempts and without the
    /// adversary.
    pub(crate) fn redeliver(&self, number: i64) -> Result<WebhookDelivery, Rejection> {
        let text = "UPDATE deliveries SET tries = 0, acknowledged = 0, seed = NULL, \
                    round = round + 1, due = min(?3, coalesce((SELECT min(due) FROM deliveries AS others \
                    WHERE others.webhook = deliveries.webhook AND others.due IS NOT NULL), ?3) - 1) \
                    WHERE number = ?2 AND webhook IN (SELECT sequence FROM webhooks WHERE account = ?1)";
        self.sql().run(text, [self.id(), number, super::world::machine_time()?])?;
        self.delivery(number)
    }
}

const COLUMNS: &str = "SELECT number, id, event, substr(body, 1, 4096), deliveries.created, \
                       acknowledged, due FROM deliveries JOIN webhooks ON sequence = webhook";

fn list(
    account: &Account<'_>,
    webhook: Option<&str>,
    limit: u32,
) -> Result<Vec<WebhookDelivery>, Rejection> {
    let text = format!(
        "{COLUMNS} WHERE account = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY number DESC LIMIT ?3"
    );
    let rows = account.sql().all(&text, params![account.id(), webhook, limit], read)?;
    rows.into_iter().map(|row| with_attempts(account, row)).collect()
}

/// A stored delivery.
struct Stored {
    number: i64,
    webhook: String,
    event: String,
    body: String,
    created: i64,
    acknowledged: u32,
    due: Option<i64>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        number: row.get(0)?,
        webhook: row.get(1)?,
        event: row.get(2)?,
        body: row.get(3)?,
        created: row.get(4)?,
        acknowledged: row.get(5)?,
        due: row.get(6)?,
    })
}

fn with_attempts(account: &Account<'_>, stored: Stored) -> Result<WebhookDelivery, Rejection> {
    let state = match (stored.acknowledged, stored.due) {
        (0, Some(due)) => DeliveryState::Waiting(time(due)?),
        (0, None) => DeliveryState::GivenUp,
        _ => DeliveryState::Delivered,
    };
    Ok(WebhookDelivery {
        number: stored.number,
        attempts: attempts(account, stored.number)?,
        webhook: stored.webhook,
        event: WebhookEvent::from(stored.event),
        body: stored.body,
        created: time(stored.created)?,
        state,
    })
}

fn attempts(account: &Account<'_>, number: i64) -> Result<Vec<WebhookAttempt>, Rejection> {
    let text = "SELECT way, started, took, status, problem, answer FROM attempts \
                WHERE delivery = ?1 ORDER BY number DESC LIMIT ?2";
    let rows = account.sql().all(text, params![number, ATTEMPTS], |row| {
        let (way, started) = (row.get::<_, String>(0)?, row.get::<_, i64>(1)?);
        let took = Duration::from_millis(row.get::<_, i64>(2)?.unsigned_abs());
        Ok((way, started, took, row.get(3)?, row.get(4)?, row.get(5)?))
    })?;
    let attempts = rows.into_iter().rev().map(|(way, started, took, status, problem, answer)| {
        let way =
            Way::of(&way).ok_or_else(|| Rejection::unreadable("an unknown way of sending"))?;
        Ok(WebhookAttempt { way, started: time(started)?, took, status, problem, answer })
    });
    attempts.collect()
}

fn time(millisecond: i64) -> Result<Timestamp, Rejection> {
    Timestamp::from_millisecond(millisecond).map_err(Rejection::unreadable)
}

fn unknown() -> Rejection {
    Rejection::DeliveryNotFound
}
