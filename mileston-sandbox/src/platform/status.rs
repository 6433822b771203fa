//! The health of the service: it answers, so it's healthy.

use std::time::Instant;

use mileston_api::types;

use super::now;
use crate::runtime::{Answer, Refusal};

/// Memory is left out: there is no portable way to ask for it.
pub(super) fn get(started: Instant) -> Result<Answer<types::ServiceStatus>, Refusal> {
    Ok(Answer::ok(
        types::ServiceStatus::new()
            .status(types::HealthState::Healthy)
            .service(env!("CARGO_PKG_NAME"))
            .timestamp(now()?)
            .environment("sandbox")
            .version(env!("CARGO_PKG_VERSION"))
            .uptime(started.elapsed().as_secs_f64()),
    ))
}
