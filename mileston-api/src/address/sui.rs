//! Parses Sui addresses.

use std::str::FromStr;

use super::error::AddressError;
use super::family::{Family, SUI_DIGITS};
use super::one_family::address_type;
use super::{hexadecimal, nowhere, text};

/// An address on Sui: `0x` and 64 hexadecimal digits, which are 32 bytes.
///
/// Sui's tools also write short forms without the leading zeros (`0x2`). Short forms are rejected, because a short
/// address may be a full address that was cut off by mistake. The zero address and the addresses of the system's own
/// objects are rejected even when written in full, because no one can spend from them.
///
/// ```
/// use mileston_api::SuiAddress;
///
/// let address: SuiAddress = format!("0x{}", "ab".repeat(32)).parse()?;
/// assert_eq!(address.bytes(), [0xab; 32]);
/// assert!("0x2".parse::<SuiAddress>().is_err());
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct SuiAddress {
    text: String,
    bytes: [u8; SUI_DIGITS / 2],
}

address_type!(SuiAddress);

impl SuiAddress {
    /// Returns the 32 bytes of the address.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.bytes
    }
}

impl FromStr for SuiAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        text::check(text)?;
        let digits = hexadecimal::digits(text, Family::Sui, SUI_DIGITS)?;
        let bytes = hexadecimal::bytes(digits, Family::Sui)?;
        nowhere::check_sui(&bytes)?;
        Ok(SuiAddress { text: text.to_owned(), bytes })
    }
}
