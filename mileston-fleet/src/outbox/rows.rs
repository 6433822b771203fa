//! The outbox's statements. No other module contains the names of the table's columns.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;

use super::decide::{Next, late};
use super::{Backlog, Decision, OutboxError};
use crate::observe::Event;
use crate::postgres::{Connection, PostgresError, Statements, Tables};

/// The SQL statements for an outbox table.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    begin: String,
    claim: String,
    settle: String,
    resolve: String,
    resend: String,
    find: String,
    forget: String,
    forget_old: String,
    amend: String,
    needing_person: String,
    backlog: String,
    pub(super) statements: Statements,
}

/// A write as it is stored.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Row {
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) body: Option<String>,
    pub(super) body_hash: String,
    pub(super) fence: i64,
    pub(super) looks: u32,
    pub(super) unseen: u32,
    pub(super) sends: u32,
    pub(super) executed: bool,
    pub(super) record: Option<String>,
    pub(super) reason: Option<String>,
}

/// The stored fields of a new write.
pub(super) struct New<'a> {
    pub(super) key: &'a str,
    pub(super) kind: &'a str,
    /// The hash of the name, or `None` if the platform has no list of such records.
    pub(super) name: Option<&'a str>,
    pub(super) body: &'a str,
    pub(super) body_hash: &'a str,
    pub(super) lease: Duration,
}

/// The result of storing a write.
pub(super) enum Stored {
    /// The write is stored, and the caller may send it.
    First { fence: i64, sends: u32 },
    /// The write was already stored.
    Known(Box<Row>),
}

/// The counts that are stored together with a write's outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// The number of looks for the write's record, or of failed attempts to send the write.
    pub(super) looks: u32,
    /// How many of the looks found a complete list without the record.
    pub(super) unseen: u32,
}

/// The result of storing the outcome of a write.
pub(super) enum Settled {
    /// The outcome is stored.
    Mine,
    /// Another process has taken the write over. This is the stored write.
    Other(Box<Row>),
    /// The write is no longer stored.
    Gone,
}

const COLUMNS: &str = "json_build_object('key', key, 'kind', kind, 'state', state, 'body', body, \
     'body_hash', body_hash, 'fence', fence, 'looks', looks, 'unseen', unseen, 'sends', sends, 'executed', executed, \
     'record', record, 'reason', reason)::text";

/// The start of an SQL expression for the end of a lease. The lease's length in seconds and `)` must follow.
const LEASE: &str = "clock_timestamp() + make_interval(secs => ";

/// How many times a statement is tried if another process keeps changing its result.
const TRIES: usize = 5;

