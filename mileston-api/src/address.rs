//! Addresses of wallets, checked before money goes there.

mod error;
mod evm;
mod hexadecimal;
mod nowhere;
mod solana;
mod sui;
mod text;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use crate::types::{Chain, EvmChain, WalletType};

use error::Problem;

pub use error::AddressError;
pub use evm::EvmAddress;
pub use solana::SolanaAddress;
pub use sui::SuiAddress;

/// An address of a wallet: of a known form, or text that the caller vouches for.
///
/// Money that is sent to a wrong address is gone. So parsing refuses what isn't an address of any chain of the platform,
/// and addresses that nobody can spend from, such as the zero address. A payment is refused before it is sent if the
/// address is of another family than the chain. Nothing is trimmed: whitespace before or after an address is an error.
///
/// What the platform itself accepts is not documented; the vendor's own documentation has a recipient that isn't a valid
/// address (vendor docs `wallet-api` at 7c33d7c). [`Address::unchecked`] is the way to send to such a one.
///
/// Deserializing keeps any text, because a response must not become unreadable. Text that parsing refuses can't be paid
/// to: it has no [`family`](Address::family), and a payment with it is refused before it is sent.
///
/// ```
/// use mileston_api::{Address, Family};
///
/// let address: Address = "0x52908400098527886E0F7030069857D2E4169EE7".parse()?;
/// assert_eq!(address.family(), Some(Family::Evm));
///
/// // One letter in the other case breaks the checksum.
/// let error = "0x52908400098527886e0F7030069857D2E4169EE7".parse::<Address>().unwrap_err();
/// assert!(error.to_string().contains("checksum"));
///
/// let risky = Address::unchecked("whatever the platform takes");
/// assert_eq!(format!("{risky:?}"), "Address(unchecked \"whatever the platform takes\")");
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct Address {
    text: String,
    standing: Standing,
}

/// What is known of the text of an address.
#[derive(Clone, Copy)]
enum Standing {
    Checked(Family),
    /// The caller vouches for it.
    Unchecked,
    /// Received or read from a file, and refused by parsing.
    Refused,
}

/// Chains whose addresses have one form.
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

impl Family {
    /// That of a chain; `None` for one that this version does not know.
    ///
    /// ```
    /// use mileston_api::{Family, types::Chain};
    ///
    /// assert_eq!(Family::of(&Chain::Base), Some(Family::Evm));
    /// assert_eq!(Family::of(&Chain::from("new")), None);
    /// ```
    #[must_use]
    pub fn of(chain: &Chain) -> Option<Self> {
        match chain {
            Chain::Avax | Chain::Pol | Chain::Base | Chain::Eth | Chain::Arb => Some(Family::Evm),
            Chain::Sui => Some(Family::Sui),
            Chain::Solana => Some(Family::Solana),
            _ => None,
        }
    }
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

impl Address {
    /// Any text, unchecked: for an address of a form that this crate does not know. If it is wrong, the money is gone.
    pub fn unchecked(text: impl Into<String>) -> Self {
        Address { text: text.into(), standing: Standing::Unchecked }
    }

    /// Reads an address that money can be sent to on a chain. On a chain that this version does not know, an address of
    /// any known form.
    ///
    /// # Errors
    ///
    /// It is no address of the chain's family.
    ///
    /// ```
    /// use mileston_api::{Address, types::Chain};
    ///
    /// let text = "0x52908400098527886E0F7030069857D2E4169EE7";
    /// assert!(Address::parse_for(&Chain::Eth, text).is_ok());
    /// let error = Address::parse_for(&Chain::Solana, text).unwrap_err();
    /// assert!(error.to_string().starts_with("not a Solana address"));
    /// ```
    pub fn parse_for(chain: &Chain, text: &str) -> Result<Self, AddressError> {
        match Family::of(chain) {
            Some(Family::Evm) => text.parse::<EvmAddress>().map(Into::into),
            Some(Family::Sui) => text.parse::<SuiAddress>().map(Into::into),
            Some(Family::Solana) => text.parse::<SolanaAddress>().map(Into::into),
            None => text.parse(),
        }
    }

    /// The family whose form it has; `None` if it was not checked.
    #[must_use]
    pub fn family(&self) -> Option<Family> {
        match self.standing {
            Standing::Checked(family) => Some(family),
            Standing::Unchecked | Standing::Refused => None,
        }
    }

    /// The address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Refuses an address that money can't be sent to on a chain, as far as is known.
    pub(crate) fn check_for(&self, chain: &Chain) -> Result<(), AddressError> {
        match (self.standing, Family::of(chain)) {
            (Standing::Checked(found), Some(needed)) if found != needed => {
                Err(AddressError::of(Problem::OtherFamily { needed, found }))
            }
            (Standing::Refused, _) => Address::parse_for(chain, &self.text).map(drop),
            _ => Ok(()),
        }
    }
}

macro_rules! of_a_family {
    ($($address:ident: $family:ident)+) => {$(
        impl From<$address> for Address {
            fn from(address: $address) -> Self {
                Address { text: address.into_text(), standing: Standing::Checked(Family::$family) }
            }
        }
    )+};
}

of_a_family!(EvmAddress: Evm SuiAddress: Sui SolanaAddress: Solana);

impl FromStr for Address {
    type Err = AddressError;

    /// The family is known by the form: `0x` and a length, or base58.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        text::check(text)?;
        match text.strip_prefix("0x") {
            Some(digits) if digits.len() <= evm::DIGITS => {
                text.parse::<EvmAddress>().map(Into::into)
            }
            Some(_) => text.parse::<SuiAddress>().map(Into::into),
            None => match text.parse::<SolanaAddress>() {
                Ok(address) => Ok(address.into()),
                Err(AddressError::BASE58) => Err(AddressError::OF_NO_FAMILY),
                Err(error) => Err(error),
            },
        }
    }
}

impl TryFrom<&str> for Address {
    type Error = AddressError;

    fn try_from(text: &str) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.standing {
            Standing::Checked(family) => write!(f, "Address({family} {:?})", self.text),
            Standing::Unchecked => write!(f, "Address(unchecked {:?})", self.text),
            Standing::Refused => write!(f, "Address(not an address {:?})", self.text),
        }
    }
}

// Whether it was checked makes no other address of it.
impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Address {}

impl std::hash::Hash for Address {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialEq<str> for Address {
    fn eq(&self, text: &str) -> bool {
        self.text == text
    }
}

impl PartialEq<&str> for Address {
    fn eq(&self, text: &&str) -> bool {
        self.text == *text
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Address {
    /// What was received is kept in any case; what parsing refuses can't be paid to.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(text
            .parse()
            .unwrap_or_else(|_| Address { text: text.into_owned(), standing: Standing::Refused }))
    }
}

impl From<EvmChain> for Chain {
    fn from(chain: EvmChain) -> Self {
        Chain::from(chain.to_string().as_str())
    }
}

/// The chain that a type of wallet is of; none for `all`, which is every chain.
pub(crate) fn chain_of(wallet_type: &WalletType) -> Option<Chain> {
    let chain = Chain::from(wallet_type.to_string().as_str());
    (*wallet_type != WalletType::All).then_some(chain)
}

/// How an address type of one family is written.
macro_rules! address_type {
    ($name:ident) => {
        impl $name {
            /// The address as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.text
            }

            pub(super) fn into_text(self) -> String {
                self.text
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.text)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.text)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }
    };
}
use address_type;
