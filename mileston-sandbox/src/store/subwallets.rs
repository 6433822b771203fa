//! Reads the sub wallets of an account in batches.

use std::vec;

use rusqlite::params;

use super::arrivals::Arrival;
use super::owner::Owner;
use super::purse::Purse;
use super::readers::Snapshot;
use super::rejection::Rejection;
use super::sql::Sql;
use super::wallets::Wallets;
use super::world::Moment;
use super::{Account, Store};

/// The number of sub wallets to read before other tasks can run.
const FEW: u32 = 100;

/// A sub wallet: its id, and its wallets by chain.
type Sub = (String, Purse);

/// The sub wallets of an account as they were at one point in time, ordered by id. The list can be read several times.
///
/// If the store is a file, this value holds a read transaction: the list doesn't contain later changes, and doesn't
/// block them. If the store is in memory, this value holds copies of the rows.
pub(crate) struct Subwallets {
    place: Place,
    /// The rows that were read and not yet returned.
    rows: vec::IntoIter<Sub>,
}

/// Where the rows are stored.
enum Place {
    Memory(Vec<Sub>),
    File { snapshot: Box<Snapshot>, pages: Pages },
}

/// The rows that come next in the list.
struct Pages {
    account: i64,
    moment: Moment,
    /// Money that has arrived and isn't in a balance yet.
    arrived: Vec<Arrival>,
    /// Only sub wallets with a higher id are read. `None` after the last sub wallet.
    after: Option<String>,
}

impl Store {
    /// Returns the sub wallets of the owner's account, as they are now.
    pub(crate) async fn subwallets(
        &self,
        owner: impl Into<Owner>,
    ) -> Result<Subwallets, Rejection> {
        let owner = owner.into();
        if let Some(readers) = &self.readers {
            let snapshot = Box::new(readers.snapshot().await?);
            let pages = Pages::first(snapshot.sql()?, self.world.moment()?, &owner)?;
            return Ok(Subwallets::new(Place::File { snapshot, pages }));
        }
        let world = self.world.clone();
        self.look(move |sql| {
            let mut pages = Pages::first(sql, world.moment()?, &owner)?;
            let mut all = Vec::new();
            while pages.after.is_some() {
                all.extend(pages.read(sql)?);
            }
            Ok(Subwallets::new(Place::Memory(all)))
        })
        .await
    }
}

impl Subwallets {
    fn new(place: Place) -> Self {
        let mut subwallets = Subwallets { place, rows: Vec::new().into_iter() };
        subwallets.rewind();
        subwallets
    }

    /// Starts again with the first sub wallet.
    pub(crate) fn rewind(&mut self) {
        self.rows = match &mut self.place {
            Place::Memory(all) => all.clone(),
            Place::File { pages, .. } => {
                pages.after = Some(String::new());
                Vec::new()
            }
        }
        .into_iter();
    }
}

impl Iterator for Subwallets {
    type Item = Result<Sub, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rows.len() == 0
            && let Place::File { snapshot, pages } = &mut self.place
        {
            match snapshot.sql().and_then(|sql| pages.read(sql)) {
                Ok(rows) => self.rows = rows.into_iter(),
                Err(rejection) => return Some(Err(rejection)),
            }
        }
        self.rows.next().map(Ok)
    }
}

impl Pages {
    fn first(sql: Sql<'_>, moment: Moment, owner: &Owner) -> Result<Self, Rejection> {
        let account = Account::of(sql, moment, owner)?.id();
        let wallets = Wallets { sql, account, moment };
        Ok(Pages { account, moment, arrived: wallets.arrived()?, after: Some(String::new()) })
    }

    /// Reads the next rows.
    fn read(&mut self, sql: Sql<'_>) -> Result<Vec<Sub>, Rejection> {
        let Some(after) = self.after.take() else { return Ok(Vec::new()) };
        let text = "SELECT id FROM subwallets WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let ids: Vec<String> =
            sql.all(text, params![self.account, after, FEW], |row| row.get(0))?;
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
        let wallets = Wallets { sql, account: self.account, moment: self.moment };
        let mut purses = wallets.purses_with(first..=last, &self.arrived)?;
        if ids.len() == FEW as usize {
            self.after = Some(last.clone());
        }
        let with_purse = |id: String| {
            let purse = purses.remove(&id).unwrap_or_default();
            (id, purse)
        };
        Ok(ids.into_iter().map(with_purse).collect())
    }
}