impl Rows {
    pub(super) fn new(tables: &Tables) -> Self {
        let outbox = tables.outbox();
        Rows {
            // A write that wasn't sent goes to the caller as if it were new. A worker that has claimed the write can no
            // longer send it, because the fence has changed.
            begin: format!(
                "WITH new AS (
                     INSERT INTO {outbox} (key, kind, name, body, body_hash, leased_until)
                     VALUES ($1, $2, nullif($3, ''), $4, $5, {LEASE}$6::text::float8))
                     ON CONFLICT DO NOTHING RETURNING key
                 ), ready AS (
                     UPDATE {outbox} SET state = 'sending', fence = fence + 1, leased_until = {LEASE}$6::text::float8)
                     WHERE key = $1 AND kind = $2 AND body_hash = $5 AND state = 'ready'
                     RETURNING fence, sends
                 )
                 SELECT coalesce(
                     (SELECT json_build_object('fence', 1, 'sends', 1)::text FROM new),
                     (SELECT json_build_object('fence', fence, 'sends', sends)::text FROM ready),
                     (SELECT {COLUMNS} FROM {outbox} WHERE key = $1),
                     (SELECT 'name' FROM {outbox}
                      WHERE kind = $2 AND name = nullif($3, '') AND state <> 'refused'))"
            ),
            claim: format!(
                "UPDATE {outbox} SET fence = fence + 1, leased_until = {LEASE}$2::text::float8)
                 WHERE key = (
                     SELECT key FROM {outbox}
                     WHERE decided_at IS NULL AND leased_until < clock_timestamp()
                         AND kind = ANY (string_to_array($1, ','))
                         -- A payment from a wallet has no name, and only the caller's client may send the payment.
                         -- So a worker waits before it claims such a payment.
                         AND NOT (state = 'ready' AND name IS NULL
                             AND leased_until > clock_timestamp() - interval '10 minutes')
                     ORDER BY leased_until LIMIT 1 FOR UPDATE SKIP LOCKED)
                 RETURNING {COLUMNS}"
            ),
            // A success is stored even if another process has claimed the write, because only this process knows of the
            // success.
            settle: format!(
                "WITH mine AS (
                     UPDATE {outbox} SET state = $3, executed = executed OR $4::text::boolean,
                     record = nullif($5, ''), reason = nullif($6, ''), leased_until = {LEASE}$7::text::float8),
                     looks = $8::text::integer, unseen = $9::text::integer,
                     body = CASE WHEN $3 IN ('done', 'refused', 'needs-person') THEN NULL ELSE body END,
                     decided_at = CASE WHEN $3 IN ('done', 'refused', 'needs-person') THEN now() END
                     WHERE key = $1 AND decided_at IS NULL AND (fence = $2::text::bigint OR $3 = 'done')
                     RETURNING key
                 ), confirmed AS (
                     UPDATE {outbox} SET executed = true
                     WHERE key = $1 AND decided_at IS NULL AND $4::text::boolean AND NOT EXISTS (SELECT FROM mine)
                 )
                 SELECT coalesce(
                     (SELECT 'mine' FROM mine),
                     (SELECT {COLUMNS} FROM {outbox} WHERE key = $1))"
            ),
            resolve: format!(
                "UPDATE {outbox} SET state = $2, record = nullif($3, ''), reason = nullif($4, ''), decided_at = now()
                 WHERE key = $1 AND state = 'needs-person' RETURNING key"
            ),
            resend: format!(
                "UPDATE {outbox} SET state = 'sending',
                     sends = sends + CASE WHEN state = 'ready' THEN 0 ELSE 1 END,
                     leased_until = {LEASE}$3::text::float8)
                 WHERE key = $1 AND fence = $2::text::bigint AND decided_at IS NULL AND NOT executed RETURNING key"
            ),
            find: format!("SELECT {COLUMNS} FROM {outbox} WHERE key = $1"),
            forget: format!(
                "DELETE FROM {outbox} WHERE key = $1 AND decided_at IS NOT NULL RETURNING key"
            ),
            forget_old: format!(
                "WITH old AS (
                     DELETE FROM {outbox} WHERE decided_at < now() - make_interval(secs => $1::text::float8)
                     RETURNING key
                 )
                 SELECT count(*)::text FROM old"
            ),
            amend: format!(
                "UPDATE {outbox} SET state = $2, record = nullif($3, ''), reason = nullif($4, ''), executed = true
                 WHERE key = $1 AND state = $5 AND coalesce(record, '') = $6 RETURNING key"
            ),
            needing_person: format!(
                "SELECT coalesce(json_agg(json_build_object('key', key, 'reason', reason)), '[]')::text FROM (
                     SELECT key, reason FROM {outbox} WHERE state = 'needs-person'
                     ORDER BY decided_at LIMIT $1::text::bigint) AS oldest"
            ),
            backlog: format!(
                "SELECT json_build_object(
                     'pending', count(*) FILTER (WHERE decided_at IS NULL),
                     'oldest', coalesce(extract(epoch FROM
                         clock_timestamp() - min(created_at) FILTER (WHERE decided_at IS NULL)), 0),
                     'needs_person', count(*) FILTER (WHERE state = 'needs-person'))::text
                 FROM {outbox} WHERE decided_at IS NULL OR state = 'needs-person'"
            ),
            statements: Statements::default(),
        }
    }

    /// Stores a write, or returns the stored write with the same key.
    pub(super) async fn begin(
        &self,
        connection: &mut impl Connection,
        new: &New<'_>,
    ) -> Result<Stored, OutboxError> {
        #[derive(Deserialize)]
        struct Taken {
            fence: i64,
            sends: u32,
        }
        let lease = seconds(new.lease);
        let name = new.name.unwrap_or_default();
        let parameters = [new.key, new.kind, name, new.body, new.body_hash, lease.as_str()];
        for _ in 0..TRIES {
            let found = self.statements.text(connection, &self.begin, &parameters).await?;
            match found.as_deref() {
                Some("name") => return Err(OutboxError::NameTaken),
                Some(text) => {
                    if let Ok(row) = serde_json::from_str::<Row>(text) {
                        return Ok(Stored::Known(Box::new(row)));
                    }
                    let Taken { fence, sends } =
                        serde_json::from_str(text).map_err(OutboxError::Stored)?;
                    return Ok(Stored::First { fence, sends });
                }
                // Another process stored a write after this statement had begun, so the statement can't see it.
                None => {}
            }
        }
        Err(OutboxError::Conflict)
    }

    /// Claims a write that is due, and that no process is working on.
    pub(super) async fn claim(
        &self,
        connection: &mut impl Connection,
        kinds: &str,
        lease: Duration,
    ) -> Result<Option<Row>, OutboxError> {
        let row = self.statements.text(connection, &self.claim, &[kinds, &seconds(lease)]).await?;
        row.map(|row| serde_json::from_str(&row)).transpose().map_err(OutboxError::Stored)
    }

    /// Stores what happened to a write. If another process has taken the write over, returns the stored write.
    pub(super) async fn settle(
        &self,
        connection: &mut impl Connection,
        (key, fence): (&str, i64),
        next: &Next,
        counts: Counts,
    ) -> Result<Settled, OutboxError> {
        let (state, executed, record, reason, wait) = columns(next);
        let (fence, wait) = (fence.to_string(), seconds(wait));
        let (looks, unseen) = (counts.looks.to_string(), counts.unseen.to_string());
        let (record, reason) = (storable(record), storable(reason));
        let executed = if executed { "true" } else { "false" };
        let parameters = [key, &fence, state, executed, &record, &reason, &wait, &looks, &unseen];
        let found = self.statements.text(connection, &self.settle, &parameters).await?;
        Ok(match found.as_deref() {
            Some("mine") => {
                if let Next::Decided(decision) = next {
                    self.report(decision);
                }
                Settled::Mine
            }
            Some(row) => {
                Settled::Other(Box::new(serde_json::from_str(row).map_err(OutboxError::Stored)?))
            }
            None => Settled::Gone,
        })
    }

    /// Combines the outcome of a request with the decision that was stored before the outcome was known. Returns the
    /// decision that is stored afterwards.
    pub(super) async fn agree(
        &self,
        connection: &mut impl Connection,
        sent: &Decision,
        stored: &Row,
    ) -> Result<Decision, OutboxError> {
        let Some(amended) = late(sent, &stored.decision()) else { return Ok(stored.decision()) };
        let next = Next::Decided(amended.clone());
        let (state, _, record, reason, _) = columns(&next);
        let (record, reason) = (storable(record), storable(reason));
        let before = stored.record.as_deref().unwrap_or_default();
        let parameters = [&stored.key, state, &record, &reason, &stored.state, before];
        if self.statements.text(connection, &self.amend, &parameters).await?.is_some() {
            self.report(&amended);
        }
        Ok(amended)
    }

    fn report(&self, decision: &Decision) {
        self.statements.observers.report(&match decision {
            Decision::Done { .. } => Event::WriteDone,
            Decision::Refused { .. } => Event::WriteRefused,
            Decision::NeedsPerson { .. } => Event::WriteNeedsPerson,
            Decision::Undecided => return,
        });
    }

    /// Returns the keys and reasons of the writes that need a person, oldest first.
    pub(super) async fn needing_person(
        &self,
        connection: &mut impl Connection,
        limit: u32,
    ) -> Result<Vec<(String, String)>, OutboxError> {
        #[derive(Deserialize)]
        struct Found {
            key: String,
            reason: Option<String>,
        }
        let limit = limit.to_string();
        let found = self.statements.text(connection, &self.needing_person, &[&limit]).await?;
        let found: Vec<Found> =
            serde_json::from_str(found.as_deref().unwrap_or("[]")).map_err(OutboxError::Stored)?;
        Ok(found.into_iter().map(|it| (it.key, it.reason.unwrap_or_default())).collect())
    }

    /// Returns the backlog, and reports it.
    pub(super) async fn backlog(
        &self,
        connection: &mut impl Connection,
    ) -> Result<Backlog, OutboxError> {
        #[derive(Deserialize)]
        struct Found {
            pending: u64,
            oldest: f64,
            needs_person: u64,
        }
        let found = self.statements.text(connection, &self.backlog, &[]).await?;
        let Found { pending, oldest, needs_person } =
            serde_json::from_str(found.as_deref().unwrap_or_default())
                .map_err(OutboxError::Stored)?;
        // If the clock was set back, the time of a row that was just stored can be in the future.
        let oldest = Duration::try_from_secs_f64(oldest).unwrap_or_default();
        self.statements.observers.report(&Event::Backlog { pending, oldest, needs_person });
        Ok(Backlog { pending, oldest, needs_person })
    }

    /// Stores what a person found out about a write that needed a person.
    pub(super) async fn resolve(
        &self,
        connection: &mut impl Connection,
        (key, state): (&str, &str),
        record: &str,
        reason: &str,
    ) -> Result<bool, PostgresError> {
        Ok(self
            .statements
            .text(connection, &self.resolve, &[key, state, record, reason])
            .await?
            .is_some())
    }

    /// Marks a write as being sent. Returns whether the caller still holds the claim, and may send the write.
    pub(super) async fn resend(
        &self,
        connection: &mut impl Connection,
        (key, fence): (&str, i64),
        lease: Duration,
    ) -> Result<bool, PostgresError> {
        let parameters = [key, &fence.to_string(), &seconds(lease)];
        Ok(self.statements.text(connection, &self.resend, &parameters).await?.is_some())
    }

    pub(super) async fn find(
        &self,
        connection: &mut impl Connection,
        key: &str,
    ) -> Result<Option<Row>, OutboxError> {
        let row = self.statements.text(connection, &self.find, &[key]).await?;
        row.map(|row| serde_json::from_str(&row)).transpose().map_err(OutboxError::Stored)
    }

    pub(super) async fn forget(
        &self,
        connection: &mut impl Connection,
        key: &str,
    ) -> Result<bool, PostgresError> {
        Ok(self.statements.text(connection, &self.forget, &[key]).await?.is_some())
    }

    pub(super) async fn forget_old(
        &self,
        connection: &mut impl Connection,
        age: Duration,
    ) -> Result<u64, PostgresError> {
        let count = self.statements.text(connection, &self.forget_old, &[&seconds(age)]).await?;
        Ok(count.and_then(|text| text.parse().ok()).unwrap_or(0))
    }
}

