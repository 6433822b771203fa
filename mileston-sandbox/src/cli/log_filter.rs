//! Selects the requests that `logs` shows.

use std::str::FromStr;

use clap::Args;
use mileston_api::Timestamp;

use super::faults::operations;
use super::length::Length;
use super::logged::Request;

/// The filters. A request must match all of them.
#[derive(Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct Filter {
    /// Show only requests with this response status, such as 404 or 4xx
    #[arg(long)]
    status: Option<Status>,
    /// Show only requests without a response, or with a status of 400 or more
    #[arg(long)]
    failed: bool,
    /// Show only requests to the operation with this id in the OpenAPI document
    #[arg(long, value_name = "ID", value_parser = operations(), hide_possible_values = true)]
    operation: Option<String>,
    /// Show only requests with this method, such as POST
    #[arg(long)]
    method: Option<String>,
    /// Show only requests whose path begins with this, such as /invoice/
    #[arg(long, value_name = "START")]
    path: Option<String>,
    /// Show only requests since this time; a duration such as 2h30m means that long ago, by the sandbox's clock
    #[arg(long, value_name = "TIME")]
    since: Option<Since>,
}

impl Filter {
    /// Returns the value of `--since`.
    pub(super) fn since(&self) -> Option<Since> {
        self.since
    }

    /// Returns whether to show a request.
    pub(super) fn shows(&self, request: &Request, start: Option<Timestamp>) -> bool {
        let at = request.at.as_deref().and_then(|at| at.parse::<Timestamp>().ok());
        self.status.is_none_or(|status| request.status.is_some_and(|it| status.includes(it)))
            && (!self.failed || request.status.is_none_or(|status| status >= 400))
            && self
                .operation
                .as_ref()
                .is_none_or(|id| id == "*" || request.operation.as_ref() == Some(id))
            && self.method.as_ref().is_none_or(|method| request.method.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|path| request.target.starts_with(path.as_str()))
            && start.is_none_or(|start| at.is_some_and(|at| at >= start))
    }
}

/// A status, or all statuses with the same first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    One(u16),
    Hundred(u16),
}

impl Status {
    fn includes(self, status: u16) -> bool {
        match self {
            Status::One(one) => status == one,
            Status::Hundred(first) => status / 100 == first,
        }
    }
}

impl FromStr for Status {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digit = |first: &str| first.parse().ok().filter(|first| (1..=5).contains(first));
        let one = || text.parse().ok().filter(|status| (100..600).contains(status));
        let status = match text.strip_suffix("xx") {
            Some(first) => digit(first).map(Status::Hundred),
            None => one().map(Status::One),
        };
        status.ok_or("must be a status such as 404, or a class such as 4xx")
    }
}

/// The time from which requests are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Since {
    At(Timestamp),
    Last(Length),
}

impl Since {
    /// Returns the time from which requests are shown, or `None` if that time is too early to be represented.
    pub(super) fn start(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Since::At(time) => Some(time),
            Since::Last(Length(time)) => {
                let age = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
                Timestamp::from_millisecond(now.as_millisecond().saturating_sub(age)).ok()
            }
        }
    }
}

impl FromStr for Since {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = text.parse().ok().map(Since::At);
        let length = || text.parse().ok().map(Since::Last);
        time.or_else(length)
            .ok_or("must be a time such as 2031-01-31T00:00:00Z, or a duration such as 2h30m")
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        filter: Filter,
    }

    fn request(status: Option<u16>, at: &str) -> Request {
        let mut request = Request::example();
        (request.status, request.at) = (status, Some(at.to_owned()));
        request
    }

    #[track_caller]
    fn check(arguments: &[&str], request: &Request, expected: bool) {
        let arguments = ["logs"].iter().chain(arguments);
        let Program { filter } = Program::try_parse_from(arguments).unwrap();
        let now = "2031-01-31T01:00:00Z".parse().unwrap();
        let start = filter.since().and_then(|since| since.start(now));
        assert_eq!(filter.shows(request, start), expected);
    }

    #[test]
    fn a_request_must_pass_all_filters() {
        let found = request(Some(404), "2031-01-31T00:00:00.000Z");
        check(&[], &found, true);
        check(&["--status", "404", "--failed", "--path", "/invoice/"], &found, true);
        check(&["--status", "404", "--path", "/payment-link/"], &found, false);
        check(&["--status", "4xx"], &found, true);
        check(&["--status", "5xx"], &found, false);
        check(&["--status", "405"], &found, false);
        check(&["--method", "get", "--operation", "getInvoice"], &found, true);
        check(&["--method", "post"], &found, false);
        check(&["--operation", "listInvoices"], &found, false);
        check(&["--since", "1h"], &found, true);
        check(&["--since", "59m"], &found, false);
        check(&["--since", "2031-01-31T00:00:00Z"], &found, true);
        check(&["--since", "2031-01-31T00:00:01Z"], &found, false);
    }

    #[test]
    fn a_request_without_a_response_failed() {
        let lost = request(None, "2031-01-31T00:00:00.000Z");
        check(&["--failed"], &lost, true);
        check(&["--status", "5xx"], &lost, false);
        check(&["--failed"], &request(Some(200), "2031-01-31T00:00:00.000Z"), false);
    }

    #[test]
    fn an_invalid_value_is_rejected() {
        for text in ["", "4", "99", "600", "0xx", "6xx", "xx", "4x", "ok"] {
            assert!(text.parse::<Status>().is_err(), "{text}");
        }
        for text in ["", "yesterday", "2031-01-31"] {
            assert!(text.parse::<Since>().is_err(), "{text}");
        }
    }
}
