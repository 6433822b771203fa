//! Due deliveries, and the results of attempts to send them.

use rusqlite::{Row, params};

use super::Store;
use super::rejection::Rejection;
use super::sql::Sql;
use super::webhooks::{self, Destination};
use crate::webhooks::{Progress, Try};

/// A delivery to send.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    pub(crate) number: i64,
    pub(crate) body: String,
    /// The adversary's seed, if the adversary applies to the delivery.
    pub(crate) seed: Option<u64>,
    round: i64,
    pub(crate) tries: u32,
    pub(crate) acknowledged: u32,
}

/// A webhook's destination and due deliveries.
pub(crate) struct Work {
    pub(crate) destination: Destination,
    /// Due deliveries, earliest first.
    pub(crate) due: Vec<Parcel>,
    /// When the earliest delivery is due, in milliseconds since 1970. `None` if no delivery is waiting.
    pub(crate) next: Option<i64>,
}

/// The latest attempts to send a delivery, and its progress after them.
pub(crate) struct Report {
    pub(crate) parcel: Parcel,
    pub(crate) tries: Vec<Try>,
    pub(crate) progress: Progress,
}

impl Store {
    /// Returns up to `most` due deliveries for a webhook, or `None` if the webhook no longer exists.
    pub(crate) async fn work(&self, webhook: i64, most: u32) -> Result<Option<Work>, Rejection> {
        self.look(move |sql| {
            let Some(destination) = webhooks::destination(sql, webhook)? else { return Ok(None) };
            let due = due(sql, webhook, most)?;
            let next = "SELECT min(due) FROM deliveries WHERE webhook = ?1 AND due IS NOT NULL";
            let next = sql.first(next, [webhook], |row| row.get::<_, Option<i64>>(0))?.flatten();
            Ok(Some(Work { destination, due, next }))
        })
        .await
    }

    /// Records the results of attempts.
    pub(crate) async fn report(&self, reports: Vec<Report>) -> Result<(), Rejection> {
        let write = move |sql: Sql<'_>| {
            let now = super::world::machine_time()?;
            reports.iter().try_for_each(|report| write(sql, report, now))
        };
        self.writer.run(true, write, |()| ()).await
    }
}

fn due(sql: Sql<'_>, webhook: i64, most: u32) -> Result<Vec<Parcel>, Rejection> {
    let text = "SELECT number, body, seed, round, tries, acknowledged FROM deliveries \
                WHERE webhook = ?1 AND due IS NOT NULL AND due <= ?2 ORDER BY due, number LIMIT ?3";
    sql.all(text, params![webhook, super::world::machine_time()?, most], |row: &Row<'_>| {
        Ok(Parcel {
            number: row.get(0)?,
            body: row.get(1)?,
            seed: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
            round: row.get(3)?,
            tries: row.get(4)?,
            acknowledged: row.get(5)?,
        })
    })
}

/// Writes the result of an attempt. A delivery keeps its state if it was sent again manually in the meantime. If its
/// webhook was removed, nothing is written.
fn write(sql: Sql<'_>, report: &Report, now: i64) -> Result<(), Rejection> {
    let Report { parcel, tries, progress } = report;
    let wait = progress.wait.map(|wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    let due = wait.map(|wait| now.saturating_add(wait));
    let text = "UPDATE deliveries SET tries = ?3, acknowledged = ?4, due = ?5 \
                WHERE number = ?1 AND round = ?2";
    let (number, round) = (parcel.number, parcel.round);
    sql.run(text, params![number, round, progress.tries, progress.acknowledged, due])?;
    tries.iter().try_for_each(|one| add(sql, number, one))
}

fn add(sql: Sql<'_>, number: i64, one: &Try) -> Result<(), Rejection> {
    let text = "INSERT INTO attempts (delivery, number, way, started, took, status, problem, answer) \
                SELECT number, (SELECT coalesce(max(number), 0) + 1 FROM attempts WHERE delivery = ?1), \
                ?2, ?3, ?4, ?5, ?6, ?7 FROM deliveries WHERE number = ?1";
    let took = i64::try_from(one.took.as_millis()).unwrap_or(i64::MAX);
    let values =
        params![number, one.way.as_str(), one.started, took, one.status, one.problem, one.answer];
    sql.run(text, values).map(drop)
}
