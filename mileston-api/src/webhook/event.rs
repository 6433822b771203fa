//! Represents the content of a delivery: the event, and the payload as it was sent.

use serde_json::Value;

use crate::types;
use crate::types::WebhookEvent;
use crate::{PaymentId, Unexpected};

/// What happened, and to which payment. The variants are named after the platform's events.
///
/// The vendor documents only the payload of `paymentlink-paid`. This crate assumes that the other two events have the
/// same payload. Because this may be wrong, every field is optional, and [`Delivery::raw`] contains the payload as it
/// was sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `paymentlink-paid`: a payment link was paid.
    PaymentLinkPaid(types::WebhookPayment),
    /// `invoice-paid`: an invoice was paid.
    InvoicePaid(types::WebhookPayment),
    /// `recurring-paid`: a recurring payment was paid.
    RecurringPaid(types::WebhookPayment),
    /// An event that this version doesn't recognise. Respond with [`RECEIVED`](crate::webhook::RECEIVED). Otherwise the
    /// platform sends the delivery again.
    Unknown {
        /// The name of the event.
        event: String,
        /// The payload of the event, which may be any JSON.
        payload: Value,
    },
}

impl Event {
    /// Returns the platform's name for the event.
    pub fn name(&self) -> &str {
        match self {
            Event::PaymentLinkPaid(_) => "paymentlink-paid",
            Event::InvoicePaid(_) => "invoice-paid",
            Event::RecurringPaid(_) => "recurring-paid",
            Event::Unknown { event, .. } => event,
        }
    }

    /// Returns the payment, or `None` for an event that this version doesn't recognise.
    pub fn payment(&self) -> Option<&types::WebhookPayment> {
        match self {
            Event::PaymentLinkPaid(payment)
            | Event::InvoicePaid(payment)
            | Event::RecurringPaid(payment) => Some(payment),
            Event::Unknown { .. } => None,
        }
    }

    /// Returns the name that the API's types use for the id of the paid record.
    pub(crate) fn own_id_name(&self) -> Option<&'static str> {
        match self {
            Event::PaymentLinkPaid(_) => Some("paymentLinkId"),
            Event::InvoicePaid(_) => Some("invoiceId"),
            Event::RecurringPaid(_) => Some("recurringPaymentId"),
            Event::Unknown { .. } => None,
        }
    }

    /// Returns the function that creates the event from its payment, or `None` for an event that this version doesn't
    /// recognise.
    pub(crate) fn maker(name: &str) -> Option<fn(types::WebhookPayment) -> Event> {
        match WebhookEvent::from(name) {
            WebhookEvent::PaymentlinkPaid => Some(Event::PaymentLinkPaid),
            WebhookEvent::InvoicePaid => Some(Event::InvoicePaid),
            WebhookEvent::RecurringPaid => Some(Event::RecurringPaid),
            WebhookEvent::Unknown(_) => None,
        }
    }
}

/// A delivery whose sender knows the token.
///
/// This doesn't prove that the delivery's content is true: see the [module](crate::webhook).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// What happened.
    pub event: Event,
    /// The payload, including fields that this version doesn't recognise.
    ///
    /// The value doesn't depend on the features of `serde_json`: a number that isn't a 64-bit integer becomes the
    /// nearest `f64`, and a number that is too large for an `f64` becomes text. [`raw_json`](Delivery::raw_json)
    /// contains every digit.
    pub raw: Value,
    /// The JSON of the payload, as it was sent.
    pub(crate) written: String,
    pub(crate) unexpected: Vec<Unexpected>,
    pub(crate) paid_id: Option<String>,
    pub(crate) key: String,
}

impl Delivery {
    /// Returns the JSON of the payload, exactly as it was sent.
    pub fn raw_json(&self) -> &str {
        &self.written
    }

    /// Returns the fields of the payload that don't have the documented type, such as a date that is a number. They
    /// don't cause an error. A value that can't be converted is `None` in [`event`](Delivery::event).
    ///
    /// See [`Unexpected`] for an example.
    pub fn unexpected(&self) -> &[Unexpected] {
        &self.unexpected
    }

    /// Returns the id of the record that was paid. Use it to find the order.
    ///
    /// This is the `paymentLinkId` field, which the vendor documents only for `paymentlink-paid`. For the other two
    /// events, `invoiceId` or `recurringPaymentId` is used instead if the payload contains it.
    ///
    /// ```
    /// use mileston_api::webhook::Verifier;
    ///
    /// let verifier = Verifier::new("fake-webhook-token".parse()?);
    /// let body = br#"{"event":"invoice-paid","payload":{"invoiceId":"id-1"}}"#;
    /// let delivery = verifier.verify_parts(Some(b"fake-webhook-token"), body)?;
    /// assert_eq!(delivery.paid_id(), Some("id-1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn paid_id(&self) -> Option<&str> {
        let shared = || self.event.payment()?.payment_link_id.as_ref().map(PaymentId::as_str);
        let shared = || shared().filter(|id| !id.trim().is_empty());
        self.paid_id.as_deref().or_else(shared)
    }

    /// Returns a key of 64 hexadecimal digits. Deliveries with the same content have the same key, so store it and
    /// compare it with the keys of later deliveries.
    ///
    /// Deliveries from Mileston have no id, so this is the SHA-256 digest of the event's name and the payload.
    /// Whitespace and the order of fields make no difference. Numbers are compared by value, at full precision:
    /// `1`, `1.0` and `1e0` are the same, and so are `0` and `-0`. No feature of `serde_json` changes the key.
    ///
    /// * The same key means that the same delivery was sent again, or that someone who has seen it sent a copy. Do
    ///   nothing, and respond with [`RECEIVED`](crate::webhook::RECEIVED).
    /// * A different key means that some value differs. This does **not** mean that there is another payment, because a
    ///   delivery that is sent again may differ in a detail. For an action that must happen only once for each payment,
    ///   also compare [`paid_id`](Delivery::paid_id) and `transactionSignature` with those of earlier deliveries.
    pub fn dedupe_key(&self) -> String {
        self.key.clone()
    }
}
