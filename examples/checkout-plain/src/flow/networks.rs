//! The networks and tokens that the page offers.

use mileston_api::types::{Chain, Token};
use mileston_api::{ModeName, tokens};

/// Returns the name by which payers know a chain.
#[must_use]
pub fn name(chain: &Chain) -> &str {
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

/// Returns the tokens that the page offers on a chain: only those that are worth one US dollar.
///
/// With a live key, the platform also accepts a chain's native token, such as ETH. The page doesn't offer it, because
/// prices are in US dollars and the platform has no operation that converts them.
pub fn offered(chain: &Chain, mode: ModeName) -> impl Iterator<Item = &'static Token> {
    let row = tokens::TABLE.iter().find(|row| row.chain == *chain);
    row.into_iter().flat_map(move |row| {
        let tokens = match mode {
            ModeName::Live => row.live,
            ModeName::Test => row.test,
        };
        tokens.iter().filter(|token| row.native.as_ref() != Some(*token))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(chain: &Chain, mode: ModeName) -> Vec<&'static str> {
        offered(chain, mode).map(Token::as_str).collect()
    }

    #[test]
    fn test_networks_only_have_usdc() {
        for row in &tokens::TABLE {
            assert_eq!(symbols(&row.chain, ModeName::Test), ["USDC"], "{}", row.chain);
        }
    }

    #[test]
    fn live_networks_offer_tokens_worth_a_dollar() {
        assert_eq!(symbols(&Chain::Eth, ModeName::Live), ["USDC", "USDT"]);
        assert_eq!(symbols(&Chain::Solana, ModeName::Live), ["USDC", "USDT"]);
        assert_eq!(symbols(&Chain::Base, ModeName::Live), ["USDC"]);
        assert_eq!(symbols(&Chain::Sui, ModeName::Live), ["USDC"]);
        assert_eq!(symbols(&Chain::from("new"), ModeName::Live), [""; 0]);
    }

    #[test]
    fn every_chain_has_a_name() {
        for row in &tokens::TABLE {
            assert_ne!(name(&row.chain), row.chain.as_str());
        }
        assert_eq!(name(&Chain::from("new")), "new");
    }
}
