//! The three kinds of records that have a checkout page.

use mileston_api::catalogue::{GET_INVOICE, GET_PAYMENT_LINK, GET_RECURRING_PAYMENT};
use mileston_api::types::{Invoice, PaymentLink, RecurringPayment};

use crate::store::Resource;

/// The kind of record to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A payment link.
    PaymentLink,
    /// An invoice.
    Invoice,
    /// A recurring payment.
    Recurring,
}

impl Kind {
    /// Returns the kind whose checkout page shares this operation's path.
    pub(super) fn of_route(path: &str) -> Option<Self> {
        let kinds = [
            (GET_PAYMENT_LINK.path, Kind::PaymentLink),
            (GET_INVOICE.path, Kind::Invoice),
            (GET_RECURRING_PAYMENT.path, Kind::Recurring),
        ];
        kinds.into_iter().find(|(route, _)| *route == path).map(|(_, kind)| kind)
    }

    /// Returns the human-readable name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::PaymentLink => "payment link",
            Kind::Invoice => "invoice",
            Kind::Recurring => "recurring payment",
        }
    }

    /// Returns the word for this kind in the page's path and in the store.
    pub(super) fn page(self) -> &'static str {
        match self {
            Kind::PaymentLink => PaymentLink::PAGE,
            Kind::Invoice => Invoice::PAGE,
            Kind::Recurring => RecurringPayment::PAGE,
        }
    }

    /// Returns the word in the paths of checkout operations: `{word}.get`, `{word}.save`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::PaymentLink => "paymentlink",
            Kind::Invoice => "invoice",
            Kind::Recurring => "recurring",
        }
    }

    /// Returns the message for an unknown id.
    pub(super) fn unknown(self) -> String {
        format!(
            "This sandbox has no {} with this id. It may have been deleted, or created before the sandbox was restarted. \
             Ask the sender of the link for a new one.",
            self.name()
        )
    }
}
