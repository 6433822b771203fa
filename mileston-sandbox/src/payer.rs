//! A payer on the simulated chains, for the Rust API and the HTTP API. The payer can pay correctly, or make any
//! mistake that a chain allows.

use mileston_api::types::{Chain, Token};
use mileston_api::{TokenAmount, tokens};
use serde::Deserialize;

use crate::mistakes::Mistakes;
use crate::runtime::Refusal;
use crate::store::Deposit;

/// A payment on a simulated chain, for [`Sandbox::pay`](crate::Sandbox::pay).
///
/// The payment isn't checked against an amount due. It may be too small, too large or a duplicate, and may use the
/// wrong token or the wrong EVM network. The address must belong to a wallet in the sandbox. For a payment on an EVM
/// chain, that wallet may be on a different EVM chain, as when a payer uses the wrong network.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainPayment {
    chain: Chain,
    token: Token,
    amount: TokenAmount,
    to: String,
    from: Option<String>,
}

impl ChainPayment {
    /// Creates a payment from a made-up wallet.
    pub fn new(chain: Chain, token: Token, amount: TokenAmount, to: impl Into<String>) -> Self {
        ChainPayment { chain, token, amount, to: to.into(), from: None }
    }

    /// Sets the wallet that the payment comes from.
    #[must_use]
    pub fn sent_by(mut self, wallet: impl Into<String>) -> Self {
        self.from = Some(wallet.into());
        self
    }

    /// Returns the payment for the store, or an error that names each invalid field.
    pub(crate) fn check(self) -> Result<Deposit, Refusal> {
        let ChainPayment { chain, token, amount, to, from } = self;
        let mut mistakes = Mistakes::default();
        let row = tokens::TABLE.iter().find(|row| row.chain == chain);
        mistakes.expect(
            row.is_some(),
            "chain",
            "must be one of avax, pol, base, eth, arb, sui, solana",
        );
        // Tokens that the mode doesn't support are accepted: a payer can send any token.
        let known = row.is_none_or(|row| row.live.contains(&token));
        mistakes.expect(known, "token", "must be a token that exists on this chain");
        mistakes.expect_text("to", &to);
        if let Some(from) = &from {
            mistakes.expect_text("from", from);
        }
        mistakes.refuse()?;
        Ok(Deposit { chain, token, amount, to, from })
    }
}
