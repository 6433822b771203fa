//! Defines the clock that a client needs.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::platform::BoxFuture;

/// The source of time and randomness for a client, set with `ClientBuilder::clock`. The default is
/// [`DefaultClock`](crate::DefaultClock).
///
/// A test can implement this trait to control how long waits take and how much jitter they have.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use openapi_keys_runtime::{BoxFuture, Clock};
///
/// /// Makes every short wait end immediately.
/// struct Impatient;
///
/// impl Clock for Impatient {
///     fn now(&self) -> Duration {
///         Duration::ZERO
///     }
///     fn wall_time(&self) -> SystemTime {
///         SystemTime::UNIX_EPOCH
///     }
///     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         // An attempt's timeout is also a `sleep`, and must not expire immediately.
///         if duration >= Duration::from_secs(5) {
///             Box::pin(std::future::pending())
///         } else {
///             Box::pin(std::future::ready(()))
///         }
///     }
///     fn random(&self) -> f64 {
///         0.5
///     }
/// }
/// # let _ = Impatient;
/// ```
pub trait Clock: Send + Sync {
    /// Returns the time since a fixed moment. The time never goes backwards.
    fn now(&self) -> Duration;

    /// Returns the current date and time. The client compares it with dates in responses.
    fn wall_time(&self) -> SystemTime;

    /// Returns a future that completes after this time. With [`Duration::MAX`], it never completes.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Returns a random number from 0 (inclusive) to 1 (exclusive). The number is used to spread retries and must not
    /// be used for secrets.
    fn random(&self) -> f64;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn wall_time(&self) -> SystemTime {
        (**self).wall_time()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }

    fn random(&self) -> f64 {
        (**self).random()
    }
}
