//! A rate limit that all processes with the same credential share, in Redis or Valkey.

mod builder;
mod event;
mod local;
mod quota;
mod store;

pub use builder::SharedRateLimitBuilder;
pub use event::{Event, Observer};
pub use store::{StoreFailure, connect};

use std::sync::Arc;
use std::time::Duration;

use mileston_api::{Admission, Ask, Eventually, Governor};
use redis::aio::ConnectionLike;

use self::local::{Local, Reservation};
use self::quota::Quota;
use self::store::{Reply, Store};

/// What happens to requests while the store can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IfUnavailable {
    /// They fail with [`ErrorKind::RateLimited`](mileston_api::ErrorKind::RateLimited), and nothing is sent.
    Refuse,
    /// Each process keeps to its share: the quota divided by the number of processes.
    LocalShare,
}

/// Keeps all processes with the same credential together within its rate limits.
///
/// Each admission is one round trip to Redis or Valkey, in which a script counts the request by the store's clock. As
/// with [`RateLimit`](mileston_api::RateLimit), there are never more requests than the quota in any span of time, and a
/// request over the quota waits for its turn if the call's timeout allows it.
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
/// let limit = SharedRateLimit::builder(store, key.expose_secret())
///     .processes(10)
///     .if_unavailable(IfUnavailable::LocalShare)
///     .build();
/// let client = Client::builder(key, "my-business".parse()?).governor(limit).build()?;
/// # Ok(())
/// # }
/// ```
///
/// # If the store fails
///
/// An error, or no response in 200 ms, counts as "unavailable", and [`IfUnavailable`] decides. A command without a
/// response may have been executed: then the store counts a request that wasn't sent, which is safe. For a second after
/// a failure, the store isn't asked again.
///
/// If the store comes back empty (restarted without persistence, flushed, evicted), nobody knows how many requests were
/// sent before. Until a whole span has passed since then, each process also keeps to its share of the quota of that
/// span. The same applies when a credential is used for the first time.
///
/// # What the store sees
///
/// One list for each credential, with the times of its latest requests. Its name contains the first 16 hexadecimal
/// digits of the SHA-256 of the credential, never the credential.
#[derive(Debug)]
pub struct SharedRateLimit<C> {
    store: Store<C>,
    quotas: Vec<Quota>,
    local: Local,
    if_unavailable: IfUnavailable,
    observer: Option<Arc<dyn Observer>>,
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> SharedRateLimit<C> {
    /// Starts to build a limit for a credential. `credential` is the text of the API key; only a part of its SHA-256
    /// leaves the process.
    pub fn builder(connection: C, credential: &str) -> SharedRateLimitBuilder<C> {
        SharedRateLimitBuilder::new(connection, credential)
    }

    async fn decide(&self, ask: Ask) -> Admission {
        let reservation = self.local.reserve(ask.now);
        let reply = self.store.ask(&self.quotas, &reservation.waits, ask.now).await;
        let admission = match reply {
            Ok(reply) => self.by_store(&reply, &reservation),
            Err(failure) => self.without_store(failure, &reservation),
        };
        if admission != Admission::Now {
            self.local.give_back(&reservation);
        }
        admission
    }

    fn by_store(&self, reply: &Reply, _: &Reservation) -> Admission {
        let incomplete = self.quotas.iter().any(|quota| reply.age < quota.span);
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
            self.observe(Event::StoreFailed(failure));
        }
        let wait = reservation.waits.iter().max().copied().unwrap_or_default();
        match self.if_unavailable {
            IfUnavailable::Refuse => {
                self.observe(Event::Refused);
                Admission::Refuse(store::PAUSE)
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
        if let Some(observer) = &self.observer {
            observer.event(&event);
        }
    }
}

impl<C: ConnectionLike + Clone + Send + Sync + 'static> Governor for SharedRateLimit<C> {
    fn admit<'a>(&'a self, ask: Ask) -> Eventually<'a, Admission> {
        Eventually::later(self.decide(ask))
    }
}

/// The longest span of the quotas.
fn longest(quotas: &[Quota]) -> Duration {
    quotas.iter().map(|quota| quota.span).max().unwrap_or_default()
}
