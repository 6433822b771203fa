//! Texts that are 32 bytes in base58.

use super::error::{AddressError, Problem};

/// Decoding takes the square of the length. A signature has 88 characters, and nothing longer is worth a look.
pub(super) const LONGEST: usize = 88;

/// Whether the text has the form, for errors of other families.
pub(super) fn is_address(text: &str) -> bool {
    text.len() <= LONGEST && decode(text).is_ok()
}

pub(super) fn decode(text: &str) -> Result<[u8; 32], AddressError> {
    let decoded = bs58::decode(text).into_vec().map_err(|_| AddressError::BASE58)?;
    let found = decoded.len();
    decoded.try_into().map_err(|_| AddressError::of(Problem::SolanaLength { found }))
}
