//! What a delivery tells: the event, and the payload as it came.

use serde_json::Value;

use crate::types;
use crate::types::WebhookEvent;
use crate::{PaymentId, Unexpected};

/// What happened, and what with.
///
/// The vendor shows the payload of `paymentlink-paid` alone. That the other two events have the same one is a guess
/// of this project, so every field is optional, and [`Delivery::raw`] has what came.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `paymentlink-paid`: a payment link was paid.
    PaymentLinkPaid(types::WebhookPayment),
    /// `invoice-paid`: an invoice was paid.
    InvoicePaid(types::WebhookPayment),
    /// `recurring-paid`: a recurring payment was paid.
    RecurringPaid(types::WebhookPayment),
    /// An event that this version doesn't know, as it came. Answer it like the others, or it is sent again.
    Unknown {
        /// Its name.
        event: String,
        /// What came with it; any JSON at all.
        payload: Value,
    },
}

impl Event {
    /// Its name on the wire.
    pub fn name(&self) -> &str {
        match self {
            Event::PaymentLinkPaid(_) => "paymentlink-paid",
            Event::InvoicePaid(_) => "invoice-paid",
            Event::RecurringPaid(_) => "recurring-paid",
            Event::Unknown { event, .. } => event,
        }
    }

    /// The payment that it tells of. `None` for an event that this version doesn't know.
    pub fn payment(&self) -> Option<&types::WebhookPayment> {
        match self {
            Event::PaymentLinkPaid(payment)
            | Event::InvoicePaid(payment)
            | Event::RecurringPaid(payment) => Some(payment),
            Event::Unknown { .. } => None,
        }
    }

    /// The field that has the id of what was paid in the API's own types.
    pub(crate) fn own_id_name(&self) -> Option<&'static str> {
        match self {
            Event::PaymentLinkPaid(_) => Some("paymentLinkId"),
            Event::InvoicePaid(_) => Some("invoiceId"),
            Event::RecurringPaid(_) => Some("recurringPaymentId"),
            Event::Unknown { .. } => None,
        }
    }

    /// How the payment that comes with this event is told. `None`: the event is not known.
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
/// That does not make its content true: see the [module](crate::webhook).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// What happened.
    pub event: Event,
    /// The payload, with the fields that this version doesn't know.
    ///
    /// It is the same with every feature of `serde_json`: a number that isn't an integer of 64 bits is the nearest
    /// `f64`, and one that is too large for that is its text. [`raw_json`](Delivery::raw_json) has every digit.
    pub raw: Value,
    /// The payload as written.
    pub(crate) written: String,
    pub(crate) unexpected: Vec<Unexpected>,
    pub(crate) paid_id: Option<String>,
    pub(crate) key: String,
}

impl Delivery {
    /// The payload exactly as it came, as JSON.
    pub fn raw_json(&self) -> &str {
        &self.written
    }

    /// The fields of the payload that aren't of the documented form, such as a date that is a number. They don't make
    /// the delivery an error: what cannot be converted is `None` in [`event`](Delivery::event).
    ///
    /// See [`Unexpected`] for an example.
    pub fn unexpected(&self) -> &[Unexpected] {
        &self.unexpected
    }

    /// Id of what was paid, to look up the order that waits for it.
    ///
    /// It is `paymentLinkId` for all three events, if the others follow the one that is documented. For them
    /// `invoiceId` and `recurringPaymentId` go first if they are there, the names that these ids have elsewhere.
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

    /// The same text for the same content: 64 hexadecimal digits, to be stored and compared.
    ///
    /// Mileston gives a delivery no id, so this is SHA-256 of the event's name and of the payload, written in one way
    /// whatever the order of the fields and the white space were. Numbers count by their value, with every digit: `1`,
    /// `1.0` and `1e0` are the same, and so are `0` and `-0`. No feature of `serde_json` changes the key.
    ///
    /// * The same key: the same delivery sent again, or a copy of it sent by somebody who has seen it. Do nothing,
    ///   answer [`RECEIVED`](crate::webhook::RECEIVED).
    /// * Another key: any value differs. It does **not** say that there is another payment: whether a delivery that
    ///   is sent again is the same to the letter is not known. What must happen once for a payment should hang on
    ///   [`paid_id`](Delivery::paid_id) and `transactionSignature` as well.
    pub fn dedupe_key(&self) -> String {
        self.key.clone()
    }
}
