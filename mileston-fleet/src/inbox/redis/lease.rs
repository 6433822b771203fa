//! Runs the two scripts of the inbox. Each takes one round trip.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use redis::Script;
use redis::aio::ConnectionLike;

use crate::StoreFailure;
use crate::connect::asked;
use crate::digest::digest;
use crate::observe::{Event, Observers, Store};

/// What an inbox and its deliveries share.
#[derive(Clone)]
pub(super) struct Leases<C> {
    pub(super) connection: C,
    pub(super) lease: Duration,
    pub(super) keep: Duration,
    pub(super) timeout: Duration,
    pub(super) observers: Observers,
    begin: Arc<Script>,
    end: Arc<Script>,
}

/// What [`Leases::begin`] found.
pub(super) enum Found {
    New { fence: u64 },
    Running { left: Duration },
    Done,
}

impl<C: ConnectionLike + Clone> Leases<C> {
    pub(super) fn new(connection: C) -> Self {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        Leases {
            connection,
            lease: Duration::from_secs(30),
            keep: 30 * DAY,
            timeout: Duration::from_millis(500),
            observers: Observers::default(),
            begin: Arc::new(Script::new(include_str!("begin.lua"))),
            end: Arc::new(Script::new(include_str!("end.lua"))),
        }
    }

    pub(super) async fn begin(&self, name: &str) -> Result<Found, StoreFailure> {
        let mut invocation = self.begin.key(name);
        invocation.arg(micros(self.lease)).arg(self.kept());
        let mut connection = self.connection.clone();
        let asking = invocation.invoke_async::<(u8, u64)>(&mut connection);
        Ok(match self.noted(asked(self.timeout, asking).await)? {
            (0, fence) => Found::New { fence },
            (1, left) => Found::Running { left: Duration::from_micros(left) },
            _ => Found::Done,
        })
    }

    /// Returns whether the lease was still the latest one. For `again` and `extend`, also returns `false` if the
    /// delivery is marked as done.
    pub(super) async fn end(
        &self,
        name: &str,
        fence: u64,
        how: &str,
    ) -> Result<bool, StoreFailure> {
        let mut invocation = self.end.key(name);
        invocation.arg(fence).arg(how).arg(micros(self.lease)).arg(self.kept());
        let mut connection = self.connection.clone();
        let asking = invocation.invoke_async::<bool>(&mut connection);
        self.noted(asked(self.timeout, asking).await)
    }

    /// Deletes the record of a delivery.
    pub(super) async fn delete(&self, name: &str) -> Result<bool, StoreFailure> {
        let mut connection = self.connection.clone();
        let mut command = redis::cmd("DEL");
        command.arg(name);
        let asking = command.query_async::<bool>(&mut connection);
        self.noted(asked(self.timeout, asking).await)
    }

    /// Returns how long a hash is kept, in milliseconds. The hash must outlive its lease, because otherwise the fencing
    /// token would be forgotten.
    fn kept(&self) -> u64 {
        let kept = self.keep.max(self.lease.saturating_mul(2));
        u64::try_from(kept.as_millis()).unwrap_or(u64::MAX)
    }

    fn noted<T>(&self, result: Result<T, StoreFailure>) -> Result<T, StoreFailure> {
        if let Err(failure) = &result {
            let failure = failure.clone();
            self.observers.report(&Event::StoreFailed { store: Store::Redis, failure });
        }
        result
    }
}

impl<C> fmt::Debug for Leases<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection is left out, because it may contain a password.
        f.debug_struct("Leases")
            .field("lease", &self.lease)
            .field("keep", &self.keep)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Returns the name of a delivery's hash. In a cluster, the braces keep all of the delivery's data on the same node.
pub(super) fn name(key: &str) -> String {
    let digest = digest(key);
    // Half of the SHA-256 digest is unique enough.
    format!("mileston:{{{}}}:delivery", digest.get(..32).unwrap_or(&digest))
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
