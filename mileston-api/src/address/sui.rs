//! Addresses of Sui.

use std::str::FromStr;

use super::{AddressError, address_type, hexadecimal};

const DIGITS: usize = 64;

/// An address on Sui: `0x` and 64 hexadecimal digits, 32 bytes.
///
/// Tools of Sui also write short forms without the zeros in front (`0x2`), which are those of the system's own objects and
/// no place for money; they are refused, for a short form is more often a cut address.
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
    bytes: [u8; DIGITS / 2],
}

address_type!(SuiAddress);

impl SuiAddress {
    /// The bytes that it stands for.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.bytes
    }
}

impl FromStr for SuiAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let Some(digits) = text.strip_prefix("0x") else {
            return Err(AddressError::no_prefix("Sui", DIGITS));
        };
        if digits.len() != DIGITS {
            return Err(AddressError::length("Sui", digits.chars().count(), DIGITS));
        }
        let bytes = hexadecimal(digits).map_err(|at| AddressError::digit("Sui", at + 2))?;
        Ok(SuiAddress { text: text.to_owned(), bytes })
    }
}
