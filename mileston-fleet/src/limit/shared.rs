//! The rate limit. It queries the store, or decides without it if the store is unavailable.

use mileston_api::{Admission, Ask, Eventually, Governor};
use redis::aio::ConnectionLike;

use super::IfUnavailable;
use super::local::{Local, Reservation};
use super::quota::Quota;
use super::store::{PAUSE, Reply, Store};
use crate::StoreFailure;
use crate::observe::{Event, Observers, Store as Kind};

/// Keeps all processes with the same credential within its rate limits.
///
/// Each admission is one round trip to Redis or Valkey, in which a script counts the request by the store's clock. As
/// with [`RateLimit`](mileston_api::RateLimit), the number of requests in any window doesn't exceed the quota while the
/// store is available, and a request over the quota waits for its turn if the call's timeout allows it.
///
/// Give each process the same credential, the same quotas and the same number of processes:
///
/// ```no_run
/// use mileston_api::{Client, NormalKey, Test};
/// use mileston_fleet::{IfUnavailable, SharedRateLimit, connect};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let key = NormalKey::<Test>::from_env("MILESTON_KEY")?;
/// let store = connect("redis://127.0.0.1:6379")?;
/// let limit = SharedRateLimit::builder(store, key.expose_secret(), 10)
///     .if_unavailable(IfUnavailable::LocalShare)
///     .build();
/// let client = Client::builder(key, "my-business")?.governor(limit).build()?;
/// # Ok(())
/// # }
/// ```
///
/// # If the store fails
///
/// If the store returns an error, or doesn't respond within 200 ms, it is treated as unavailable, and [`IfUnavailable`]
/// decides what happens. A command without a response may have been executed. In that case, the store counts a request
/// that wasn't sent, which is safe. For a second after a failure, the store isn't queried again.
///
/// If the store is empty after a failure (restarted without persistence, flushed, evicted), it isn't known how many
/// requests were sent before the failure. Until the store has counted requests for a whole window, each process also
/// stays within its share of the quota for that window. The same applies when a credential is used for the first time.
///
/// # What the store sees
///
/// One list for each credential, with the times of its latest requests. The list's name contains the first 16
/// hexadecimal digits of the credential's SHA-256, never the credential.
#[derive(Debug)]
pub struct SharedRateLimit<C> {
    pub(super) store: Store<C>,
    pub(super) quotas: Vec<Quota>,
    pub(super) local: Local,
    pub(super) if_unavailable: IfUnavailable,
    pub(super) observers: Observers,
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> SharedRateLimit<C> {
    async fn decide(&self, ask: Ask) -> Admission {
        let reservation = self.local.reserve(ask.now);
        let reply = self.store.ask(&self.quotas, &reservation.waits, ask.now).await;
        let admission = match reply {
            Ok(reply) => self.by_store(&reply),
            Err(failure) => self.without_store(failure, &reservation),
        };
        if admission != Admission::Now {
            self.local.give_back(&reservation);
        }
        admission
    }

    fn by_store(&self, reply: &Reply) -> Admission {
        let incomplete = self.quotas.iter().any(|quota| reply.age < quota.window);
        if reply.wait.is_zero() {
            self.observe(Event::Admitted { incomplete });
            Admission::Now
        } else {
            self.observe(Event::Delayed { wait: reply.wait, incomplete });
            Admission::After(reply.wait)
        }
    }

    fn without_store(&self, failure: Option<StoreFailure>, reservation: &Reservation) -> Admission {
        if let Some(failure) = failure {
            self.observe(Event::StoreFailed { store: Kind::Redis, failure });
        }
        let wait = reservation.waits.iter().max().copied().unwrap_or_default();
        match self.if_unavailable {
            IfUnavailable::Refuse => {
                self.observe(Event::Refused);
                Admission::Refuse(PAUSE)
            }
            IfUnavailable::LocalShare if wait.is_zero() => {
                self.observe(Event::AdmittedByShare);
                Admission::Now
            }
            IfUnavailable::LocalShare => {
                self.observe(Event::Delayed { wait, incomplete: true });
                Admission::After(wait)
            }
        }
    }

    fn observe(&self, event: Event) {
        self.observers.report(&event);
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Governor for SharedRateLimit<C> {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        Eventually::later(self.decide(ask))
    }
}
