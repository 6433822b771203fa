//! What the three kinds of thing that can be paid have in common.

use mileston_api::types::{Invoice, PaymentLink, RecurringPayment};
use mileston_api::{Amount, ReportedAmount};

use super::account::Account;
use super::shelf::Shelf;

/// A payment link, an invoice or a recurring payment, as the platform's own types have it.
pub(crate) trait Resource: Clone {
    /// What it is called in messages.
    const NAME: &'static str;
    /// What it is called in the address of its page.
    const PAGE: &'static str;
    /// Whether it is settled once paid. A payment link can be paid by one payer after the other.
    const PAID_ONCE: bool;

    fn id(&self) -> &str;
    fn amount(&self) -> Option<&str>;
    fn set_amount(&mut self, amount: Amount);
    fn shelf(account: &Account) -> &Shelf<Self>;
    fn shelf_mut(account: &mut Account) -> &mut Shelf<Self>;
}

impl Resource for PaymentLink {
    const NAME: &'static str = "payment link";
    const PAGE: &'static str = "payment-link";
    const PAID_ONCE: bool = false;

    fn id(&self) -> &str {
        self.payment_link_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }

    fn shelf(account: &Account) -> &Shelf<Self> {
        &account.payment_links
    }

    fn shelf_mut(account: &mut Account) -> &mut Shelf<Self> {
        &mut account.payment_links
    }
}

impl Resource for Invoice {
    const NAME: &'static str = "invoice";
    const PAGE: &'static str = "invoice";
    const PAID_ONCE: bool = true;

    fn id(&self) -> &str {
        self.invoice_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }

    fn shelf(account: &Account) -> &Shelf<Self> {
        &account.invoices
    }

    fn shelf_mut(account: &mut Account) -> &mut Shelf<Self> {
        &mut account.invoices
    }
}

impl Resource for RecurringPayment {
    const NAME: &'static str = "recurring payment";
    const PAGE: &'static str = "recurring-payment";
    const PAID_ONCE: bool = true;

    fn id(&self) -> &str {
        self.recurring_payment_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }

    fn shelf(account: &Account) -> &Shelf<Self> {
        &account.recurring_payments
    }

    fn shelf_mut(account: &mut Account) -> &mut Shelf<Self> {
        &mut account.recurring_payments
    }
}
