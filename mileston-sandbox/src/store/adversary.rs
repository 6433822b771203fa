//! Stores the settings of the adversary, which disrupts webhook deliveries.

use std::time::Duration;

use super::rejection::Rejection;
use super::sql::Sql;
use super::{Store, outbox};

impl Store {
    /// Returns the adversary's seed, if the adversary is on.
    pub(crate) async fn adversary(&self) -> Result<Option<u64>, Rejection> {
        let found = self.look(outbox::adversary).await?;
        Ok(found.map(|(seed, _)| seed.cast_unsigned()))
    }

    /// Turns the adversary on or off. The change applies to later events.
    pub(crate) async fn set_adversary(
        &self,
        seed: Option<u64>,
        unit: Duration,
    ) -> Result<(), Rejection> {
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
