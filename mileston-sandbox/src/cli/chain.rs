//! `chain`: shows the simulated chains of a running sandbox, and pays on them.

use std::fmt;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use mileston_api::{TokenAmount, tokens};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::failure::Failure;
use super::output::join;
use super::session::with_sandbox;
use super::target::Target;
use crate::text::plain;

/// Show the simulated chains of a running sandbox, and pay on them.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Chain {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    target: Target,
}

#[derive(Subcommand)]
enum Action {
    /// Show the block time of each chain, and the money in transit to wallets
    ///
    /// With --json, prints {"chains", "inFlight", "sandbox"}.
    Show,
    /// List the newest 100 payments, newest first
    ///
    /// A payment is unused until a verification finds it. With --json, prints {"payments", "sandbox"}.
    Payments,
    /// Pay to a wallet in the sandbox from an outside wallet
    ///
    /// The amount isn't checked against any amount due. On an EVM chain, the address may belong to a wallet on another
    /// EVM chain, as when a payer uses the wrong network. With --json, prints the payment and "sandbox".
    Pay(Payment),
    /// Make the next transfers from wallets fail
    ///
    /// With --json, prints {"count", "sandbox"}.
    FailNext {
        /// The number of transfers that should fail; 0 means none
        count: u32,
    },
}

#[derive(Args, Serialize)]
struct Payment {
    /// The address of the wallet to pay to
    #[arg(value_name = "ADDRESS")]
    to: String,
    /// The amount, such as 12.50
    #[arg(long)]
    amount: TokenAmount,
    /// The chain to pay on
    #[arg(long, value_parser = chains(), default_value = "base")]
    chain: String,
    /// The token to pay in
    #[arg(long, default_value = "USDC")]
    token: String,
    /// The address of the payer's wallet; made up by default
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox chain payments
  mileston-sandbox chain pay 0xfa4e… --amount 12.50
  mileston-sandbox chain fail-next 2";

/// Accepts the platform's chains.
pub(super) fn chains() -> PossibleValuesParser {
    tokens::TABLE.iter().map(|row| row.chain.as_str()).collect::<Vec<_>>().into()
}

/// Runs the chosen action.
pub(super) fn run(Chain { action, target }: Chain) -> Result<(), Failure> {
    with_sandbox(&target, async |sandbox| match action {
        Action::Show => sandbox.get::<Chains>("/_sandbox/chain").await,
        Action::Payments => sandbox.get::<Payments>("/_sandbox/chain/payments").await,
        Action::Pay(payment) => sandbox.post::<Paid>("/_sandbox/chain/payments", &payment).await,
        Action::FailNext { count } => {
            let body = json!({ "count": count });
            sandbox.post::<Failing>("/_sandbox/chain/fail-next", &body).await
        }
    })
}

#[derive(Deserialize, Serialize)]
struct Failing {
    count: u32,
}

impl fmt::Display for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            0 => f.write_str("No transfer from a wallet will fail."),
            1 => f.write_str("The next transfer from a wallet will fail."),
            count => write!(f, "The next {count} transfers from wallets will fail."),
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Chains {
    chains: Vec<Speed>,
    in_flight: Vec<Flight>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Speed {
    chain: String,
    block_milliseconds: u64,
    confirmations: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Flight {
    business_id: String,
    mode: String,
    chain: String,
    to: String,
    amount: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    arrives_at: Option<String>,
}

impl fmt::Display for Chains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Speed { chain, block_milliseconds, confirmations } in &self.chains {
            let chain = plain(chain);
            writeln!(
                f,
                "{chain:<7}  a block every {block_milliseconds} ms; {confirmations} blocks confirm a payment"
            )?;
        }
        let flying = self.in_flight.iter().map(|flight| {
            let Flight { chain, to, amount, arrives_at, .. } = flight;
            let arrives = arrives_at.as_deref().unwrap_or("once its status is requested");
            plain(&format!("{amount} in transit to {to} on {chain}, arrives {arrives}"))
                .into_owned()
        });
        f.write_str(&join(flying, "No money is in transit."))
    }
}

/// The payments, newest first.
#[derive(Deserialize, Serialize)]
struct Payments {
    payments: Vec<Paid>,
}

impl fmt::Display for Payments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.payments.iter().map(ToString::to_string);
        f.write_str(&join(lines, "There are no payments on the chains."))
    }
}

/// A payment on a chain.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Paid {
    transaction: String,
    business_id: String,
    mode: String,
    chain: String,
    token: String,
    amount: String,
    from: String,
    to: String,
    sent_at: String,
    confirmations: i64,
    confirmed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wallet_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pays: Option<Pays>,
}

/// What a payment paid for.
#[derive(Deserialize, Serialize)]
struct Pays {
    kind: String,
    id: String,
    amount: String,
    surplus: String,
}

impl fmt::Display for Paid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Paid { sent_at, amount, token, chain, to, confirmations, .. } = self;
        let state = match (&self.pays, &self.wallet_on, self.confirmed) {
            (Some(Pays { kind, id, amount, surplus }), ..) => {
                format!("{amount} used for {kind} {id}, surplus {surplus}")
            }
            (None, Some(network), _) => format!("on the wrong network: the wallet is on {network}"),
            (None, None, true) => "confirmed, unused".to_owned(),
            (None, None, false) => format!("{confirmations} confirmations"),
        };
        let line = format!("{sent_at}  {amount} {token} on {chain} to {to}  {state}");
        f.write_str(&plain(&line))
    }
}
