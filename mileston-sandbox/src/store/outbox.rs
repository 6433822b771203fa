//! What webhooks have to tell: written with the payment itself, so that neither is there without the other.

use std::time::Duration;

use mileston_api::Timestamp;
use mileston_api::types::{PaymentStatus, SavePayment, WebhookEvent};
use rusqlite::params;
use serde::Serialize;

use super::sql::{Sql, to_json, unreadable};
use super::{Account, Store};
use crate::runtime::Refusal;
use crate::webhooks::Plan;

/// `{event, payload}`.
#[derive(Serialize)]
struct Body<'p> {
    event: &'p WebhookEvent,
    payload: Payload<'p>,
}

/// The payment as it was reported, and two fields more. The id is called `paymentLinkId` whatever was paid, as in the
/// report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'p> {
    #[serde(flatten)]
    report: &'p SavePayment,
    status: PaymentStatus,
    created_at: Timestamp,
}

/// Writes a delivery for each webhook that wants to hear of it.
pub(super) fn announce(
    account: &Account<'_>,
    event: &WebhookEvent,
    report: &SavePayment,
) -> Result<(), Refusal> {
    let sql = account.sql();
    let text = "SELECT sequence FROM webhooks WHERE account = ?1 \
                AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?2) ORDER BY sequence";
    let webhooks =
        sql.all(text, params![account.id(), event.as_str()], |row| row.get::<_, i64>(0))?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let now = super::now()?;
    let created_at = Timestamp::from_millisecond(now).map_err(|error| unreadable(&error))?;
    let payload = Payload { report, status: PaymentStatus::Paid, created_at };
    let body = to_json(&Body { event, payload })?;
    let adversary = adversary(sql)?;
    for webhook in webhooks {
        add(sql, (webhook, event, &body), now, adversary)?;
    }
    Ok(())
}

fn add(
    sql: Sql<'_>,
    (webhook, event, body): (i64, &WebhookEvent, &str),
    now: i64,
    adversary: Option<(i64, i64)>,
) -> Result<(), Refusal> {
    let text = "INSERT INTO deliveries (webhook, event, body, created, seed, due) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?4)";
    let seed = adversary.map(|(seed, _)| seed);
    let number = sql.insert(text, params![webhook, event.as_str(), body, now, seed])?;
    let Some((seed, unit)) = adversary else { return Ok(()) };
    let held = i64::from(Plan::of(seed.cast_unsigned(), number).hold).saturating_mul(unit);
    let text = "UPDATE deliveries SET due = due + ?2 WHERE number = ?1";
    sql.run(text, [number, held]).map(drop)
}

/// Seed and unit of time of the adversary, if there is one.
fn adversary(sql: Sql<'_>) -> Result<Option<(i64, i64)>, Refusal> {
    sql.first("SELECT seed, unit FROM adversary", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

impl Store {
    /// The seed of the adversary, if there is one.
    pub(crate) async fn adversary(&self) -> Result<Option<u64>, Refusal> {
        let found = self.look(adversary).await?;
        Ok(found.map(|(seed, _)| seed.cast_unsigned()))
    }

    /// Lets an adversary with this seed in, or keeps it out. It has to do with what happens from now on.
    pub(crate) async fn set_adversary(
        &self,
        seed: Option<u64>,
        unit: Duration,
    ) -> Result<(), Refusal> {
        let unit = i64::try_from(unit.as_millis()).unwrap_or(i64::MAX);
        let set = move |sql: Sql<'_>| {
            sql.run("DELETE FROM adversary", [])?;
            let Some(seed) = seed else { return Ok(()) };
            let text = "INSERT INTO adversary (seed, unit) VALUES (?1, ?2)";
            sql.run(text, [seed.cast_signed(), unit]).map(drop)
        };
        self.writer.run(true, set, |()| ()).await
    }
}
