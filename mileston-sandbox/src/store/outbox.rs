//! Webhook events. An event is written in the same database transaction as its payment, so neither exists without the
//! other.

use mileston_api::types::{Chain, Environment, PaymentStatus, WebhookEvent};
use mileston_api::{Timestamp, TokenAmount};
use rusqlite::params;
use serde::Serialize;
use serde_json::Value;

use super::Account;
use super::rejection::Rejection;
use super::sql::Sql;
use crate::webhooks::Plan;

/// The body of a delivery: `{event, payload}`.
#[derive(Serialize)]
struct Body<'p, R> {
    event: &'p WebhookEvent,
    payload: Payload<'p, R>,
}

/// The event for payments found on a chain, in the same format as a reported payment. If there are several payments,
/// the event describes the last one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found<'p> {
    pub(super) payment_link_id: &'p str,
    pub(super) payer: String,
    pub(super) recipient_wallet_address: String,
    /// The amount due.
    pub(super) amount: TokenAmount,
    #[serde(rename = "userUUID")]
    pub(super) user_uuid: &'p str,
    /// The transaction hash of the payment on the chain.
    pub(super) transaction_signature: String,
    pub(super) chain: &'p Chain,
    pub(super) env: Environment,
}

/// The payload: the reported payment plus two fields. By default, the id is called `paymentLinkId` for every kind of
/// record, as in the report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Payload<'p, R> {
    #[serde(flatten)]
    report: &'p R,
    status: PaymentStatus,
    created_at: Timestamp,
}

/// Writes a delivery for each webhook that is subscribed to this event.
pub(super) fn announce(
    account: &Account<'_>,
    event: &WebhookEvent,
    report: &impl Serialize,
) -> Result<(), Rejection> {
    let sql = account.sql();
    let text = "SELECT sequence FROM webhooks WHERE account = ?1 \
                AND EXISTS (SELECT 1 FROM json_each(events) WHERE value = ?2) ORDER BY sequence";
    let webhooks =
        sql.all(text, params![account.id(), event.as_str()], |row| row.get::<_, i64>(0))?;
    if webhooks.is_empty() {
        return Ok(());
    }
    let now = super::world::machine_time()?;
    let payload = Payload { report, status: PaymentStatus::Paid, created_at: account.now()? };
    let mut body = json(&Body { event, payload })?;
    if account.moment().readings.own_ids_in_webhooks {
        name_id(&mut body, event);
    }
    let body = body.to_string();
    let adversary = adversary(sql)?;
    for webhook in webhooks {
        add(sql, (webhook, event, &body), now, adversary)?;
    }
    Ok(())
}

fn json(body: &impl Serialize) -> Result<Value, Rejection> {
    serde_json::to_value(body).map_err(Rejection::unreadable)
}

/// Renames `paymentLinkId` after the kind of record that was paid.
fn name_id(body: &mut Value, event: &WebhookEvent) {
    let name = match event {
        WebhookEvent::InvoicePaid => "invoiceId",
        WebhookEvent::RecurringPaid => "recurringPaymentId",
        _ => return,
    };
    let Some(payload) = body.get_mut("payload").and_then(Value::as_object_mut) else { return };
    if let Some(id) = payload.remove("paymentLinkId") {
        payload.insert(name.to_owned(), id);
    }
}

fn add(
    sql: Sql<'_>,
    (webhook, event, body): (i64, &WebhookEvent, &str),
    now: i64,
    adversary: Option<(i64, i64)>,
) -> Result<(), Rejection> {
    let text = "INSERT INTO deliveries (webhook, event, body, created, seed, due) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?4)";
    let seed = adversary.map(|(seed, _)| seed);
    let number = sql.insert(text, params![webhook, event.as_str(), body, now, seed])?;
    let Some((seed, unit)) = adversary else { return Ok(()) };
    let held = i64::from(Plan::of(seed.cast_unsigned(), number).hold).saturating_mul(unit);
    let text = "UPDATE deliveries SET due = due + ?2 WHERE number = ?1";
    sql.run(text, [number, held]).map(drop)
}

/// Returns the adversary's seed and time unit, if the adversary is on.
pub(super) fn adversary(sql: Sql<'_>) -> Result<Option<(i64, i64)>, Rejection> {
    sql.first("SELECT seed, unit FROM adversary", [], |row| Ok((row.get(0)?, row.get(1)?)))
}
