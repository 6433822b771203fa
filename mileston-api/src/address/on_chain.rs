//! Decides whether an address can receive payments on a chain.

use super::error::{AddressError, Problem};
use super::family::Family;
use super::{Address, EvmAddress, SolanaAddress, Standing, SuiAddress};
use crate::types::{Chain, EvmChain, WalletType};

impl Family {
    /// Returns the family of a chain, or `None` if this version doesn't recognise the chain.
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

impl Address {
    /// Parses an address for a payment on a chain. If this version doesn't recognise the chain, an address of any known
    /// form is accepted.
    ///
    /// # Errors
    ///
    /// Returns an [`AddressError`] if the text isn't an address of the chain's family.
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

    /// Rejects the address if it can't receive money on the chain. If this version doesn't recognise the chain, rejects
    /// only text that isn't a valid address of any family. Accepts every address from [`Address::unchecked`].
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

impl From<EvmChain> for Chain {
    fn from(chain: EvmChain) -> Self {
        Chain::from(chain.to_string().as_str())
    }
}

/// Returns the chain of a wallet type, or `None` for `all`, which means every chain.
pub(crate) fn chain_of(wallet_type: &WalletType) -> Option<Chain> {
    let chain = Chain::from(wallet_type.to_string().as_str());
    (*wallet_type != WalletType::All).then_some(chain)
}
