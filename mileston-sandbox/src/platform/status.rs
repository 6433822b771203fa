//! The health of the service. The sandbox always reports that it is healthy.

use std::sync::Arc;
use std::time::Duration;

use mileston_api::{Timestamp, types};

use super::success::Success;
use crate::generated::server::answers::Answer;
use crate::generated::server::services;
use crate::store::Store;

/// The used and total memory in megabytes. The numbers are made up, because there is no portable way to measure memory.
/// They are constant, so that runs with the same seed have the same responses.
const MEMORY: (f64, f64) = (64.0, 256.0);

/// The health of a sandbox.
#[derive(Clone)]
pub(crate) struct Status {
    pub(super) store: Arc<Store>,
    /// When the sandbox was started, according to the sandbox's clock.
    pub(super) started: Option<Timestamp>,
}

impl services::Status for Status {
    async fn get_status(&self) -> Success<types::ServiceStatus> {
        let now = self.store.now()?;
        let started = self.started.unwrap_or(now).as_millisecond();
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
}
