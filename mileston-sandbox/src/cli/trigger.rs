//! `trigger`: pays something in a running sandbox.

use std::fmt;

use clap::{Args, ValueEnum};
use mileston_api::TokenAmount;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::chain::chains;
use super::failure::Failure;
use super::session::with_sandbox;
use super::target::Target;
use super::webhooks::Event;
use crate::text::plain;

/// Pay something in a running sandbox, as a payer would.
///
/// A correct payment is reported with save-payment, and its webhook is sent. With --pays or --mistake, the payer only
/// pays on the simulated chain. What counts as paid is decided when the payment is verified after its confirmation.
///
/// With --json, prints {"event", "id", "made", "amount", "page", "sandbox"}; with --pays or --mistake also "payments",
/// and with --mistake also "mistake".
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = MORE)]
pub(super) struct Trigger {
    /// The webhook event to trigger
    event: Event,
    /// What to pay: the id of a payment link, invoice or recurring payment
    ///
    /// Without an ID, a new record for coffee beans is created in test mode and paid. It belongs to the business that
    /// the sandbox was started with.
    id: Option<String>,
    /// The price of the new record, if no ID is given [default: 12.50]
    #[arg(long, conflicts_with = "id")]
    amount: Option<TokenAmount>,
    /// The chain that the payer chooses
    #[arg(long, value_parser = chains(), default_value = "base")]
    chain: String,
    /// Send this amount on the chain instead of the amount due
    #[arg(long, value_name = "AMOUNT", conflicts_with = "mistake", help_heading = "Mistakes")]
    pays: Option<TokenAmount>,
    /// Make this mistake when paying on the chain
    #[arg(long, value_name = "MISTAKE", help_heading = "Mistakes")]
    mistake: Option<Mistake>,
    #[command(flatten)]
    target: Target,
}

/// A mistake that a payer makes.
#[derive(Clone, Copy, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Mistake {
    /// Send USDC to the right address, but on the wrong EVM network: eth, or base if --chain is eth
    WrongNetwork,
    /// Send USDC to the business's wallet on the wrong chain: solana, or base if --chain is solana
    WrongChain,
    /// Send the chain's native token, such as ETH
    WrongToken,
    /// Send half of the amount
    Underpaid,
    /// Send 1 USDC more than the amount
    Overpaid,
    /// Send the amount twice
    PaidTwice,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox trigger paymentlink-paid
  mileston-sandbox trigger invoice-paid INVOICE_ID
  mileston-sandbox trigger paymentlink-paid --amount 25 --chain solana
  mileston-sandbox trigger invoice-paid --mistake underpaid";

const MORE: &str = "\
Examples:
  Create a payment link and pay it:
    mileston-sandbox trigger paymentlink-paid
  Pay an existing invoice:
    mileston-sandbox trigger invoice-paid INVOICE_ID
  Pay a new payment link of 25.00 on Solana:
    mileston-sandbox trigger paymentlink-paid --amount 25.00 --chain solana
  Pay half of a new invoice, or exactly 3.00 of it:
    mileston-sandbox trigger invoice-paid --mistake underpaid
    mileston-sandbox trigger invoice-paid --pays 3.00
  Send the money to the right address on the wrong EVM network:
    mileston-sandbox trigger invoice-paid --chain pol --mistake wrong-network

Exit codes:
  0  paid
  1  not paid, for example because nothing listens at the URL, the id is
     unknown, or the invoice or recurring payment is already paid. A payment
     link can be paid any number of times.
  2  invalid command line or environment variable";

/// The body of the request.
#[derive(Serialize)]
struct Order {
    event: Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<TokenAmount>,
    chain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pays: Option<TokenAmount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<Mistake>,
}

/// Sends the request.
pub(super) fn run(arguments: Trigger) -> Result<(), Failure> {
    let Trigger { event, id, amount, chain, pays, mistake, target } = arguments;
    let order = Order { event, id, amount, chain, pays, mistake };
    with_sandbox(&target, async |sandbox| {
        sandbox.post::<Happened>("/_sandbox/trigger", &order).await
    })
}

/// The response to a trigger.
#[derive(Deserialize, Serialize)]
struct Happened {
    event: String,
    id: String,
    made: bool,
    amount: String,
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<Payment>,
}

/// A payment with `--pays` or `--mistake`. The JSON output has all the fields that the sandbox returned.
#[derive(Deserialize, Serialize)]
struct Payment {
    chain: String,
    token: String,
    amount: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Happened { event, id, amount, page, .. } = self;
        let [event, id, amount, page] = [event, id, amount, page].map(|text| plain(text));
        let made = if self.made { " (newly created)" } else { "" };
        if self.payments.is_empty() {
            return write!(f, "{event}: {amount} paid for {id}{made}\n{page}");
        }
        let mistake = plain(self.mistake.as_deref().unwrap_or("a different amount"));
        write!(f, "{event}: {mistake} for {id}{made}, which costs {amount}:")?;
        for Payment { chain, token, amount, .. } in &self.payments {
            let [chain, token, amount] = [chain, token, amount].map(|text| plain(text));
            write!(f, " {amount} {token} sent on {chain}.")?;
        }
        write!(f, "\n{page}")
    }
}
