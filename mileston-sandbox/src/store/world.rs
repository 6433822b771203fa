//! The sandbox's time and randomness: a clock that can be advanced, and a seed.

use std::sync::atomic::{AtomicI64, Ordering};

use mileston_api::Timestamp;
use rusqlite::params;

use super::rejection::{Failure, Rejection};
use super::sql::Sql;
use crate::readings::Readings;

/// The clock's initial time if there is a seed: 2025-01-01T00:00:00.000Z.
const BEGINNING: i64 = 1_735_689_600_000;

/// The latest time that the clock can be set to: 9999-01-01T00:00:00.000Z. The platform's types can represent slightly
/// later times.
pub(super) const END: i64 = 253_370_764_800_000;

/// The rules for time and randomness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The seed for ids and addresses in a new store. If there is a seed, the clock stands still unless it is advanced.
    pub(crate) seed: Option<u64>,
    /// When transfers from wallets complete.
    pub(crate) settlement: Settlement,
    pub(crate) readings: Readings,
}

/// When a transfer from a wallet completes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settlement {
    /// The transfer completes when its status is fetched for the second time. The recipient gets the money as
    /// soon as the transfer is sent. This setting is for tests that neither wait nor advance a clock.
    #[default]
    OnSecondLook,
    /// The transfer completes when the simulated chain confirms it, which takes a few seconds on the sandbox's clock.
    /// The recipient gets the money at that time.
    WithClock,
}

/// A store's clock, seed and rules. The time is also kept in memory, because every request needs it.
pub(super) struct World {
    seed: Option<u64>,
    settlement: Settlement,
    readings: Readings,
    time: AtomicI64,
}

/// The time, the seed and the rules that apply to one job.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// In milliseconds since 1970.
    pub(super) now: i64,
    pub(super) seed: Option<u64>,
    pub(super) settlement: Settlement,
    pub(super) readings: Readings,
}

impl World {
    /// Loads the store's time and seed, or creates them with these rules if the store is new.
    pub(super) fn open(sql: Sql<'_>, rules: Rules) -> Result<Self, Rejection> {
        let text = "INSERT OR IGNORE INTO world (id, seed, drawn, time, failing) \
                    VALUES (1, ?1, 0, iif(?1 IS NULL, 0, ?2), 0)";
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

    /// Returns the time in milliseconds since 1970.
    pub(super) fn now(&self) -> Result<i64, Rejection> {
        reading(self.seed, self.time.load(Ordering::Acquire))
    }

    pub(super) fn moment(&self) -> Result<Moment, Rejection> {
        let World { seed, settlement, readings, time: _ } = self;
        Ok(Moment { now: self.now()?, seed: *seed, settlement: *settlement, readings: *readings })
    }

    /// Updates the time in memory. Call this after the time from [`set`] is on disk.
    pub(super) fn follow(&self, time: i64) {
        self.time.store(time, Ordering::Release);
    }
}

/// Advances the clock to the time that the closure computes, and returns the value for [`World::follow`].
pub(super) fn set(
    sql: Sql<'_>,
    to: impl FnOnce(i64) -> Result<i64, Rejection>,
) -> Result<i64, Rejection> {
    let (seed, time) = read(sql)?;
    let now = reading(seed, time)?;
    let then = to(now)?;
    if then < now {
        return Err(Rejection::ClockBackwards);
    }
    if then > END {
        return Err(Rejection::ClockBeyond(timestamp(END)?));
    }
    let time = time.saturating_add(then - now);
    sql.run("UPDATE world SET time = ?1", [time])?;
    Ok(time)
}

fn read(sql: Sql<'_>) -> Result<(Option<u64>, i64), Rejection> {
    let found = sql.first("SELECT seed, time FROM world", [], |row| {
        Ok((row.get::<_, Option<String>>(0)?, row.get(1)?))
    })?;
    let (seed, time) = found.ok_or_else(|| Rejection::unreadable("the time is missing"))?;
    let seed = seed.map(|text| text.parse().map_err(Rejection::unreadable)).transpose()?;
    Ok((seed, time))
}

fn reading(seed: Option<u64>, time: i64) -> Result<i64, Rejection> {
    if seed.is_some() {
        return Ok(time);
    }
    Ok(machine_time()?.saturating_add(time))
}

/// Returns the machine's time in milliseconds since 1970, for webhook deliveries.
pub(super) fn machine_time() -> Result<i64, Rejection> {
    let now = Timestamp::now().map_err(Failure::Clock)?;
    Ok(now.as_millisecond())
}

impl Moment {
    pub(super) fn timestamp(self) -> Result<Timestamp, Rejection> {
        timestamp(self.now)
    }
}

/// Converts a time to the platform's type.
pub(super) fn timestamp(milliseconds: i64) -> Result<Timestamp, Rejection> {
    Timestamp::from_millisecond(milliseconds).map_err(Rejection::unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_the_clock_are_correct() {
        let text = |milliseconds| timestamp(milliseconds).unwrap().to_string();
        assert_eq!(text(BEGINNING), "2025-01-01T00:00:00.000Z");
        assert_eq!(text(END), "9999-01-01T00:00:00.000Z");
    }
}
