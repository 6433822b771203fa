//! `logs`: shows the requests to a sandbox and their results.

use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use clap::Args;
use mileston_api::Timestamp;
use serde::{Deserialize, Serialize};

use super::clock::Time;
use super::executor::block_on;
use super::failure::Failure;
use super::log_filter::Filter;
use super::output::{name, print};
use super::remote::Remote;
use super::signals;
use super::target::Target;
use crate::text::{plain, to_json};

/// How long to wait between polls.
const PAUSE: Duration = Duration::from_millis(250);

/// Show the requests to a running sandbox, oldest first.
///
/// A line has the number, time, status, operation, request, key, duration, and why a request was rejected. A request
/// that got no response has no status. The newest 500 are kept, without keys and signatures.
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

/// Prints the log; with --follow, keeps printing new requests until a signal.
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

    /// Returns the time of the first requests to show.
    async fn start(&self) -> Result<Option<Timestamp>, Box<dyn Error>> {
        let Some(since) = self.filter.since() else { return Ok(None) };
        let time: Time = self.remote.get("/_sandbox/clock").await?;
        Ok(since.start(time.now.parse()?))
    }

    /// Prints the requests after number `last`, and returns the number of the newest.
    async fn show_after(&self, last: u64, start: Option<Timestamp>) -> Result<u64, Box<dyn Error>> {
        let path = format!("/_sandbox/requests?after={last}");
        let mut answer: Requests = self.remote.get(&path).await?;
        let mut after = last;
        if answer.counted < last {
            // The sandbox was restarted and counts from 1 again.
            after = 0;
            answer = self.remote.get("/_sandbox/requests").await?;
        }
        let mut text = String::new();
        let next = after.saturating_add(1);
        let missed = answer.requests.first().map_or(0, |first| first.number.saturating_sub(next));
        if missed > 0 && !self.json {
            text.push_str(&format!("… {missed} requests are no longer kept\n"));
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

/// A request as `/_sandbox/requests` returns it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    number: u64,
    pub(super) at: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) method: String,
    pub(super) target: String,
    key: String,
    pub(super) status: Option<u16>,
    microseconds: u64,
    reason: Option<String>,
    body: String,
    is_cut: bool,
}

impl Request {
    /// Formats the entry for people: one line, with unsafe characters escaped.
    fn line(&self) -> String {
        let status = self.status.map_or("---".to_owned(), |status| status.to_string());
        let at = self.at.as_deref().unwrap_or_default();
        let operation = self.operation.as_deref().unwrap_or("no operation");
        let took = format!("{}.{:03} ms", self.microseconds / 1000, self.microseconds % 1000);
        let mut line = format!(
            "{} {at}  {status}  {operation}  {} {}  {}  {took}",
            self.number, self.method, self.target, self.key
        );
        if let Some(reason) = &self.reason {
            line.push_str(&format!("  {reason}"));
        }
        plain(&line).into_owned()
    }
}

#[cfg(test)]
impl Request {
    pub(super) fn example() -> Self {
        Request {
            number: 12,
            at: Some("2031-01-31T00:00:00.000Z".to_owned()),
            operation: Some("getInvoice".to_owned()),
            method: "GET".to_owned(),
            target: "/invoice/some-id".to_owned(),
            key: "test Normal key".to_owned(),
            status: Some(404),
            microseconds: 1042,
            reason: Some("unknown".to_owned()),
            body: String::new(),
            is_cut: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_a_line() {
        let expected = "12 2031-01-31T00:00:00.000Z  404  getInvoice  GET /invoice/some-id  test Normal key  1.042 ms  \
                        unknown";
        assert_eq!(Request::example().line(), expected);
    }

    #[test]
    fn a_request_cannot_control_the_terminal() {
        let sent = "/\u{1b}[2J\n\u{9b}2J\u{202e}".to_owned();
        let evil = Request { target: sent, status: None, ..Request::example() };
        let line = evil.line();
        assert!(line.contains(r"  ---  getInvoice  GET /\u{1b}[2J\n\u{9b}2J\u{202e}  "), "{line}");
    }
}
