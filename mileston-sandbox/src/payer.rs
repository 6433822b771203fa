//! A payer on the simulated chains, as Rust and programs see it: right, or wrong in each way that a chain allows.

use mileston_api::types::{Chain, Token};
use mileston_api::{TokenAmount, tokens};
use serde::Deserialize;

use crate::mistakes::Mistakes;
use crate::runtime::Refusal;
use crate::store::Deposit;

/// A payment that somebody makes on a simulated chain: [`Sandbox::pay`](crate::Sandbox::pay).
///
/// Nothing is checked against what is due, since a chain doesn't know it: too little, too much, twice, in another token or
/// on another EVM network are payments too. The address must be one that the sandbox has given out. On an EVM chain it
/// may be that of a wallet on another EVM chain, which is what a payer on the wrong network pays to.
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
    /// A payment from a wallet that is made up.
    pub fn new(chain: Chain, token: Token, amount: TokenAmount, to: impl Into<String>) -> Self {
        ChainPayment { chain, token, amount, to: to.into(), from: None }
    }

    /// The wallet that it comes from.
    #[must_use]
    pub fn sent_by(mut self, wallet: impl Into<String>) -> Self {
        self.from = Some(wallet.into());
        self
    }

    /// What goes to the store, or each field that can't be.
    pub(crate) fn check(self) -> Result<Deposit, Refusal> {
        let ChainPayment { chain, token, amount, to, from } = self;
        let mut mistakes = Mistakes::default();
        let row = tokens::TABLE.iter().find(|row| row.chain == chain);
        mistakes.expect(
            row.is_some(),
            "chain",
            "must be one of avax, pol, base, eth, arb, sui, solana",
        );
        // Also where the mode has no such token: a payer can send whatever there is.
        let known = row.is_none_or(|row| row.live.contains(&token));
        mistakes.expect(known, "token", "must be one that this chain has");
        mistakes.expect_text("to", &to);
        if let Some(from) = &from {
            mistakes.expect_text("from", from);
        }
        mistakes.refuse()?;
        Ok(Deposit { chain, token, amount, to, from })
    }
}
