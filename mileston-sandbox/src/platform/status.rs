//! The health of the service: it answers, so it's healthy.

use std::time::Duration;

use mileston_api::types;

use super::Emulation;
use crate::runtime::{Answer, Refusal};

/// Memory is left out: there is no portable way to ask for it.
pub(super) fn get(platform: &Emulation) -> Result<Answer<types::ServiceStatus>, Refusal> {
    let now = platform.store.now()?;
    let started = platform.started.unwrap_or(now).as_millisecond();
    let up = Duration::from_millis(
        now.as_millisecond().saturating_sub(started).try_into().unwrap_or_default(),
    );
    Ok(Answer::ok(
        types::ServiceStatus::new()
            .status(types::HealthState::Healthy)
            .service(env!("CARGO_PKG_NAME"))
            .timestamp(now)
            .environment("sandbox")
            .version(env!("CARGO_PKG_VERSION"))
            .uptime(up.as_secs_f64()),
    ))
}
