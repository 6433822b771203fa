//! The emulated platform: for each OpenAPI tag, a type that implements the tag's operations.

mod boundary;
mod checkout;
mod invoices;
mod lists;
mod on_ramp;
mod payment_links;
mod payment_wallets;
mod payments;
mod recurring_payments;
mod status;
mod streaming;
mod subwallet_list;
mod subwallets;
mod success;
mod transfers;
mod wallets;

use std::sync::Arc;

use crate::generated::server;
use crate::links::Links;
use crate::webhooks::Courier;

use self::checkout::Checkout;
use self::invoices::Invoices;
use self::payment_links::PaymentLinks;
use self::recurring_payments::RecurringPayments;
use self::status::Status;
use self::wallets::Wallets;

/// The operations of one sandbox.
pub(crate) type Services =
    server::Services<PaymentLinks, Invoices, RecurringPayments, Wallets, Checkout, Status>;

/// Returns the operations. They use the courier's store, and announce payments through the courier.
pub(crate) fn services(courier: &Arc<Courier>, links: &Links) -> Services {
    let store = || Arc::clone(courier.store());
    let (courier, links) = (|| Arc::clone(courier), || links.clone());
    server::Services {
        payment_links: PaymentLinks { store: store(), links: links() },
        invoices: Invoices { store: store(), links: links() },
        recurring_payments: RecurringPayments { store: store() },
        wallets: Wallets { store: store() },
        checkout: Checkout { store: store(), courier: courier(), links: links() },
        status: Status { started: store().now().ok(), store: store() },
    }
}
