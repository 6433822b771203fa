//! Decodes 32 bytes from base58.

use super::error::{AddressError, Problem};

/// The maximum length of text that is decoded. There is a limit because the decoding time grows with the square of the
/// length. A signature has at most 88 characters, so longer text is neither an address nor a signature.
pub(super) const LONGEST: usize = 88;

/// Returns whether the text is a Solana address. The parsers for other families use this to improve their errors.
pub(super) fn is_address(text: &str) -> bool {
    text.len() <= LONGEST && decode(text).is_ok()
}

pub(super) fn decode(text: &str) -> Result<[u8; 32], AddressError> {
    let decoded = bs58::decode(text).into_vec().map_err(|_| AddressError::BASE58)?;
    let found = decoded.len();
    decoded.try_into().map_err(|_| AddressError::of(Problem::SolanaLength { found }))
}
