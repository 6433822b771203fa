//! `clock`: shows a running sandbox's clock, and advances it.

use std::fmt;

use clap::{Args, Subcommand};
use mileston_api::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::failure::Failure;
use super::length::Length;
use super::session::with_sandbox;
use super::target::Target;
use crate::text::plain;

/// Show the clock of a running sandbox, or move it forward.
///
/// Confirmations, due dates and key expiry follow this clock; webhook retries and rate limits don't. The clock
/// never goes back.
///
/// With --json, prints {"now", "sandbox"}.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Clock {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    target: Target,
}

#[derive(Subcommand)]
enum Action {
    /// Show the time; this is the default
    Show,
    /// Move the clock forward, and show the new time
    Advance {
        /// How far: seconds, or a duration such as 45s, 2h30m or 1d
        #[arg(required_unless_present = "to")]
        time: Option<Length>,
        /// Move the clock to this time instead, such as 2031-01-31T00:00:00Z
        #[arg(long, value_name = "TIME", conflicts_with = "time")]
        to: Option<Timestamp>,
    },
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox clock
  mileston-sandbox clock advance 2h30m
  mileston-sandbox clock advance --to 2031-01-31T00:00:00Z";

/// Shows or moves the clock.
pub(super) fn run(Clock { action, target }: Clock) -> Result<(), Failure> {
    let change = match action {
        None | Some(Action::Show) => None,
        Some(Action::Advance { to: Some(to), .. }) => Some(json!({ "now": to })),
        Some(Action::Advance { time, .. }) => {
            time.map(|Length(time)| json!({ "advance": time.as_secs() }))
        }
    };
    with_sandbox(&target, async |sandbox| match change {
        None => sandbox.get::<Time>(PATH).await,
        Some(change) => sandbox.post::<Time>(PATH, &change).await,
    })
}

/// The path of the endpoint.
const PATH: &str = "/_sandbox/clock";

#[derive(Deserialize, Serialize)]
pub(super) struct Time {
    pub(super) now: String,
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.now))
    }
}
