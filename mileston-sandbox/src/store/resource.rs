//! What the three kinds of thing that can be paid have in common.

use mileston_api::types::{Invoice, PaymentLink, RecurringPayment, WebhookEvent};
use mileston_api::{Amount, ReportedAmount};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schedule::Schedule;

/// A payment link, an invoice or a recurring payment, as the platform's own types have it.
pub(crate) trait Resource: Clone + Serialize + DeserializeOwned + Send + 'static {
    /// What it is called in messages.
    const NAME: &'static str;
    /// What it is called in the address of its page, and in the store.
    const PAGE: &'static str;
    /// Whether it is settled once paid. A payment link can be paid by one payer after the other.
    const PAID_ONCE: bool;
    /// What webhooks are told when it is paid.
    const EVENT: WebhookEvent;

    fn id(&self) -> &str;
    fn amount(&self) -> Option<&str>;
    fn set_amount(&mut self, amount: Amount);

    /// When it falls due again once it is paid, if it ever does.
    fn schedule(&self) -> Option<Schedule> {
        None
    }
}

impl Resource for PaymentLink {
    const NAME: &'static str = "payment link";
    const PAGE: &'static str = "payment-link";
    const PAID_ONCE: bool = false;
    const EVENT: WebhookEvent = WebhookEvent::PaymentlinkPaid;

    fn id(&self) -> &str {
        self.payment_link_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }
}

impl Resource for Invoice {
    const NAME: &'static str = "invoice";
    const PAGE: &'static str = "invoice";
    const PAID_ONCE: bool = true;
    const EVENT: WebhookEvent = WebhookEvent::InvoicePaid;

    fn id(&self) -> &str {
        self.invoice_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }
}

impl Resource for RecurringPayment {
    const NAME: &'static str = "recurring payment";
    const PAGE: &'static str = "recurring-payment";
    const PAID_ONCE: bool = true;
    const EVENT: WebhookEvent = WebhookEvent::RecurringPaid;

    fn id(&self) -> &str {
        self.recurring_payment_id.as_str()
    }

    fn amount(&self) -> Option<&str> {
        self.amount.as_ref().map(ReportedAmount::as_str)
    }

    fn schedule(&self) -> Option<Schedule> {
        Schedule::new(self.recurring_date?, self.recurring_interval?)
    }

    fn set_amount(&mut self, amount: Amount) {
        self.amount = Some(amount.into());
    }
}
