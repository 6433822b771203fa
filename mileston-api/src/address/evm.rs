//! Parses EVM addresses, and verifies the checksum of mixed-case addresses.

use std::str::FromStr;

use sha3::{Digest, Keccak256};

use super::error::AddressError;
use super::family::{EVM_DIGITS, Family};
use super::one_family::address_type;
use super::{hexadecimal, nowhere, text};

/// An address on Ethereum, Polygon, Base, Arbitrum or Avalanche: `0x` and 40 hexadecimal digits.
///
/// In a mixed-case address, the case of the letters is a checksum (EIP-55), which is verified. An address in only one
/// case has no checksum, so a wrong digit goes unnoticed. The address is sent as it was written. Two addresses are
/// equal if their bytes are equal.
///
/// Addresses that no one can spend from are rejected: the zero address, precompiled contracts, burn addresses and
/// well-known placeholders.
///
/// ```
/// use mileston_api::EvmAddress;
///
/// let plain: EvmAddress = "0x52908400098527886e0f7030069857d2e4169ee7".parse()?;
/// assert_eq!(plain.to_checksum(), "0x52908400098527886E0F7030069857D2E4169EE7");
/// assert_eq!(plain, plain.to_checksum().parse::<EvmAddress>()?);
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct EvmAddress {
    text: String,
    bytes: [u8; EVM_DIGITS / 2],
}

address_type!(EvmAddress);

impl EvmAddress {
    /// Returns the 20 bytes of the address.
    #[must_use]
    pub fn bytes(&self) -> [u8; 20] {
        self.bytes
    }

    /// Returns the address with the EIP-55 checksum.
    #[must_use]
    pub fn to_checksum(&self) -> String {
        format!("0x{}", checksummed(&self.text[2..].to_ascii_lowercase()))
    }
}

impl FromStr for EvmAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        text::check(text)?;
        let digits = hexadecimal::digits(text, Family::Evm, EVM_DIGITS)?;
        let bytes = hexadecimal::bytes(digits, Family::Evm)?;
        let mixed = digits.bytes().any(|byte| byte.is_ascii_lowercase())
            && digits.bytes().any(|byte| byte.is_ascii_uppercase());
        if mixed && checksummed(&digits.to_ascii_lowercase()) != digits {
            return Err(AddressError::CHECKSUM);
        }
        nowhere::check_evm(&bytes)?;
        Ok(EvmAddress { text: text.to_owned(), bytes })
    }
}

/// Writes a letter in upper case if the corresponding digit in the hash of the lower-case address is at least 8.
fn checksummed(digits: &str) -> String {
    let hash = Keccak256::digest(digits.as_bytes());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let written = digits.chars().zip(nibbles);
    written
        .map(|(digit, nibble)| if nibble > 7 { digit.to_ascii_uppercase() } else { digit })
        .collect()
}
