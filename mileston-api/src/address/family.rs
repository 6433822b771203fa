//! Groups chains into families by the form of their addresses.

use std::fmt;

/// The number of hexadecimal digits after `0x` in an EVM address.
pub(super) const EVM_DIGITS: usize = 40;

/// The number of hexadecimal digits after `0x` in a Sui address.
pub(super) const SUI_DIGITS: usize = 64;

/// A group of chains whose addresses have the same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// Ethereum, Polygon, Base, Arbitrum, Avalanche: `0x` and 40 hexadecimal digits.
    Evm,
    /// Sui: `0x` and 64 hexadecimal digits.
    Sui,
    /// Solana: 32 bytes in base58.
    Solana,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::Evm => "EVM",
            Family::Sui => "Sui",
            Family::Solana => "Solana",
        })
    }
}
