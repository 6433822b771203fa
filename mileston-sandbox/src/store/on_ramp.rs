//! Payments by card: a page each, and whether it is done.

use mileston_api::types::{Chain, CheckOnRampPayment, EvmChain};
use mileston_api::{Address, Amount};

use crate::runtime::Refusal;

/// What a page to pay by card was asked for.
#[derive(Clone, Debug)]
pub(crate) struct OnRamp {
    pub(crate) amount: Amount,
    pub(crate) recipient: Address,
    pub(crate) evm_chain: EvmChain,
    pub(crate) chain: Chain,
    /// How often it was asked whether it is done.
    pub(super) asked: u64,
}

impl OnRamp {
    /// A page that nobody has asked about.
    pub(crate) fn new(amount: Amount, recipient: Address, chains: (EvmChain, Chain)) -> Self {
        let (evm_chain, chain) = chains;
        OnRamp { amount, recipient, evm_chain, chain, asked: 0 }
    }

    /// Whether it is paid. As with transfers, it takes being asked.
    pub(crate) fn is_done(&self) -> bool {
        self.asked > 1
    }

    /// Refuses a question that does not repeat what the page was asked for.
    pub(super) fn check(&self, question: &CheckOnRampPayment) -> Result<(), Refusal> {
        let same = question.amount == self.amount
            && question.chain == self.evm_chain
            && question.recipient_wallet_address == self.recipient;
        if same {
            return Ok(());
        }
        Err(Refusal::invalid([
            "amount, chain and recipientWalletAddress must be those that the page was asked for"
                .to_owned(),
        ]))
    }
}
