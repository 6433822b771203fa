//! Reads the resources of an account in batches.

use std::marker::PhantomData;
use std::vec;

use rusqlite::{Row, params};

use super::kept::Kept;
use super::owner::Owner;
use super::readers::Snapshot;
use super::rejection::Rejection;
use super::resource::Resource;
use super::sql::{Sql, from_json};
use super::world::Moment;
use super::{Account, Store};

/// The number of rows that are read without a pause for other work. Reading this many rows takes a few tenths of a
/// millisecond.
const FEW: u32 = 100;

/// The resources of an account as they were at one point in time, newest first.
///
/// If the store is a file, this value holds a read transaction until the last row is read: the list doesn't contain
/// later changes, and doesn't block them. If the store is in memory, or at most [`FEW`] rows were requested, this value
/// holds copies of the rows.
pub(crate) struct Listing<R> {
    rows: vec::IntoIter<Stored>,
    /// The source of more rows, if there may be more.
    snapshot: Option<Snapshot>,
    place: Place,
    now: i64,
    kind: PhantomData<fn() -> R>,
}

/// The rows that come next in the list.
#[derive(Clone, Copy)]
struct Place {
    account: i64,
    /// Only rows with a lower sequence number come next.
    before: i64,
    /// The maximum number of rows.
    left: Option<u32>,
}

/// A stored row.
struct Stored {
    sequence: i64,
    paid_at: Option<i64>,
    data: Box<str>,
}

impl Store {
    /// Returns up to `limit` resources of the owner's account, newest first, as they are now.
    pub(crate) async fn list<R: Resource>(
        &self,
        owner: impl Into<Owner>,
        limit: Option<u32>,
    ) -> Result<Listing<R>, Rejection> {
        let (owner, is_short) = (owner.into(), limit.is_some_and(|limit| limit <= FEW));
        if let (Some(readers), false) = (&self.readers, is_short) {
            let snapshot = readers.snapshot().await?;
            return Listing::begin(snapshot, self.world.moment()?, &owner, limit);
        }
        let world = self.world.clone();
        self.look(move |sql| Listing::copied(sql, world.moment()?, &owner, limit)).await
    }
}

impl<R: Resource> Listing<R> {
    /// Starts reading from a file.
    fn begin(
        snapshot: Snapshot,
        moment: Moment,
        owner: &Owner,
        limit: Option<u32>,
    ) -> Result<Self, Rejection> {
        let place = Place::first(snapshot.sql()?, moment, owner, limit)?;
        Ok(Listing::new(Vec::new(), Some(snapshot), place, moment))
    }

    /// Copies all rows.
    fn copied(
        sql: Sql<'_>,
        moment: Moment,
        owner: &Owner,
        limit: Option<u32>,
    ) -> Result<Self, Rejection> {
        let place = Place::first(sql, moment, owner, limit)?;
        // In SQLite a negative limit means no limit.
        let rows = place.read::<R>(sql, limit.map_or(-1, i64::from))?;
        Ok(Listing::new(rows, None, place, moment))
    }

    fn new(rows: Vec<Stored>, snapshot: Option<Snapshot>, place: Place, moment: Moment) -> Self {
        Listing { rows: rows.into_iter(), snapshot, place, now: moment.now, kind: PhantomData }
    }

    /// Reads a few more rows, if there are any. After the last row, the transaction ends.
    fn refill(&mut self) -> Result<(), Rejection> {
        let Some(snapshot) = &self.snapshot else { return Ok(()) };
        let count = self.place.left.map_or(FEW, |left| left.min(FEW));
        let rows = self.place.read::<R>(snapshot.sql()?, count.into())?;
        self.place.left = self.place.left.map(|left| left - count);
        if let Some(last) = rows.last() {
            self.place.before = last.sequence;
        }
        if rows.len() < FEW as usize || self.place.left == Some(0) {
            self.snapshot = None;
        }
        self.rows = rows.into_iter();
        Ok(())
    }
}

impl<R: Resource> Iterator for Listing<R> {
    type Item = Result<Kept<R>, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rows.len() == 0
            && let Err(rejection) = self.refill()
        {
            return Some(Err(rejection));
        }
        let Stored { paid_at, data, .. } = self.rows.next()?;
        Some(from_json(&data).map(|data| Kept::stored(data, paid_at, self.now)))
    }
}

impl Place {
    fn first(
        sql: Sql<'_>,
        moment: Moment,
        owner: &Owner,
        left: Option<u32>,
    ) -> Result<Self, Rejection> {
        let account = Account::of(sql, moment, owner)?.id();
        Ok(Place { account, before: i64::MAX, left })
    }

    fn read<R: Resource>(&self, sql: Sql<'_>, limit: i64) -> Result<Vec<Stored>, Rejection> {
        let text = "SELECT sequence, paid_at, data FROM resources \
                    WHERE account = ?1 AND kind = ?2 AND sequence < ?3 \
                    ORDER BY sequence DESC LIMIT ?4";
        let values = params![self.account, R::PAGE, self.before, limit];
        sql.all(text, values, |row: &Row<'_>| {
            Ok(Stored { sequence: row.get(0)?, paid_at: row.get(1)?, data: row.get(2)? })
        })
    }
}
