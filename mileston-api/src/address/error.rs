//! Why something is no address.

use std::fmt;

use crate::{Error, ErrorKind};

/// A text is no address. It says of what kind, what is wrong and what it should look like, and repeats nothing of it.
///
/// ```
/// let error = "0x1234".parse::<mileston_api::EvmAddress>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "no EVM address: it has 4 hexadecimal digits behind `0x` and not 40; copy the whole address",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressError {
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NoPrefix { family: &'static str, digits: usize },
    Length { family: &'static str, found: usize, digits: usize },
    Digit { family: &'static str, at: usize },
    Checksum,
    Base58,
    SolanaLength { found: usize },
    OfNoFamily,
}

impl AddressError {
    pub(super) const CHECKSUM: Self = AddressError { problem: Problem::Checksum };
    pub(super) const BASE58: Self = AddressError { problem: Problem::Base58 };
    pub(super) const OF_NO_FAMILY: Self = AddressError { problem: Problem::OfNoFamily };

    pub(super) const fn no_prefix(family: &'static str, digits: usize) -> Self {
        AddressError { problem: Problem::NoPrefix { family, digits } }
    }

    pub(super) const fn length(family: &'static str, found: usize, digits: usize) -> Self {
        AddressError { problem: Problem::Length { family, found, digits } }
    }

    pub(super) const fn digit(family: &'static str, at: usize) -> Self {
        AddressError { problem: Problem::Digit { family, at } }
    }

    pub(super) const fn solana_length(found: usize) -> Self {
        AddressError { problem: Problem::SolanaLength { found } }
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::NoPrefix { family, digits } => write!(
                f,
                "no {family} address: it does not begin with `0x`; it is `0x` and {digits} hexadecimal digits"
            ),
            Problem::Length { family, found, digits } => write!(
                f,
                "no {family} address: it has {found} hexadecimal digits behind `0x` and not {digits}; copy the whole \
                 address"
            ),
            Problem::Digit { family, at } => {
                write!(f, "no {family} address: byte {at} is no hexadecimal digit; copy it again")
            }
            Problem::Checksum => f.write_str(
                "no EVM address: its upper and lower case letters do not fit (the EIP-55 checksum); a letter was \
                 changed, so copy it again",
            ),
            Problem::Base58 => f.write_str(
                "no Solana address: it is not base58 (digits and letters without 0, O, I and l); copy it again",
            ),
            Problem::SolanaLength { found } => write!(
                f,
                "no Solana address: it stands for {found} bytes and not for 32; copy the whole address"
            ),
            Problem::OfNoFamily => f.write_str(
                "no address: neither `0x` and 40 hexadecimal digits (EVM chains), nor `0x` and 64 (Sui), nor 32 bytes in \
                 base58 (Solana); for another form there is `Address::unchecked`",
            ),
        }
    }
}

impl std::error::Error for AddressError {}

/// Nothing was sent: so that `?` does in a function that makes calls.
impl From<AddressError> for Error {
    fn from(error: AddressError) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(error.to_string())
    }
}
