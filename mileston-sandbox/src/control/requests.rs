//! The request log as JSON, for programs.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;

use super::plain_json::PlainJson;
use crate::log::{Entry, RequestLog};
use crate::runtime::{Incoming, Refusal};

/// Requests, oldest first.
#[derive(Serialize)]
pub(super) struct Requests {
    /// The number of requests so far, which is also the number of the last request.
    counted: u64,
    requests: Vec<Row>,
}

/// A request and its result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    number: u64,
    at: Option<String>,
    operation: Option<&'static str>,
    method: String,
    target: String,
    key: &'static str,
    /// `None` if there was no response.
    status: Option<u16>,
    microseconds: u64,
    reason: Option<String>,
    body: String,
    is_cut: bool,
}

/// Lists the newest `limit` requests with a number greater than `after`.
pub(super) async fn list(
    State(log): State<Arc<RequestLog>>,
    incoming: Incoming,
) -> Result<PlainJson<Requests>, Refusal> {
    let after = incoming.optional_query::<u64>("after")?.unwrap_or_default();
    let limit = incoming.optional_query::<usize>("limit")?.unwrap_or(usize::MAX);
    let (newest, counted) = log.newest(limit, |entry| entry.number > after);
    let mut requests: Vec<_> = newest.iter().map(Row::of).collect();
    requests.reverse();
    Ok(PlainJson(Requests { counted, requests }))
}

impl Row {
    fn of(entry: &Entry) -> Self {
        Row {
            number: entry.number,
            at: entry.at.map(|at| at.to_string()),
            operation: entry.operation.map(|operation| operation.id),
            method: entry.method.clone(),
            target: entry.target.clone(),
            key: entry.key.words(),
            status: entry.status.map(|status| status.as_u16()),
            microseconds: u64::try_from(entry.took.as_micros()).unwrap_or(u64::MAX),
            reason: entry.reason.clone(),
            body: entry.body_text().into_owned(),
            is_cut: entry.is_cut,
        }
    }
}
