//! `reset`: deletes the data of a running sandbox.

use std::fmt;

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::failure::Failure;
use super::session::with_sandbox;
use super::target::Target;

/// Delete the data and keep the keys.
///
/// Deletes the data of all businesses in both modes: payment links, invoices, recurring payments, payments, sub
/// wallets, transactions and webhook deliveries. Each business's wallets get their initial balances and new addresses.
/// Fault rules are removed, and rate limits are reset. Keys, wallet secrets, webhooks and the request log are kept.
///
/// With --json, prints {"removed", "sandbox"}.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Reset {
    /// Reset the sandbox even if its data is in a file and --url isn't given
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox reset
  mileston-sandbox reset --yes";

/// Resets the sandbox.
pub(super) fn run(Reset { yes, target }: Reset) -> Result<(), Failure> {
    with_sandbox(&target, async |sandbox| {
        sandbox.sandbox().may_be_emptied(yes || target.is_named())?;
        sandbox.post::<Removed>("/_sandbox/reset", &json!({})).await
    })
}

/// The response to a reset.
#[derive(Deserialize, Serialize)]
struct Removed {
    removed: u64,
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The sandbox is reset: {} payment links, invoices and recurring payments were removed, \
             wallets have their initial balances, and fault rules were removed. Keys are unchanged.",
            self.removed
        )
    }
}
