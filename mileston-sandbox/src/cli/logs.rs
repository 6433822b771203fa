//! `logs`: shows the requests to a sandbox and their results.

use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::failure::Failure;
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
    target: Target,
}

const EXAMPLES: &str = "\
Examples:
  mileston-sandbox logs
  mileston-sandbox logs --follow
  mileston-sandbox logs --json | jq 'select(.status >= 400)'";

/// Prints the log; with --follow, keeps printing new requests until a signal.
pub(super) fn run(Logs { follow, target }: Logs) -> Result<(), Failure> {
    let remote = target.remote()?;
    Ok(super::block_on(show_all(&remote, follow, target.json))?)
}

async fn show_all(remote: &Remote, follow: bool, json: bool) -> Result<(), Box<dyn Error>> {
    let signal = signals::listen()?;
    name(&remote.identify().await?);
    let mut last = show(remote, 0, json).await?;
    let mut signal = pin!(signal);
    while follow && !within(PAUSE, signal.as_mut()).await {
        last = show(remote, last, json).await?;
    }
    Ok(())
}

/// Returns whether the future finishes within this time.
async fn within(time: Duration, what: impl Future) -> bool {
    tokio::time::timeout(time, what).await.is_ok()
}

/// Prints the requests after number `last`, and returns the number of the newest.
async fn show(remote: &Remote, last: u64, json: bool) -> Result<u64, Box<dyn Error>> {
    let mut answer: Requests = remote.get(&format!("/_sandbox/requests?after={last}")).await?;
    let mut after = last;
    if answer.counted < last {
        // The sandbox was restarted and counts from 1 again.
        after = 0;
        answer = remote.get("/_sandbox/requests").await?;
    }
    let mut text = String::new();
    let next = after.saturating_add(1);
    let missed = answer.requests.first().map_or(0, |first| first.number.saturating_sub(next));
    if missed > 0 && !json {
        text.push_str(&format!("… {missed} requests are no longer kept\n"));
    }
    for request in &answer.requests {
        text.push_str(&if json { to_json(request)? } else { request.line() });
        text.push('\n');
    }
    print(&text)?;
    Ok(answer.counted)
}

#[derive(Deserialize)]
struct Requests {
    counted: u64,
    requests: Vec<Request>,
}

/// A request as `/_sandbox/requests` returns it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    number: u64,
    at: Option<String>,
    operation: Option<String>,
    method: String,
    target: String,
    key: String,
    status: Option<u16>,
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
mod tests {
    use super::*;

    fn request() -> Request {
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

    #[test]
    fn a_request_is_a_line() {
        let expected = "12 2031-01-31T00:00:00.000Z  404  getInvoice  GET /invoice/some-id  test Normal key  1.042 ms  \
                        unknown";
        assert_eq!(request().line(), expected);
    }

    #[test]
    fn a_request_cannot_control_the_terminal() {
        let sent = "/\u{1b}[2J\n\u{9b}2J\u{202e}".to_owned();
        let evil = Request { target: sent, status: None, ..request() };
        let line = evil.line();
        assert!(line.contains(r"  ---  getInvoice  GET /\u{1b}[2J\n\u{9b}2J\u{202e}  "), "{line}");
    }
}
