//! Parses addresses that consist of `0x` followed by hexadecimal digits.

use super::base58;
use super::error::{AddressError, Problem};
use super::family::{EVM_DIGITS, Family, SUI_DIGITS};

/// Returns the digits after `0x`. Returns an error unless there are `count` digits.
pub(super) fn digits(text: &str, needed: Family, count: usize) -> Result<&str, AddressError> {
    if let Some(found) = family(text).filter(|found| *found != needed) {
        return Err(AddressError::of(Problem::OtherFamily { needed, found }));
    }
    match text.strip_prefix("0x") {
        Some(found) if found.len() == count => Ok(found),
        Some(found) => Err(AddressError::of(Problem::Length {
            family: needed,
            found: found.len(),
            digits: count,
        })),
        None if base58::is_address(text) => {
            Err(AddressError::of(Problem::OtherFamily { needed, found: Family::Solana }))
        }
        None => Err(AddressError::of(Problem::NoPrefix { family: needed, digits: count })),
    }
}

/// Returns the family whose addresses have the same number of digits after `0x` as the text. Returns
/// `None` if there is no such family, or if the text isn't `0x` followed by hexadecimal digits.
pub(super) fn family(text: &str) -> Option<Family> {
    let digits = text.strip_prefix("0x")?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        EVM_DIGITS if is_hexadecimal => Some(Family::Evm),
        SUI_DIGITS if is_hexadecimal => Some(Family::Sui),
        _ => None,
    }
}

/// Decodes hexadecimal digits.
pub(super) fn bytes<const N: usize>(digits: &str, family: Family) -> Result<[u8; N], AddressError> {
    let value = |at: usize| {
        let digit = digits.as_bytes().get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let digit = digit.and_then(|digit| u8::try_from(digit).ok());
        // Positions are counted from 1, and the digits come after `0x`.
        digit.ok_or(AddressError::of(Problem::Digit { family, at: at + 3 }))
    };
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = value(2 * at)? << 4 | value(2 * at + 1)?;
    }
    Ok(bytes)
}
