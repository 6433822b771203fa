//! The source of ids and addresses: the operating system, or a seed.

use sha2::{Digest, Sha256};

use super::rejection::{Failure, Rejection};
use super::sql::Sql;
use super::world::Moment;
use crate::random::{self, BASE58, HEX, LETTERS};

/// Draws values within a job. With a seed, a rejected job uses up no values: later jobs draw the same ones.
#[derive(Clone, Copy)]
pub(crate) struct Draw<'c> {
    sql: Sql<'c>,
    seed: Option<u64>,
}

impl<'c> Draw<'c> {
    pub(super) fn new(sql: Sql<'c>, moment: Moment) -> Self {
        Draw { sql, seed: moment.seed }
    }

    /// Returns an id in UUID format.
    pub(crate) fn uuid(&self) -> Result<String, Rejection> {
        let mut bytes = [0; random::BLOCK];
        self.fill(&mut bytes)?;
        Ok(random::uuid(&bytes))
    }

    /// Returns lowercase hexadecimal digits.
    pub(crate) fn hex(&self, count: usize) -> Result<String, Rejection> {
        random::text(HEX, count, |bytes| self.fill(bytes))
    }

    /// Returns base-58 digits.
    pub(crate) fn base58(&self, count: usize) -> Result<String, Rejection> {
        random::text(BASE58, count, |bytes| self.fill(bytes))
    }

    /// Returns letters and digits.
    pub(crate) fn letters(&self, count: usize) -> Result<String, Rejection> {
        random::text(LETTERS, count, |bytes| self.fill(bytes))
    }

    fn fill(&self, bytes: &mut [u8; random::BLOCK]) -> Result<(), Rejection> {
        let Some(seed) = self.seed else {
            return random::fill(bytes).map_err(|error| Failure::Random(error).into());
        };
        let text = "UPDATE world SET drawn = drawn + 1 RETURNING drawn";
        let drawn = self.sql.first(text, [], |row| row.get::<_, i64>(0))?;
        *bytes = block(seed, drawn.unwrap_or_default());
        Ok(())
    }
}

/// Returns block n of a seed: two SHA-256 hashes of the seed and n, with different suffixes.
fn block(seed: u64, place: i64) -> [u8; random::BLOCK] {
    let half = |end: u8| {
        let hash = Sha256::new().chain_update(seed.to_be_bytes());
        hash.chain_update(place.to_be_bytes()).chain_update([end]).finalize()
    };
    let mut bytes = [0; random::BLOCK];
    for (byte, drawn) in bytes.iter_mut().zip(half(0).into_iter().chain(half(1))) {
        *byte = drawn;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_depend_on_seed_and_position_only() {
        assert_eq!(block(7, 1), block(7, 1));
        assert_ne!(block(7, 1), block(7, 2));
        assert_ne!(block(7, 1), block(8, 1));
        assert_ne!(block(7, 1)[..32], block(7, 1)[32..]);
    }
}
