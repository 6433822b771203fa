//! Parses Solana addresses.

use std::str::FromStr;

use super::base58::{self, LONGEST};
use super::error::{AddressError, Problem};
use super::family::Family;
use super::one_family::address_type;
use super::{hexadecimal, nowhere, text};

/// An address on Solana: 32 bytes, written in base58 with 32 to 44 characters.
///
/// The text has no checksum, so a wrong character goes unnoticed if the text still decodes to 32 bytes. Addresses that
/// no one can spend from are rejected: the system program (all ones), the chain's other built-in programs, the token
/// programs, and the incinerator.
///
/// ```
/// use mileston_api::SolanaAddress;
///
/// let address: SolanaAddress = "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T".parse()?;
/// assert_eq!(address.bytes().len(), 32);
/// assert!("11111111111111111111111111111111".parse::<SolanaAddress>().is_err());
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct SolanaAddress {
    text: String,
    bytes: [u8; 32],
}

address_type!(SolanaAddress);

impl SolanaAddress {
    /// Returns the 32 bytes of the address.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.bytes
    }
}

impl FromStr for SolanaAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        text::check(text)?;
        if let Some(found) = hexadecimal::family(text) {
            return Err(AddressError::of(Problem::OtherFamily { needed: Family::Solana, found }));
        }
        if text.len() > LONGEST {
            return Err(AddressError::BASE58);
        }
        let bytes = base58::decode(text)?;
        nowhere::check_solana(text)?;
        Ok(SolanaAddress { text: text.to_owned(), bytes })
    }
}
