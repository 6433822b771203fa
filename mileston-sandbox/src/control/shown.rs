//! The simulated chains as JSON.

use mileston_api::Timestamp;
use serde::Serialize;

use crate::chain::Pace;
use crate::money::Money;
use crate::store::{CHAINS, Chained, InFlight};

/// The speed of each chain, and the money in transit to wallets.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Chains {
    chains: Vec<Speed>,
    in_flight: Vec<Flight>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Speed {
    chain: String,
    block_milliseconds: u32,
    confirmations: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Flight {
    business_id: String,
    mode: String,
    chain: String,
    to: String,
    amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrives_at: Option<Timestamp>,
}

/// Payments, newest first.
#[derive(Serialize)]
pub(super) struct Payments {
    payments: Vec<Payment>,
}

/// A payment on a chain.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment {
    transaction: String,
    business_id: String,
    mode: String,
    chain: String,
    token: String,
    amount: String,
    from: String,
    to: String,
    sent_at: Timestamp,
    confirmations: i64,
    confirmed: bool,
    /// If the payer used the wrong network, the network of the wallet whose address is in `to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pays: Option<Pays>,
}

/// What a payment paid for, how much of the payment was used, and how much was overpaid.
#[derive(Serialize)]
struct Pays {
    kind: String,
    id: String,
    amount: String,
    surplus: String,
}

impl Chains {
    pub(super) fn of(in_flight: Vec<InFlight>) -> Self {
        let speed = |chain: &mileston_api::types::Chain| {
            let Pace { block, blocks } = Pace::of(chain);
            Speed { chain: chain.to_string(), block_milliseconds: block, confirmations: blocks }
        };
        let chains = CHAINS.iter().map(speed).collect();
        Chains { chains, in_flight: in_flight.into_iter().map(Flight::of).collect() }
    }
}

impl Flight {
    fn of(money: InFlight) -> Self {
        let InFlight { business, mode, chain, to, amount, arrives } = money;
        Flight { business_id: business, mode, chain, to, amount, arrives_at: arrives }
    }
}

impl Payments {
    pub(super) fn of(payments: Vec<Chained>) -> Self {
        Payments { payments: payments.into_iter().map(Payment::from).collect() }
    }
}

impl From<Chained> for Payment {
    fn from(payment: Chained) -> Self {
        let pays = |(kind, id, used): (String, String, Money)| {
            let surplus = payment.amount.minus(used).unwrap_or_default().to_string();
            Pays { kind, id, amount: used.to_string(), surplus }
        };
        Payment {
            transaction: payment.hash,
            business_id: payment.business,
            mode: payment.mode,
            confirmed: payment.confirmations >= Pace::of(&payment.chain).blocks.into(),
            chain: payment.chain.to_string(),
            token: payment.token,
            amount: payment.amount.to_string(),
            from: payment.from,
            to: payment.to,
            sent_at: payment.sent,
            confirmations: payment.confirmations,
            wallet_on: payment.wallet_on,
            pays: payment.pays.map(pays),
        }
    }
}
