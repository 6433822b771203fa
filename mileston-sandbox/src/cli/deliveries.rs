//! `deliveries` and `resend`: list the deliveries to webhooks, and send one again.

use std::fmt;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::output::join;
use super::owner::Owner;
use super::session::with_sandbox;
use super::target::Target;
use super::webhooks::Event;
use crate::text::{counted, plain};

/// List what a running sandbox sent to webhooks, newest first.
///
/// The state and event filters search only the newest 200 deliveries.
///
/// With --json, prints {"deliveries", "sandbox"}, or the delivery and "sandbox" if a number is given.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Deliveries {
    /// Show only this delivery, with its body and attempts
    #[arg(conflicts_with_all = ["webhook", "state", "event", "limit"])]
    number: Option<u64>,
    /// Show only deliveries to the webhook with this id
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    webhook: Option<String>,
    /// Show only deliveries in this state
    #[arg(long, help_heading = "Filters")]
    state: Option<State>,
    /// Show only deliveries of this event
    #[arg(long, help_heading = "Filters")]
    event: Option<Event>,
    /// Show at most N deliveries [default: 50]
    #[arg(long, value_name = "N", help_heading = "Filters")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=200))]
    limit: Option<u64>,
    #[command(flatten)]
    owner: Owner,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, ValueEnum)]
enum State {
    /// The delivery will be sent, or sent again
    Waiting,
    /// The endpoint responded with 200
    Delivered,
    /// Every attempt failed
    GivenUp,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox deliveries
  mileston-sandbox deliveries --state given-up
  mileston-sandbox deliveries 12";

/// Send a webhook delivery again now.
///
/// With --json, prints the delivery and "sandbox".
#[derive(Args)]
#[command(after_help = RESEND)]
pub(super) struct Resend {
    /// The number of the delivery, from `deliveries`
    number: u64,
    #[command(flatten)]
    owner: Owner,
    #[command(flatten)]
    target: Target,
}

const RESEND: &str = "\
Examples:
  mileston-sandbox resend 12";

const PATH: &str = "/_sandbox/webhooks/deliveries";

/// Shows the deliveries.
pub(super) fn list(arguments: Deliveries) -> Result<(), Failure> {
    let Deliveries { number, webhook, state, event, limit, owner, target } = arguments;
    let (state, event) = (state.map(name), event.map(name));
    let limit = limit.map(|limit| limit.to_string());
    let filters = [
        ("webhook", webhook.as_deref()),
        ("state", state.as_deref()),
        ("event", event.as_deref()),
        ("limit", limit.as_deref()),
    ];
    with_sandbox(&target, async |sandbox| match number {
        None => sandbox.get::<List>(&owner.path(PATH, &filters)).await,
        Some(number) => {
            sandbox.get::<Complete>(&owner.path(&format!("{PATH}/{number}"), &[])).await
        }
    })
}

/// Sends a delivery again.
pub(super) fn resend(Resend { number, owner, target }: Resend) -> Result<(), Failure> {
    let path = owner.path(&format!("{PATH}/{number}/redeliver"), &[]);
    with_sandbox(&target, async |sandbox| {
        sandbox.post::<Delivery>(&path, &serde_json::json!({})).await
    })
}

/// Returns the text that selects this value on the command line. `/_sandbox` uses the same text.
fn name(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

#[derive(Deserialize, Serialize)]
struct List {
    deliveries: Vec<Delivery>,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.deliveries.iter().map(ToString::to_string);
        f.write_str(&join(lines, "No deliveries match."))
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    number: u64,
    webhook: String,
    event: String,
    body: String,
    created: String,
    state: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_try: Option<String>,
    attempts: Vec<Attempt>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Attempt {
    way: String,
    started: String,
    milliseconds: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Delivery { number, webhook, event, created, state, attempts, .. } = self;
        let next = self.next_try.as_ref().map_or(String::new(), |next| format!(" until {next}"));
        let attempts = counted(attempts.len() as u64, "attempt");
        let line = format!("{number}  {created}  {event}  {state}{next}  {attempts}  to {webhook}");
        f.write_str(&plain(&line))
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Attempt { way, started, milliseconds, status, problem, answer } = self;
        let result = match (status, problem) {
            (Some(status), _) => status.to_string(),
            (None, problem) => problem.clone().unwrap_or_default(),
        };
        let answer = answer.as_ref().map_or(String::new(), |answer| format!("  {answer}"));
        let line = format!("{started}  {way}  {result}  {milliseconds} ms{answer}");
        f.write_str(&plain(&line))
    }
}

/// A delivery with all its details.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
struct Complete(Delivery);

impl fmt::Display for Complete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.0, plain(&self.0.body))?;
        self.0.attempts.iter().try_for_each(|attempt| write!(f, "\n  {attempt}"))
    }
}
