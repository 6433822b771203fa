//! The display names of chains. Each chain has the same name on every page.

use mileston_api::types::Chain;

/// Returns the name of a chain.
pub(super) fn chain(chain: &Chain) -> &str {
    match chain {
        Chain::Eth => "Ethereum",
        Chain::Pol => "Polygon",
        Chain::Avax => "Avalanche",
        Chain::Arb => "Arbitrum",
        Chain::Base => "Base",
        Chain::Solana => "Solana",
        Chain::Sui => "Sui",
        other => other.as_str(),
    }
}
