//! Wraps the API's operations and rejects requests that exceed the limits.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::limiter::{Full, Limiter};
use crate::issuer::Issuer;
use crate::runtime::{Authority, KEY_HEADER, Refusal, Response};
use crate::text::counted;

/// The limiter, and the issuer that recognises valid keys.
#[derive(Clone)]
pub(crate) struct Limits {
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) issuer: Arc<Issuer>,
}

/// Passes on a call that is within the limits. Calls with unknown keys aren't counted, because they are rejected
/// anyway, and the number of unknown keys is unlimited.
pub(crate) async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let key = request.headers().get(KEY_HEADER).and_then(|value| value.to_str().ok());
    let admitted = match key {
        Some(key) if limits.issuer.grant(key).is_some() => limits.limiter.admit(key),
        _ => Ok(()),
    };
    match admitted {
        Ok(()) => next.run(request).await,
        Err(full) => refuse(full),
    }
}

fn refuse(Full { quota, wait }: Full) -> Response {
    let seconds = whole_seconds(wait);
    let message = format!(
        "Too many requests with this key: the limit is {} in {}. Try again in {seconds} s.",
        counted(quota.requests.into(), "request"),
        words(quota.span)
    );
    let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, message);
    ([(RETRY_AFTER, seconds.to_string())], refusal).into_response()
}

/// Rounds up, because a client that tries again too early is rejected again.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn words(span: Duration) -> String {
    match span.as_secs() {
        60 => "a minute".to_owned(),
        3600 => "an hour".to_owned(),
        86_400 => "a day".to_owned(),
        _ => format!("{} s", span.as_secs_f64()),
    }
}
