//! The sandbox's own time and chance: a clock that can be moved, and what is drawn from a seed.

use std::sync::atomic::{AtomicI64, Ordering};

use mileston_api::Timestamp;
use rusqlite::params;

use super::sql::{Sql, unreadable};
use crate::readings::Readings;
use crate::runtime::Refusal;

/// When time begins with a seed: 2025-01-01T00:00:00.000Z.
const BEGINNING: i64 = 1_735_689_600_000;

/// Where the clock ends: 9999-01-01T00:00:00.000Z. The platform's types can still tell what happens soon after.
pub(super) const END: i64 = 253_370_764_800_000;

/// How a sandbox's world works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// What ids and addresses are drawn from, in a store that is new. Time stands then until it is moved.
    pub(crate) seed: Option<u64>,
    /// When what wallets send has arrived.
    pub(crate) settlement: Settlement,
    pub(crate) readings: Readings,
}

/// When a payment that a wallet sends is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settlement {
    /// When its status is asked for a second time. Its money moves when it is sent. For tests that do not want to wait,
    /// nor to move a clock.
    #[default]
    OnSecondLook,
    /// When the simulated chain has confirmed it, some seconds later by the sandbox's clock. Its money arrives then.
    WithClock,
}

/// The world of a store: its time is in memory, too, since every request asks for it.
pub(super) struct World {
    seed: Option<u64>,
    settlement: Settlement,
    readings: Readings,
    time: AtomicI64,
}

/// The world as one job sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// In milliseconds since 1970.
    pub(super) now: i64,
    pub(super) seed: Option<u64>,
    pub(super) settlement: Settlement,
    pub(super) readings: Readings,
}

impl World {
    /// The world of a store, which is made by these rules if the store is new.
    pub(super) fn open(sql: Sql<'_>, rules: Rules) -> Result<Self, Refusal> {
        // A file from before there were seeds has none.
        let text = "INSERT OR IGNORE INTO world (id, seed, drawn, time, failing) \
                    SELECT 1, seed, 0, iif(seed IS NULL, 0, ?2), 0 FROM \
                    (SELECT iif(EXISTS (SELECT 1 FROM businesses), NULL, ?1) AS seed)";
        sql.run(text, params![rules.seed.map(|seed| seed.to_string()), BEGINNING])?;
        let (seed, time) = read(sql)?;
        let Rules { settlement, readings, .. } = rules;
        Ok(World { seed, settlement, readings, time: AtomicI64::new(time) })
    }

    pub(super) fn readings(&self) -> Readings {
        self.readings
    }

    pub(super) fn seed(&self) -> Option<u64> {
        self.seed
    }

    /// In milliseconds since 1970.
    pub(super) fn now(&self) -> Result<i64, Refusal> {
        reading(self.seed, self.time.load(Ordering::Acquire))
    }

    pub(super) fn moment(&self) -> Result<Moment, Refusal> {
        let World { seed, settlement, readings, time: _ } = self;
        Ok(Moment { now: self.now()?, seed: *seed, settlement: *settlement, readings: *readings })
    }

    /// Takes over what [`set`] has written, once it is on disk.
    pub(super) fn follow(&self, time: i64) {
        self.time.store(time, Ordering::Release);
    }
}

/// Moves the clock on to what the closure makes of the time that it is, and gives what to [`World::follow`].
pub(super) fn set(
    sql: Sql<'_>,
    to: impl FnOnce(i64) -> Result<i64, Refusal>,
) -> Result<i64, Refusal> {
    let (seed, time) = read(sql)?;
    let now = reading(seed, time)?;
    let then = to(now)?;
    if then < now {
        return Err(Refusal::conflict("The clock of the sandbox goes forward only."));
    }
    if then > END {
        let message = format!("The clock of the sandbox goes to {} at most.", timestamp(END)?);
        return Err(Refusal::bad_request(message));
    }
    let time = time.saturating_add(then - now);
    sql.run("UPDATE world SET time = ?1", [time])?;
    Ok(time)
}

fn read(sql: Sql<'_>) -> Result<(Option<u64>, i64), Refusal> {
    let found = sql.first("SELECT seed, time FROM world", [], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get(1)?))
    })?;
    let (seed, time) = found.ok_or_else(|| unreadable(&"a world without a time"))?;
    let seed = seed.map(|text| text.parse().map_err(|error| unreadable(&error))).transpose()?;
    Ok((seed, time))
}

fn reading(seed: Option<u64>, time: i64) -> Result<i64, Refusal> {
    if seed.is_some() {
        return Ok(time);
    }
    Ok(machine_time()?.saturating_add(time))
}

/// The machine's own time, whatever the sandbox's clock says, in milliseconds since 1970: webhooks are delivered by it.
pub(super) fn machine_time() -> Result<i64, Refusal> {
    let now =
        Timestamp::now().map_err(|error| Refusal::internal(format!("The clock: {error}.")))?;
    Ok(now.as_millisecond())
}

impl Moment {
    pub(super) fn timestamp(self) -> Result<Timestamp, Refusal> {
        timestamp(self.now)
    }
}

/// A time as the platform's types have it.
pub(super) fn timestamp(milliseconds: i64) -> Result<Timestamp, Refusal> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| unreadable(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_time_are_what_they_say() {
        let text = |milliseconds| timestamp(milliseconds).unwrap().to_string();
        assert_eq!(text(BEGINNING), "2025-01-01T00:00:00.000Z");
        assert_eq!(text(END), "9999-01-01T00:00:00.000Z");
    }
}
