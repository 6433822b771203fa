//! An inbox in Redis or Valkey: a delivery is processed under a lease.

use std::sync::Arc;
use std::time::Duration;

use redis::aio::ConnectionLike;

use super::delivery::Delivery;
use super::lease::{Found, Leases, name};
use crate::StoreFailure;
use crate::observe::{Event, Observer};

/// Remembers in Redis or Valkey which webhook deliveries were processed.
///
/// A delivery is processed under a lease. If the process dies, another process can begin processing the delivery when
/// the lease ends.
///
/// # What it guarantees
///
/// * At most one process holds the lease on a delivery at a time.
/// * A delivery that was marked as done isn't processed again as long as the mark is kept.
/// * Each lease has a [fencing token](Delivery::fence) that is larger than all earlier tokens, even after the store has
///   lost its data.
///
/// This inbox can't guarantee that your work happens once: a process can die after its work, but before it marks the
/// delivery as done, and then another process does the work again. Make the work idempotent, or use a `PostgresInbox`,
/// where the work and the mark are in the same transaction. If the store loses its data, deliveries that arrive again
/// are treated as new.
///
/// ```no_run
/// use mileston_api::StatusCode;
/// use mileston_api::webhook::{self, RECEIVED, SEND_AGAIN};
/// use mileston_fleet::{Claim, RedisInbox, connect};
/// # async fn fulfil(_: Option<&str>, _: u64) -> Result<(), Box<dyn std::error::Error>> { Ok(()) }
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let inbox = RedisInbox::new(connect("redis://127.0.0.1:6379")?);
/// # Ok(())
/// # }
/// async fn serve(
///     inbox: &RedisInbox<redis::aio::ConnectionManager>,
///     received: &webhook::Delivery,
/// ) -> Result<StatusCode, Box<dyn std::error::Error>> {
///     match inbox.begin(&received.dedupe_key()).await? {
///         Claim::First(delivery) => {
///             fulfil(received.paid_id(), delivery.fence()).await?;
///             delivery.done().await?;
///             Ok(RECEIVED)
///         }
///         Claim::Done => Ok(RECEIVED),
///         Claim::Running { .. } => Ok(SEND_AGAIN),
///     }
/// }
/// ```
///
/// # What the store sees
///
/// One hash of about 150 bytes for each delivery. The hash's name contains a part of the SHA-256 of the delivery's
/// `dedupe_key`, never the `dedupe_key`.
#[derive(Clone, Debug)]
pub struct RedisInbox<C> {
    leases: Leases<C>,
}

/// What [`RedisInbox::begin`] found.
#[derive(Debug)]
#[must_use = "process the delivery only if the result is `First`"]
pub enum Claim<C> {
    /// Nobody has processed this delivery. Process it, and call [`Delivery::done`].
    First(Delivery<C>),
    /// Another process is working on the delivery. Do nothing, and have the platform send the delivery again, for
    /// example by responding with [`SEND_AGAIN`](mileston_api::webhook::SEND_AGAIN).
    Running {
        /// The minimum time until the other process's lease ends.
        left: Duration,
    },
    /// The delivery was processed before. Do nothing, and respond with success.
    Done,
}

impl<C: ConnectionLike + Clone> RedisInbox<C> {
    /// Returns an inbox that uses this connection, for example from [`connect`](crate::connect).
    #[must_use]
    pub fn new(connection: C) -> Self {
        RedisInbox { leases: Leases::new(connection) }
    }

    /// Sets how long a process may work on a delivery before another process can take the delivery over; 30 seconds by
    /// default.
    ///
    /// The lease should be longer than your work takes, and shorter than the pause after which the platform
    /// sends the delivery again.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.leases.lease = lease;
        self
    }

    /// Sets how long a delivery is remembered after it was processed; 30 days by default. Mileston doesn't document how
    /// long it keeps resending deliveries.
    #[must_use]
    pub fn keep(mut self, keep: Duration) -> Self {
        self.leases.keep = keep;
        self
    }

    /// Sets how long the store may take to respond; 500 ms by default.
    #[must_use]
    pub fn store_timeout(mut self, timeout: Duration) -> Self {
        self.leases.timeout = timeout;
        self
    }

    /// Registers an observer that receives the results of this inbox, for metrics.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.leases.observers.set(observer);
        self
    }

    /// Begins to process a delivery. `key` is the [`dedupe_key`](mileston_api::webhook::Delivery::dedupe_key) of the
    /// delivery.
    ///
    /// # Errors
    ///
    /// Returns an error if the store fails. Then don't process the delivery, but have the platform send it again. After
    /// a timeout, the store may have leased the delivery anyway. In that case, no process can begin processing the
    /// delivery until that lease ends.
    pub async fn begin(&self, key: &str) -> Result<Claim<C>, StoreFailure> {
        let name = name(key);
        let (event, claim) = match self.leases.begin(&name).await? {
            Found::New { fence } => {
                let delivery = Delivery { leases: self.leases.clone(), name, fence };
                (Event::FirstDelivery, Claim::First(delivery))
            }
            Found::Running { left } => (Event::BusyDelivery, Claim::Running { left }),
            Found::Done => (Event::DuplicateDelivery, Claim::Done),
        };
        self.leases.observers.report(&event);
        Ok(claim)
    }

    /// Deletes the record of a delivery, and returns whether there was one. If the delivery arrives again, it is
    /// treated as new.
    ///
    /// # Errors
    ///
    /// Returns an error if the store fails.
    pub async fn forget(&self, key: &str) -> Result<bool, StoreFailure> {
        self.leases.delete(&name(key)).await
    }
}
