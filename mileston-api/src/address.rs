//! Wallet addresses, checked before money is sent to them.

mod base58;
mod error;
mod evm;
mod family;
mod hexadecimal;
mod nowhere;
pub(crate) mod on_chain;
mod one_family;
mod solana;
mod sui;
mod text;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

pub use error::AddressError;
pub use evm::EvmAddress;
pub use family::Family;
pub use solana::SolanaAddress;
pub use sui::SuiAddress;

/// A wallet address: either text of a known form, or unchecked text that the caller is responsible for.
///
/// Money that is sent to a wrong address is lost. So parsing rejects two things: text that isn't an address on one of
/// the platform's chains, and addresses that no one can spend from, such as the zero address. The client rejects a
/// payment before it is sent if the address doesn't have the form that the chain needs. Nothing is trimmed: whitespace
/// before or after an address is an error.
///
/// The vendor doesn't document which addresses the platform accepts, and an example in its documentation isn't a valid
/// address (vendor docs `wallet-api` at 7c33d7c). To send to an address that parsing rejects, use
/// [`Address::unchecked`].
///
/// Deserializing keeps any text so that an unexpected address doesn't make a response unreadable. If parsing would
/// reject the text, the address has no [`family`](Address::family), and the client rejects payments to that address
/// without sending them.
///
/// ```
/// use mileston_api::{Address, Family};
///
/// let address: Address = "0x52908400098527886E0F7030069857D2E4169EE7".parse()?;
/// assert_eq!(address.family(), Some(Family::Evm));
///
/// // One letter in the wrong case breaks the checksum.
/// let error = "0x52908400098527886e0F7030069857D2E4169EE7".parse::<Address>().unwrap_err();
/// assert!(error.to_string().contains("checksum"));
///
/// let risky = Address::unchecked("an address of another form");
/// assert_eq!(format!("{risky:?}"), "Address(unchecked \"an address of another form\")");
/// # Ok::<(), mileston_api::AddressError>(())
/// ```
#[derive(Clone)]
pub struct Address {
    text: String,
    standing: Standing,
}

/// Whether the text of an address has been checked.
#[derive(Clone, Copy)]
enum Standing {
    Checked(Family),
    /// The caller chose to skip the check.
    Unchecked,
    /// The text was received or read from a file, and parsing rejected it.
    Refused,
}

impl Address {
    /// Creates an address from any text, without checking the text. Use this function for address formats that this
    /// crate doesn't recognise. If the address is wrong, the money is lost.
    pub fn unchecked(text: impl Into<String>) -> Self {
        Address { text: text.into(), standing: Standing::Unchecked }
    }

    /// Returns the family that the address's form belongs to, or `None` if the text wasn't checked or isn't a valid
    /// address.
    #[must_use]
    pub fn family(&self) -> Option<Family> {
        match self.standing {
            Standing::Checked(family) => Some(family),
            Standing::Unchecked | Standing::Refused => None,
        }
    }

    /// Returns the address as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
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

    /// Parses an address. Recognises its family by the form: `0x` and a length, or base58.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        text::check(text)?;
        match text.strip_prefix("0x") {
            Some(digits) if digits.len() <= family::EVM_DIGITS => {
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

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
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

// Checked and unchecked addresses with the same text are equal.
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
    /// Keeps any text that was received. If parsing would reject the text, the client doesn't send payments to that
    /// address.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Ok(text
            .parse()
            .unwrap_or_else(|_| Address { text: text.into_owned(), standing: Standing::Refused }))
    }
}
