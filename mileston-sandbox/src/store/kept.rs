//! A thing that can be paid, with what is known of its payments.

use mileston_api::types::{Chain, SavePayment};
use mileston_api::{Address, Amount};

use super::resource::Resource;
use crate::runtime::Refusal;

/// A thing and whether it is paid. This is the one place that knows; what answers say of it is made from here.
#[derive(Clone, Debug)]
pub(crate) struct Kept<R> {
    pub(crate) data: R,
    paid: bool,
    /// The payments that count for it as it is now: none of a former amount or of a former period.
    receipts: Vec<Receipt>,
}

/// Which wallets a payment went between.
#[derive(Clone, Debug)]
struct Receipt {
    chain: Chain,
    payer: Address,
    recipient: Address,
}

impl<R: Resource> Kept<R> {
    /// Something that nobody has paid.
    pub(crate) fn new(data: R) -> Self {
        Kept { data, paid: false, receipts: Vec::new() }
    }

    pub(crate) fn is_paid(&self) -> bool {
        self.paid
    }

    /// The business says itself whether it is paid. What was paid before counts no more once it says that it is not.
    pub(crate) fn mark(&mut self, paid: bool) {
        self.paid = paid;
        if !paid {
            self.receipts.clear();
        }
    }

    /// Another amount to ask for. The same number in other digits is no other amount.
    ///
    /// Whatever is settled for good keeps its amount, or a cheap payment would settle an expensive thing. A payment
    /// link is paid by one payer after the other: with another amount it waits for the first of them again.
    pub(crate) fn change_amount(&mut self, amount: Option<Amount>) -> Result<(), Refusal> {
        let Some(amount) = amount else { return Ok(()) };
        let before = self.data.amount().and_then(|text| text.parse::<Amount>().ok());
        if before != Some(amount) {
            if self.paid && R::PAID_ONCE {
                return Err(Refusal::conflict(format!(
                    "This {} is paid: its amount cannot be changed.",
                    R::NAME
                )));
            }
            self.mark(false);
        }
        self.data.set_amount(amount);
        Ok(())
    }

    /// A payment was reported.
    pub(super) fn settle(&mut self, report: &SavePayment) {
        self.paid = true;
        self.receipts.push(Receipt {
            chain: report.chain.clone(),
            payer: report.payer.clone(),
            recipient: report.recipient_wallet_address.clone(),
        });
    }

    /// Whether a payment to this recipient was reported that came from, or went to, the wallet to look at.
    pub(crate) fn was_paid_through(
        &self,
        chain: &Chain,
        wallet: &Address,
        recipient: &Address,
    ) -> bool {
        self.receipts.iter().any(|receipt| {
            receipt.chain == *chain
                && receipt.recipient == *recipient
                && (receipt.payer == *wallet || receipt.recipient == *wallet)
        })
    }
}
