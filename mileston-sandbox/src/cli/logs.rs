//! `logs`: shows the requests to a sandbox and their results.

use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use clap::Args;
use mileston_api::Timestamp;
use serde::Deserialize;

use super::clock::Time;
use super::executor::block_on;
use super::failure::Failure;
use super::log_filter::Filter;
use super::logged::Request;
use super::output::{name, print};
use super::remote::Remote;
use super::signals;
use super::target::Target;
use crate::text::{counted, to_json};

/// How long to wait between polls.
const PAUSE: Duration = Duration::from_millis(250);

/// Show the requests to a running sandbox, oldest first.
///
/// Each line shows the number, time, status, operation, method and path, kind of key, duration, and the reason if the
/// request was rejected. A request that got no response has no status. The sandbox keeps the newest 500 requests,
/// without keys and signatures.
///
/// With --json, prints one line of JSON per request, including its body.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Logs {
    /// Keep showing new requests until Ctrl-C or SIGTERM
    #[arg(short, long)]
    follow: bool,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox logs
  mileston-sandbox logs --follow --failed
  mileston-sandbox logs --status 4xx --since 10m
  mileston-sandbox logs --operation createInvoice --json | jq .body";

/// Prints the log; with --follow, keeps printing new requests until a signal arrives.
pub(super) fn run(Logs { follow, filter, target }: Logs) -> Result<(), Failure> {
    let view = View { remote: target.remote()?, filter, json: target.json };
    Ok(block_on(view.show(follow))?)
}

/// The log of a sandbox, and how to show it.
struct View {
    remote: Remote,
    filter: Filter,
    json: bool,
}

/// Returns whether the future finishes within this time.
async fn within(time: Duration, what: impl Future) -> bool {
    tokio::time::timeout(time, what).await.is_ok()
}

impl View {
    async fn show(&self, follow: bool) -> Result<(), Box<dyn Error>> {
        let signal = signals::listen()?;
        name(&self.remote.identify().await?);
        let start = self.start().await?;
        let mut last = self.show_after(0, start).await?;
        let mut signal = pin!(signal);
        while follow && !within(PAUSE, signal.as_mut()).await {
            last = self.show_after(last, start).await?;
        }
        Ok(())
    }

    /// Returns the time from which requests are shown.
    async fn start(&self) -> Result<Option<Timestamp>, Box<dyn Error>> {
        let Some(since) = self.filter.since() else { return Ok(None) };
        let time: Time = self.remote.get("/_sandbox/clock").await?;
        Ok(since.start(time.now.parse()?))
    }

    /// Prints the requests after number `last`, and returns the number of the newest request.
    async fn show_after(&self, last: u64, start: Option<Timestamp>) -> Result<u64, Box<dyn Error>> {
        let path = format!("/_sandbox/requests?after={last}");
        let mut answer: Requests = self.remote.get(&path).await?;
        let mut after = last;
        if answer.counted < last {
            // The sandbox was restarted, so its numbers begin at 1 again.
            after = 0;
            answer = self.remote.get("/_sandbox/requests").await?;
        }
        let mut text = String::new();
        let next = after.saturating_add(1);
        let missed = answer.requests.first().map_or(0, |first| first.number.saturating_sub(next));
        if missed > 0 && !self.json {
            text.push_str(&format!("… no longer kept: {}\n", counted(missed, "request")));
        }
        for request in answer.requests.iter().filter(|it| self.filter.shows(it, start)) {
            text.push_str(&if self.json { to_json(request)? } else { request.line() });
            text.push('\n');
        }
        print(&text)?;
        Ok(answer.counted)
    }
}

#[derive(Deserialize)]
struct Requests {
    counted: u64,
    requests: Vec<Request>,
}
