//! The common interface of payment links, invoices and recurring payments.

use mileston_api::types::{Invoice, PaymentLink, RecurringPayment, WebhookEvent};
use mileston_api::{Amount, ReportedAmount};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::schedule::Schedule;

/// Something that can be paid: a payment link, invoice or recurring payment. The API's own types implement this trait.
pub(crate) trait Resource: Clone + Serialize + DeserializeOwned + Send + 'static {
    /// The name in messages.
    const NAME: &'static str;
    /// The name in the path of the checkout page, and in the store.
    const PAGE: &'static str;
    /// Whether one payment settles the resource. This is `false` for a payment link, which several payers can pay.
    const PAID_ONCE: bool;
    /// The webhook event that reports that the resource was paid.
    const EVENT: WebhookEvent;

    fn id(&self) -> &str;
    fn amount(&self) -> Option<&str>;
    fn set_amount(&mut self, amount: Amount);

    /// Returns the due dates, if the resource falls due again after it is paid.
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
