//! The writes of a trial. Every ten writes consist of three payment links, three invoices, three recurring payments and
//! one payment from a wallet.

use mileston_api::types::{
    Chain, CreateInvoice, CreatePaymentLink, CreateRecurringPayment,
    CreateRecurringPaymentRequired, SendPayment, WalletType,
};
use mileston_fleet::{NewInvoice, NewPaymentLink, NewRecurringPayment, WalletPayment};

use crate::platform::Platform;

pub(crate) const KINDS: [&str; 4] =
    ["payment-link", "invoice", "recurring-payment", "wallet-payment"];

/// The chain and the wallet type of the payments from a wallet.
pub(crate) const CHAIN: (Chain, WalletType) = (Chain::Eth, WalletType::Eth);

/// One in this many writes is a payment from a wallet.
pub(crate) const PER_WALLET: usize = 10;

pub(crate) enum AnyWrite {
    Link(NewPaymentLink),
    Invoice(NewInvoice),
    Recurring(NewRecurringPayment),
    Wallet(WalletPayment),
}

/// Returns the index of a write's kind in [`KINDS`].
pub(crate) fn kind(number: usize) -> usize {
    number % PER_WALLET / 3
}

/// Returns the name by which a write is found in the platform's lists.
pub(crate) fn name(number: usize) -> String {
    format!("Order {number}")
}

/// Returns a write. Each payment from a wallet goes to a different sub wallet.
pub(crate) fn write(number: usize, platform: &Platform) -> AnyWrite {
    let due = "2031-01-31T00:00:00.000Z";
    let business_name = "A shop".to_owned();
    match kind(number) {
        0 => {
            let link = CreatePaymentLink::new("12.50").unwrap().title(name(number));
            AnyWrite::Link(NewPaymentLink(link))
        }
        1 => {
            let body = CreateInvoice::new("12.50", name(number), "ada@shop.example", due).unwrap();
            AnyWrite::Invoice(NewInvoice { business_name, body })
        }
        2 => {
            let body = CreateRecurringPayment::new(CreateRecurringPaymentRequired {
                amount: "12.50".parse().unwrap(),
                subscription_name: name(number),
                subscriber_full_name: "Ada Lovelace".to_owned(),
                subscriber_email: "ada@shop.example".parse().unwrap(),
                recurring_date: due.parse().unwrap(),
                recurring_interval: 30,
            });
            AnyWrite::Recurring(NewRecurringPayment { business_name, body })
        }
        _ => {
            let to = platform.wallets[number / PER_WALLET].1.as_str();
            AnyWrite::Wallet(WalletPayment(SendPayment::new("1.00", to, CHAIN.1).unwrap()))
        }
    }
}
