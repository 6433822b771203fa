//! Describes why text isn't an address that money can be sent to.

use std::fmt;

use mileston_keys::write_report;

use super::family::Family;
use crate::{Error, ErrorKind};

/// The text isn't an address that money can be sent to. The message says what is wrong and how to fix it, but doesn't
/// show the text.
///
/// ```
/// let error = "0x1234".parse::<mileston_api::EvmAddress>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "not an EVM address: it has 4 characters after `0x` instead of 40; copy the whole address",
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AddressError {
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// The complete message.
    Text(&'static str),
    Invisible {
        at: usize,
    },
    NotAscii {
        at: usize,
    },
    NoPrefix {
        family: Family,
        digits: usize,
    },
    Length {
        family: Family,
        found: usize,
        digits: usize,
    },
    Digit {
        family: Family,
        at: usize,
    },
    OtherFamily {
        needed: Family,
        found: Family,
    },
    SolanaLength {
        found: usize,
    },
}

impl AddressError {
    pub(super) const CHECKSUM: Self = AddressError::text(
        "not an EVM address: its upper and lower case letters don't match the EIP-55 checksum, so a character was \
         changed; copy the address again",
    );
    pub(super) const BASE58: Self = AddressError::text(
        "not a Solana address: it isn't base58 (digits and letters without 0, O, I and l); copy the address again",
    );
    pub(super) const OF_NO_FAMILY: Self = AddressError::text(
        "not an address: it is neither `0x` and 40 hexadecimal digits (EVM chains), nor `0x` and \
        64 (Sui), nor 32 bytes in base58 (Solana); for a different form use `Address::unchecked`",
    );

    pub(super) const fn text(sentence: &'static str) -> Self {
        AddressError::of(Problem::Text(sentence))
    }

    pub(super) const fn of(problem: Problem) -> Self {
        AddressError { problem }
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Text(sentence) => f.write_str(sentence),
            Problem::Invisible { at } => {
                write!(f, "not an address: there is an invisible character at byte {at}; copy the address again")
            }
            Problem::NotAscii { at } => write!(
                f,
                "not an address: there is a character outside ASCII at byte {at}; it may look like a letter or digit, so copy \
                 the address again"
            ),
            Problem::NoPrefix { family, digits } => write!(
                f,
                "not {}: it doesn't begin with `0x`; expected `0x` and {digits} hexadecimal digits",
                an_address(family)
            ),
            Problem::Length { family, found, digits } => write!(
                f,
                "not {}: it has {found} characters after `0x` instead of {digits}; copy the whole address",
                an_address(family)
            ),
            Problem::Digit { family, at } => write!(
                f,
                "not {}: the character at byte {at} isn't a hexadecimal digit; copy the address again",
                an_address(family)
            ),
            Problem::OtherFamily { needed, found } => write!(
                f,
                "not {}: it looks like {}; use the recipient's address on the chain of the payment",
                an_address(needed),
                an_address(found)
            ),
            Problem::SolanaLength { found: 64 } => f.write_str(
                "not a Solana address: 64 bytes in base58 are a transaction signature or a secret key; copy the address instead",
            ),
            Problem::SolanaLength { found: 25 } => f.write_str(
                "not a Solana address: 25 bytes in base58 are an address on a different chain, \
                such as Bitcoin or Tron",
            ),
            Problem::SolanaLength { found } => write!(
                f,
                "not a Solana address: it decodes to {found} bytes instead of 32; copy the whole address"
            ),
        }
    }
}

fn an_address(family: Family) -> &'static str {
    match family {
        Family::Evm => "an EVM address",
        Family::Sui => "a Sui address",
        Family::Solana => "a Solana address",
    }
}

/// Writes the message. `{:#?}` writes the fields. Neither contains any of the text.
impl fmt::Debug for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("AddressError").field("problem", &self.problem).finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for AddressError {}

/// Allows `?` in a function that makes calls. The error says that nothing was sent.
impl From<AddressError> for Error {
    fn from(error: AddressError) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(error.to_string()).with_source(error)
    }
}
