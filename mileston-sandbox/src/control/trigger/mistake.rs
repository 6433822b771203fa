//! A payment with a mistake, on the simulated chain. The payment isn't reported with save-payment, so nothing counts as
//! paid until a verification finds the payment.

use mileston_api::tokens::{self, Supported};
use mileston_api::types::{Chain, Token};
use serde::{Deserialize, Serialize};

use super::wallet;
use crate::control::shown::Payment;
use crate::control::state::Control;
use crate::money::Money;
use crate::runtime::{Identity, Refusal};
use crate::store::Deposit;

/// A mistake to make instead of paying the amount due in USDC on the chosen chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Mistake {
    /// Sends to the right address, but on the wrong EVM network.
    WrongNetwork,
    /// Sends to the business's wallet on the wrong chain.
    WrongChain,
    /// Sends the chain's native token.
    WrongToken,
    /// Sends half of the amount.
    Underpaid,
    /// Sends 1 USDC more than the amount.
    Overpaid,
    /// Sends the amount twice.
    PaidTwice,
}

/// What a payer sends on a simulated chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    /// The chain of the recipient's wallet.
    wallet: Chain,
    /// The chain on which the payment is sent.
    chain: Chain,
    token: Token,
    amounts: Vec<Money>,
}

impl Sent {
    /// Returns a payment of this amount in USDC, to a wallet on this chain.
    pub(super) fn correct(chain: Chain, amount: Money) -> Self {
        Sent { wallet: chain.clone(), chain, token: Token::Usdc, amounts: vec![amount] }
    }
}

impl Mistake {
    /// Checks that the mistake is possible on a chain.
    pub(super) fn fits(self, row: &Supported) -> Result<(), String> {
        let chain = &row.chain;
        match self {
            Mistake::WrongNetwork if !is_evm(chain) => Err(format!(
                "mistake wrong-network requires an EVM chain: an address on {chain} isn't valid on other chains; use wrong-chain"
            )),
            Mistake::WrongToken if row.native.is_none() => Err(format!(
                "mistake wrong-token requires a different chain: {chain} has only USDC"
            )),
            _ => Ok(()),
        }
    }

    /// Returns the payment for an amount due on the chosen chain.
    pub(super) fn payment(self, chosen: Chain, due: &str) -> Result<Sent, Refusal> {
        let impossible =
            || Refusal::conflict("The record's amount can't be paid with this mistake.");
        let due = due.parse().ok().map(Money::of).ok_or_else(impossible)?;
        let sent = Sent::correct(chosen, due);
        Ok(match self {
            Mistake::WrongNetwork => {
                let chain = if sent.wallet == Chain::Eth { Chain::Base } else { Chain::Eth };
                Sent { chain, ..sent }
            }
            Mistake::WrongChain => {
                let chain = if sent.wallet == Chain::Solana { Chain::Base } else { Chain::Solana };
                Sent { wallet: chain.clone(), chain, ..sent }
            }
            Mistake::WrongToken => {
                let row = tokens::TABLE.iter().find(|row| row.chain == sent.chain);
                let token = row.and_then(|row| row.native.clone()).ok_or_else(impossible)?;
                Sent { token, ..sent }
            }
            Mistake::Underpaid => Sent { amounts: vec![due.half()], ..sent },
            Mistake::Overpaid => {
                let more = due.plus(Money::whole(1)).ok_or_else(impossible)?;
                Sent { amounts: vec![more], ..sent }
            }
            Mistake::PaidTwice => Sent { amounts: vec![due, due], ..sent },
        })
    }
}

/// Returns whether addresses on this chain are also valid on other chains.
fn is_evm(chain: &Chain) -> bool {
    !matches!(chain, Chain::Sui | Chain::Solana)
}

/// Makes the payments. Like all payments, they are confirmed as the sandbox's clock advances.
pub(super) async fn send(
    control: &Control,
    caller: &Identity,
    sent: Sent,
) -> Result<Vec<Payment>, Refusal> {
    let to = wallet::address(control, caller, &sent.wallet).await?;
    let mut made = Vec::new();
    for amount in sent.amounts {
        let amount = amount.to_string().parse();
        let amount = amount.map_err(|error| Refusal::conflict(format!("{error}.")))?;
        let (chain, token, to) = (sent.chain.clone(), sent.token.clone(), to.clone());
        let deposit = Deposit { chain, token, amount, to, from: None };
        made.push(control.store.deposit(deposit).await?.into());
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mistake: Mistake, chosen: Chain, expected: (Chain, Chain, Token, &[&str])) {
        let sent = mistake.payment(chosen, "12.50").unwrap();
        let amounts: Vec<_> = sent.amounts.iter().map(ToString::to_string).collect();
        assert_eq!((sent.wallet, sent.chain, sent.token), (expected.0, expected.1, expected.2));
        assert_eq!(amounts, expected.3);
    }

    #[test]
    fn each_mistake_differs_in_one_thing_from_a_correct_payment() {
        use Chain::{Base, Eth, Pol, Solana};
        check(Mistake::WrongNetwork, Base, (Base, Eth, Token::Usdc, &["12.50"]));
        check(Mistake::WrongNetwork, Eth, (Eth, Base, Token::Usdc, &["12.50"]));
        check(Mistake::WrongChain, Base, (Solana, Solana, Token::Usdc, &["12.50"]));
        check(Mistake::WrongChain, Solana, (Base, Base, Token::Usdc, &["12.50"]));
        check(Mistake::WrongToken, Pol, (Pol, Pol, Token::Pol, &["12.50"]));
        check(Mistake::Underpaid, Base, (Base, Base, Token::Usdc, &["6.25"]));
        check(Mistake::Overpaid, Base, (Base, Base, Token::Usdc, &["13.50"]));
        check(Mistake::PaidTwice, Solana, (Solana, Solana, Token::Usdc, &["12.50", "12.50"]));
    }

    #[test]
    fn a_mistake_that_a_chain_does_not_allow_is_rejected() {
        let row = |chain| tokens::TABLE.iter().find(|row| row.chain == chain).unwrap();
        assert!(Mistake::WrongNetwork.fits(row(Chain::Sui)).is_err());
        assert!(Mistake::WrongToken.fits(row(Chain::Sui)).is_err());
        assert!(Mistake::WrongNetwork.fits(row(Chain::Arb)).is_ok());
        assert!(Mistake::WrongChain.fits(row(Chain::Sui)).is_ok());
    }
}
