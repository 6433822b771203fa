//! `faults`: lists, adds and removes the fault rules of a running sandbox.

use std::fmt;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use mileston_api::catalogue;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::output::join;
use super::session::with_sandbox;
use super::target::Target;
use crate::Fault;
use crate::text::{counted, plain};

/// List, add and remove the fault rules of a running sandbox.
///
/// A rule makes requests to an operation fail, so that you can see how your program reacts.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Faults {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    target: Target,
}

#[derive(Subcommand)]
enum Action {
    /// List the rules, oldest first
    ///
    /// With --json, prints {"faults", "sandbox"}.
    List,
    /// Add a rule, which by default applies to the next request
    ///
    /// If several rules apply to a request, the oldest wins. With --json, prints the rule and "sandbox".
    Add(Rule),
    /// Remove one rule
    ///
    /// With --json, prints {"removed", "sandbox"}.
    Remove {
        /// The number of the rule, from `faults list`
        number: u64,
    },
    /// Remove all rules
    ///
    /// With --json, prints {"removed", "sandbox"}.
    Clear,
}

#[derive(Args, Serialize)]
struct Rule {
    /// The fault, such as 503, 429=30, latency=250, reset or answer-lost
    ///
    /// With 429, 429=SECONDS, 500, 502, 503, 504 and reset, the operation isn't executed. With answer-lost, body-cut,
    /// body-stall and broken-json, it is executed. With latency=MILLISECONDS, it is executed after the delay.
    #[arg(value_parser = fault)]
    fault: String,
    /// The id of the operation in the OpenAPI document, such as createInvoice; by default all operations
    #[arg(long, value_name = "ID", default_value = "*", hide_default_value = true)]
    #[arg(value_parser = operations(), hide_possible_values = true)]
    operation: String,
    /// Apply to the next N requests
    #[arg(long, value_name = "N", group = "schedule")]
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// Apply to every Nth request
    #[arg(long, value_name = "N", group = "schedule")]
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<u64>,
    /// Apply to each request with this probability, from 0 to 1
    #[arg(long, value_name = "P", group = "schedule")]
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    /// The seed for --probability; the same seed picks the same requests in each run
    #[arg(long, value_name = "NUMBER", requires = "probability")]
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox faults add 503
  mileston-sandbox faults add answer-lost --operation sendPayment --times 2
  mileston-sandbox faults add latency=250 --probability 0.1 --seed 7
  mileston-sandbox faults clear";

/// Accepts operation ids, and `*` for all operations.
pub(super) fn operations() -> PossibleValuesParser {
    let ids = catalogue::OPERATIONS.iter().map(|operation| operation.id);
    ids.chain(["*"]).collect::<Vec<_>>().into()
}

/// Checks a fault, and returns its text.
fn fault(text: &str) -> Result<String, String> {
    let fault = text.parse::<Fault>().map_err(|error| error.to_string())?;
    Ok(fault.to_string())
}

/// Runs the chosen action.
pub(super) fn run(Faults { action, target }: Faults) -> Result<(), Failure> {
    with_sandbox(&target, async |sandbox| match action {
        Action::List => sandbox.get::<Rules>(PATH).await,
        Action::Add(rule) => sandbox.post::<Listed>(PATH, &rule).await,
        Action::Remove { number } => {
            let removed: Removed = sandbox.delete(&format!("{PATH}/{number}")).await?;
            sandbox.print(&removed)
        }
        Action::Clear => sandbox.print(&sandbox.delete::<Removed>(PATH).await?),
    })
}

/// The path of the endpoint.
const PATH: &str = "/_sandbox/faults";

#[derive(Deserialize, Serialize)]
struct Removed {
    removed: u64,
}

impl fmt::Display for Removed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.removed {
            1 => f.write_str("1 rule was removed."),
            count => write!(f, "{count} rules were removed."),
        }
    }
}

#[derive(Deserialize, Serialize)]
struct Rules {
    faults: Vec<Listed>,
}

impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(self.faults.iter().map(ToString::to_string), "There are no fault rules."))
    }
}

/// A rule from the sandbox's response.
#[derive(Deserialize, Serialize)]
struct Listed {
    id: u64,
    operation: String,
    fault: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    seen: u64,
    made: u64,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Listed { id, operation, fault, seen, made, .. } = self;
        let operation = if operation == "*" { "all operations" } else { operation };
        let schedule = match (self.times, self.every, self.probability) {
            (Some(times), ..) => counted(times, "time"),
            (None, Some(1), _) => "every request".to_owned(),
            (None, Some(every), _) => format!("1 of every {every} requests"),
            (None, None, probability) => format!("probability {}", probability.unwrap_or_default()),
        };
        let line = format!(
            "{id}  {fault}  {operation}  {schedule}  checked {}, injected {}",
            counted(*seen, "request"),
            counted(*made, "fault"),
        );
        f.write_str(&plain(&line))
    }
}
