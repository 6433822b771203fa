//! A payment with a mistake, on the simulated chain. Nothing reports it, so verifying decides what it paid.

use mileston_api::types::{Chain, EvmChain, Token};
use serde::{Deserialize, Serialize};

use crate::control::shown::Payment;
use crate::control::state::Control;
use crate::generated::server::Platform;
use crate::money::Money;
use crate::runtime::{Caller, Refusal};
use crate::store::Deposit;

/// A mistake to make instead of paying the amount due in USDC on Base.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mistake {
    /// To the right address, but on Ethereum.
    WrongNetwork,
    /// In ETH.
    WrongToken,
    /// Half of the amount.
    Underpaid,
    /// One more than the amount.
    Overpaid,
    /// The amount, twice.
    PaidTwice,
}

impl Mistake {
    /// Returns the chain, token and amounts of the payments.
    fn payments(self, due: Money) -> Option<(Chain, Token, Vec<Money>)> {
        Some(match self {
            Mistake::WrongNetwork => (Chain::Eth, Token::Usdc, vec![due]),
            Mistake::WrongToken => (Chain::Base, Token::Eth, vec![due]),
            Mistake::Underpaid => (Chain::Base, Token::Usdc, vec![due.half()]),
            Mistake::Overpaid => (Chain::Base, Token::Usdc, vec![due.plus(Money::whole(1))?]),
            Mistake::PaidTwice => (Chain::Base, Token::Usdc, vec![due, due]),
        })
    }
}

/// Makes the payments. The sandbox's clock confirms them, like all others.
pub(super) async fn play(
    control: &Control,
    caller: Caller,
    mistake: Mistake,
    amount: &str,
) -> Result<Vec<Payment>, Refusal> {
    let due = amount.parse().ok().map(Money::of);
    let payments = due.and_then(|due| mistake.payments(due));
    let (chain, token, amounts) =
        payments.ok_or_else(|| Refusal::conflict("Its amount can't be paid with this mistake."))?;
    let wallet =
        control.platform.get_evm_payment_wallet(caller, Some(EvmChain::Base), None, None).await?;
    let to = wallet.into_body().public_key.unwrap_or_default();
    let mut made = Vec::new();
    for amount in amounts {
        let amount = amount.to_string().parse();
        let amount = amount.map_err(|error| Refusal::conflict(format!("{error}.")))?;
        let (chain, token, to) = (chain.clone(), token.clone(), to.clone());
        let deposit = Deposit { chain, token, amount, to, from: None };
        made.push(control.store.deposit(deposit).await?.into());
    }
    Ok(made)
}
