//! The health of the service: it responds, so it is healthy.

use std::time::Duration;

use mileston_api::types;

use super::Emulation;
use crate::runtime::{Answer, Refusal};

/// Megabytes used and total. Made up, because there is no portable way to measure them; constant, for a seed.
const MEMORY: (f64, f64) = (64.0, 256.0);

pub(super) fn get(platform: &Emulation) -> Result<Answer<types::ServiceStatus>, Refusal> {
    let now = platform.store.now()?;
    let started = platform.started.unwrap_or(now).as_millisecond();
    let up = Duration::from_millis(
        now.as_millisecond().saturating_sub(started).try_into().unwrap_or_default(),
    );
    Ok(Answer::ok(
        types::ServiceStatus::new()
            .with_status(types::HealthState::Healthy)
            .with_service(env!("CARGO_PKG_NAME"))
            .with_timestamp(now)
            .with_environment("sandbox")
            .with_version(env!("CARGO_PKG_VERSION"))
            .with_uptime(up.as_secs_f64())
            .with_memory(types::ServiceMemory::new().with_used(MEMORY.0).with_total(MEMORY.1)),
    ))
}
