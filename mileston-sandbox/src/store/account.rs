//! The data of one business in one mode.

use mileston_api::TokenAmount;
use mileston_api::types::{Invoice, PaymentLink, RecurringPayment, SavePayment};

use super::kept::Kept;
use super::ledger::{Ledger, Payment, Saved};
use super::on_ramp::OnRamp;
use super::resource::Resource;
use super::shelf::Shelf;
use super::wallets::Wallets;
use crate::runtime::Refusal;

/// The data of one business in one mode.
#[derive(Debug, Default)]
pub(crate) struct Account {
    pub(super) payment_links: Shelf<PaymentLink>,
    pub(super) invoices: Shelf<Invoice>,
    pub(super) recurring_payments: Shelf<RecurringPayment>,
    ledger: Ledger,
    wallets: Option<Wallets>,
}

impl Account {
    /// Keeps something new.
    pub(crate) fn add<R: Resource>(&mut self, kept: Kept<R>) {
        R::shelf_mut(self).add(kept);
    }

    /// Finds something by its id, or refuses with 404.
    pub(crate) fn find<R: Resource>(&self, id: &str) -> Result<&Kept<R>, Refusal> {
        R::shelf(self).find(id).ok_or_else(unknown::<R>)
    }

    /// Finds something to change, or refuses with 404.
    pub(crate) fn find_mut<R: Resource>(&mut self, id: &str) -> Result<&mut Kept<R>, Refusal> {
        R::shelf_mut(self).find_mut(id).ok_or_else(unknown::<R>)
    }

    /// Forgets something, or refuses with 404.
    pub(crate) fn remove<R: Resource>(&mut self, id: &str) -> Result<(), Refusal> {
        R::shelf_mut(self).remove(id).map(drop).ok_or_else(unknown::<R>)
    }

    /// The newest first, so many at most.
    pub(crate) fn newest<'a, R: Resource + 'a>(
        &'a self,
        limit: Option<u32>,
    ) -> impl Iterator<Item = &'a Kept<R>> {
        let limit = limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        R::shelf(self).newest().take(limit)
    }

    /// The wallets, opened when they are first asked for.
    pub(crate) fn wallets(&mut self) -> Result<&mut Wallets, Refusal> {
        match &mut self.wallets {
            Some(wallets) => Ok(wallets),
            slot @ None => Ok(slot.insert(Wallets::open()?)),
        }
    }

    /// A page to pay by card, if there is one with this id.
    pub(super) fn on_ramp(&self, id: &str) -> Option<&OnRamp> {
        self.wallets.as_ref()?.on_ramp(id)
    }

    /// Records a payment and marks what it pays as paid.
    ///
    /// A report that is repeated word for word changes nothing and is no mistake: whoever got no answer to the first
    /// one may send it again.
    pub(crate) fn save<R: Resource>(&mut self, report: &SavePayment) -> Result<Saved, Refusal> {
        let id = report.payment_link_id.as_str();
        let kept = self.find::<R>(id)?;
        let payment = Payment { kind: R::NAME, report: report.clone() };
        if self.ledger.check(&payment)? == Saved::Before {
            return Ok(Saved::Before);
        }
        check_amount(&kept.data, report.amount)?;
        if kept.is_paid() && R::PAID_ONCE {
            return Err(Refusal::conflict(format!("This {} is paid already.", R::NAME)));
        }
        self.find_mut::<R>(id)?.settle(report);
        self.ledger.record(payment);
        Ok(Saved::Now)
    }
}

/// Refuses an amount that is not the one that is asked for.
pub(crate) fn check_amount<R: Resource>(data: &R, amount: TokenAmount) -> Result<(), Refusal> {
    let due = data.amount().unwrap_or_default();
    if due.parse() == Ok(amount) {
        return Ok(());
    }
    Err(Refusal::invalid([format!("amount must be {due}, which the {} asks for", R::NAME)]))
}

fn unknown<R: Resource>() -> Refusal {
    Refusal::not_found(format!(
        "This business has no {} with this id in the mode of the key.",
        R::NAME
    ))
}
