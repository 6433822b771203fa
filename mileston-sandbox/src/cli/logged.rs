//! A request in the log of a sandbox.

use serde::{Deserialize, Serialize};

use crate::text::plain;

/// A request, as `/_sandbox/requests` returns it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) number: u64,
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
    /// Formats the entry as one human-readable line, with unsafe characters escaped.
    pub(super) fn line(&self) -> String {
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
    fn a_request_is_shown_on_one_line() {
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