impl Row {
    /// Returns how the write ended.
    pub(super) fn decision(&self) -> Decision {
        let reason = || self.reason.clone().unwrap_or_default();
        match self.state.as_str() {
            "done" => Decision::Done { record: self.record.clone() },
            "refused" => Decision::Refused { reason: reason() },
            "needs-person" => Decision::NeedsPerson { reason: reason() },
            _ => Decision::Undecided,
        }
    }
}

/// Returns the columns to store: the state, whether the write was executed, the record, the reason, and the wait until
/// a worker continues.
fn columns(next: &Next) -> (&'static str, bool, &str, &str, Duration) {
    const NOW: Duration = Duration::ZERO;
    match next {
        Next::Decided(Decision::Done { record }) => {
            ("done", true, record.as_deref().unwrap_or_default(), "", NOW)
        }
        Next::Decided(Decision::Refused { reason }) => ("refused", false, "", reason, NOW),
        Next::Decided(Decision::NeedsPerson { reason }) => ("needs-person", false, "", reason, NOW),
        Next::Ready { after, reason } => ("ready", false, "", reason, *after),
        Next::Look { after, executed } => ("unknown", *executed, "", "", *after),
        Next::Decided(Decision::Undecided) | Next::SendAgain => ("unknown", false, "", "", NOW),
    }
}

fn seconds(time: Duration) -> String {
    time.as_secs_f64().to_string()
}

/// Replaces NUL characters, which the platform could send and PostgreSQL can't store.
fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
