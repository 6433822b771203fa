//! Addresses of Solana.

use std::str::FromStr;

use super::{AddressError, address_type};

/// An address on Solana: 32 bytes, written in base58 with 32 to 44 characters.
///
/// There is no checksum in it: a wrong character that leaves 32 bytes is not noticed.
///
/// ```
/// use mileston_api::SolanaAddress;
///
/// let address: SolanaAddress = "11111111111111111111111111111111".parse()?;
/// assert_eq!(address.bytes(), [0; 32]);
/// assert!("0OIl".parse::<SolanaAddress>().is_err());
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct SolanaAddress {
    text: String,
    bytes: [u8; 32],
}

address_type!(SolanaAddress);

impl SolanaAddress {
    /// The bytes that it stands for.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.bytes
    }
}

impl FromStr for SolanaAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        // Decoding takes the square of the length, and no address is near this one.
        const LONGEST: usize = 64;
        if text.len() > LONGEST {
            return Err(AddressError::BASE58);
        }
        let decoded = bs58::decode(text).into_vec().map_err(|_| AddressError::BASE58)?;
        let found = decoded.len();
        let bytes = decoded.try_into().map_err(|_| AddressError::solana_length(found))?;
        Ok(SolanaAddress { text: text.to_owned(), bytes })
    }
}
