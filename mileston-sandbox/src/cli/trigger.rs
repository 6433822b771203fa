//! `trigger`: pays something in a running sandbox.

use std::fmt;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::failure::Failure;
use super::output::tell;
use super::target::Target;
use crate::text::plain;

/// Pay something in a running sandbox, as a payer would.
///
/// With --json, prints {"event", "id", "made", "amount", "page", "sandbox"}; with --mistake also "mistake" and
/// "payments".
#[derive(Args)]
#[command(after_help = EXAMPLES, after_long_help = MORE)]
pub(super) struct Trigger {
    /// The webhook event to cause
    event: Event,
    /// What to pay: the id of a payment link, invoice or recurring payment
    ///
    /// Without it, a new one is created and paid: 12.50 for coffee beans in test mode, for the business that the
    /// sandbox started with.
    id: Option<String>,
    /// Pay with this mistake
    ///
    /// The payer makes it on the simulated chain, instead of paying USDC on Base, and doesn't report it with
    /// save-payment.
    #[arg(long, value_name = "MISTAKE")]
    mistake: Option<Mistake>,
    #[command(flatten)]
    target: Target,
}

/// The events, with the platform's names.
#[derive(Clone, Copy, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Event {
    /// Pay a payment link
    PaymentlinkPaid,
    /// Pay an invoice
    InvoicePaid,
    /// Pay a recurring payment
    RecurringPaid,
}

#[derive(Clone, Copy, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Mistake {
    /// Send USDC to the right address, but on Ethereum
    WrongNetwork,
    /// Send ETH
    WrongToken,
    /// Send half of the amount
    Underpaid,
    /// Send 1 more than the amount
    Overpaid,
    /// Send the amount twice
    PaidTwice,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox trigger paymentlink-paid
  mileston-sandbox trigger invoice-paid INVOICE_ID
  mileston-sandbox trigger invoice-paid --mistake underpaid";

const MORE: &str = "\
Examples:
  Create a payment link and pay it:
    mileston-sandbox trigger paymentlink-paid
  Pay an existing invoice:
    mileston-sandbox trigger invoice-paid INVOICE_ID
  Pay too little for a new invoice:
    mileston-sandbox trigger invoice-paid --mistake underpaid

Exit codes:
  0  paid
  1  not paid: nothing listens at the URL, the id is unknown, or it is an
     invoice or recurring payment that is already paid. A payment link can be
     paid any number of times.
  2  invalid command line or environment variable";

/// The request.
#[derive(Serialize)]
struct Order<'a> {
    event: Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<Mistake>,
}

/// Sends the request.
pub(super) fn run(Trigger { event, id, mistake, target }: Trigger) -> Result<(), Failure> {
    let remote = target.remote()?;
    let order = Order { event, id: id.as_deref(), mistake };
    Ok(super::block_on(async {
        let sandbox = remote.identify().await?;
        let happened: Happened = remote.post("/_sandbox/trigger", &order).await?;
        tell(&happened, &sandbox, target.json)
    })?)
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

/// A payment with a mistake. The JSON output has all the fields that the sandbox returned.
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
        let made = if self.made { " (created for this)" } else { "" };
        match &self.mistake {
            None => write!(f, "{event}: {amount} paid for {id}{made}\n{page}"),
            Some(mistake) => {
                let mistake = plain(mistake);
                write!(f, "{event}: {mistake} for {id}{made}, which costs {amount}:")?;
                for Payment { chain, token, amount, .. } in &self.payments {
                    let [chain, token, amount] = [chain, token, amount].map(|text| plain(text));
                    write!(f, " {amount} {token} sent on {chain}.")?;
                }
                write!(f, "\n{page}")
            }
        }
    }
}
