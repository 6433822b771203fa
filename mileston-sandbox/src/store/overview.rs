//! The data for the pages: businesses, payment links, invoices and recurring payments.

use mileston_api::Timestamp;
use mileston_api::types::Chain;
use mileston_keys::BusinessId;
use rusqlite::{Params, Row, params};

use super::owner::Owner;
use super::rejection::Rejection;
use super::schedule::Schedule;
use super::world::timestamp;
use super::{Account, Store};

/// The maximum number of businesses that are listed.
const BUSINESSES: u32 = 100;

/// The columns of an entry.
const COLUMNS: &str = "sequence, kind, id, data ->> 'amount', \
    coalesce(data ->> 'title', data ->> 'itemName', data ->> 'subscriptionName'), \
    business_name, created, paid_at, data ->> 'recurringDate', data ->> 'recurringInterval', \
    (SELECT count(*) FROM receipts WHERE resource = sequence AND NOT further), \
    (SELECT chain FROM receipts WHERE resource = sequence ORDER BY receipts.rowid DESC LIMIT 1)";

/// A payment link, invoice or recurring payment, and its payments.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// The sequence number. Later entries have higher numbers.
    pub(crate) sequence: i64,
    /// The kind of the entry, as in the path of its page.
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) amount: String,
    /// The business name from the request. A payment link has none.
    pub(crate) business_name: Option<String>,
    pub(crate) created: Timestamp,
    pub(crate) standing: PaidState,
    /// The number of payments for the entry.
    pub(crate) payments: u32,
    /// The chain of the last payment.
    pub(crate) chain: Option<Chain>,
}

/// Whether and when something was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaidState {
    /// The entry isn't paid.
    NotPaid,
    /// The entry was last paid at `at`. A recurring payment is due again at `due`.
    Paid { at: Timestamp, due: Option<Timestamp> },
    /// The entry was paid, but has been due again since this time.
    DueAgain { since: Timestamp },
}

impl Store {
    /// Returns the businesses, oldest first.
    pub(crate) async fn businesses(&self) -> Result<Vec<BusinessId>, Rejection> {
        self.look(|sql| {
            let text = "SELECT id FROM businesses ORDER BY sequence LIMIT ?1";
            let ids = sql.all(text, [BUSINESSES], |row| row.get::<_, String>(0))?;
            ids.into_iter().map(|id| id.parse().map_err(Rejection::unreadable)).collect()
        })
        .await
    }

    /// Returns up to `limit` entries of all kinds whose sequence number is below `before`, newest first.
    pub(crate) async fn overview(
        &self,
        owner: impl Into<Owner>,
        before: i64,
        limit: u32,
    ) -> Result<Vec<Line>, Rejection> {
        // `NOT INDEXED` makes SQLite read the newest rows first and stop at the limit. With an index, SQLite would read
        // and sort all rows of the account.
        let text = format!(
            "SELECT {COLUMNS} FROM resources NOT INDEXED WHERE account = ?1 AND sequence < ?2 \
             ORDER BY sequence DESC LIMIT ?3"
        );
        let find = move |account: &Account<'_>| {
            lines(account, &text, params![account.id(), before, limit])
        };
        self.read_long(owner, find).await
    }

    /// Returns the entry of this kind with this id, if there is one.
    pub(crate) async fn line(
        &self,
        owner: impl Into<Owner>,
        kind: &'static str,
        id: &str,
    ) -> Result<Option<Line>, Rejection> {
        let id = id.to_owned();
        let find = move |account: &Account<'_>| {
            let text = format!(
                "SELECT {COLUMNS} FROM resources WHERE account = ?1 AND kind = ?2 AND id = ?3"
            );
            lines(account, &text, params![account.id(), kind, id])
        };
        Ok(self.read(owner, find).await?.pop())
    }
}

fn lines(account: &Account<'_>, text: &str, values: impl Params) -> Result<Vec<Line>, Rejection> {
    let now = account.moment().now;
    account.sql().all(text, values, read)?.into_iter().map(|found| found.line(now)).collect()
}

/// A row with times in milliseconds since 1970.
struct Found {
    sequence: i64,
    kind: String,
    id: String,
    amount: Option<String>,
    title: Option<String>,
    business_name: Option<String>,
    created: i64,
    paid: Option<i64>,
    schedule: Option<Schedule>,
    payments: u32,
    chain: Option<String>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        sequence: row.get(0)?,
        kind: row.get(1)?,
        id: row.get(2)?,
        amount: row.get(3)?,
        title: row.get(4)?,
        business_name: row.get(5)?,
        created: row.get(6)?,
        paid: row.get(7)?,
        schedule: schedule(row.get(8)?, row.get(9)?),
        payments: row.get(10)?,
        chain: row.get(11)?,
    })
}

fn schedule(first: Option<String>, days: Option<u32>) -> Option<Schedule> {
    Schedule::new(first?.parse().ok()?, days?)
}

impl Found {
    fn line(self, now: i64) -> Result<Line, Rejection> {
        Ok(Line {
            created: timestamp(self.created)?,
            standing: paid_state(self.paid, self.schedule, now)?,
            sequence: self.sequence,
            kind: self.kind,
            id: self.id,
            amount: self.amount.unwrap_or_default(),
            title: self.title.unwrap_or_default(),
            business_name: self.business_name,
            payments: self.payments,
            chain: self.chain.map(Chain::from),
        })
    }
}

fn paid_state(
    paid: Option<i64>,
    schedule: Option<Schedule>,
    now: i64,
) -> Result<PaidState, Rejection> {
    let Some(paid) = paid else { return Ok(PaidState::NotPaid) };
    let next = schedule.map(|schedule| schedule.next_after(paid));
    Ok(match next {
        Some(next) if next <= now => PaidState::DueAgain { since: timestamp(next)? },
        // A due date that is too late for a timestamp isn't shown.
        next => PaidState::Paid {
            at: timestamp(paid)?,
            due: next.and_then(|next| timestamp(next).ok()),
        },
    })
}
