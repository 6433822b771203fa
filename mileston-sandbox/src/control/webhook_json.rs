//! Webhooks and deliveries as JSON, without tokens.

use mileston_api::Timestamp;
use mileston_api::types::WebhookEvent;
use serde::Serialize;

use crate::store::{DeliveryState, Webhook, WebhookAttempt, WebhookDelivery};
use crate::text::redact;

/// A webhook.
#[derive(Serialize)]
pub(super) struct Endpoint {
    id: String,
    url: String,
    events: Vec<WebhookEvent>,
    created: Timestamp,
}

impl From<Webhook> for Endpoint {
    fn from(Webhook { id, url, events, created }: Webhook) -> Self {
        Endpoint { id, url, events, created }
    }
}

/// A delivery.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery<'d> {
    number: i64,
    webhook: &'d str,
    event: &'d WebhookEvent,
    /// The body, without API keys and other secrets, because a payer may have put one into a field.
    body: String,
    created: Timestamp,
    state: &'static str,
    /// The time of the next attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_try: Option<Timestamp>,
    attempts: Vec<Attempt<'d>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attempt<'d> {
    way: &'static str,
    started: Timestamp,
    milliseconds: u128,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

/// The states of a delivery: waiting, delivered or given up.
pub(super) const STATES: [&str; 3] = ["waiting", "delivered", "given-up"];

impl Delivery<'_> {
    /// Returns whether the delivery has this event and this state. `None` matches everything.
    pub(super) fn is(&self, event: Option<&WebhookEvent>, state: Option<&str>) -> bool {
        event.is_none_or(|event| self.event == event)
            && state.is_none_or(|state| self.state == state)
    }
}

/// Returns a delivery as JSON.
pub(super) fn delivery(of: &WebhookDelivery) -> Delivery<'_> {
    let [waiting, delivered, given_up] = STATES;
    let (state, next_try) = match of.state {
        DeliveryState::Waiting(next) => (waiting, Some(next)),
        DeliveryState::Delivered => (delivered, None),
        DeliveryState::GivenUp => (given_up, None),
    };
    Delivery {
        number: of.number,
        webhook: &of.webhook,
        event: &of.event,
        body: redact(&of.body),
        created: of.created,
        state,
        next_try,
        attempts: of.attempts.iter().map(attempt).collect(),
    }
}

fn attempt(of: &WebhookAttempt) -> Attempt<'_> {
    Attempt {
        way: of.way.as_str(),
        started: of.started,
        milliseconds: of.took.as_millis(),
        status: of.status,
        problem: of.problem.as_deref(),
        answer: of.answer.as_deref().map(redact),
    }
}
