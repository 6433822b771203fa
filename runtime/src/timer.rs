//! Provides a single time limit for all the waits of an attempt.
//!
//! There is only one timer, because separate limits for each wait would add up to a longer time.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::clock::Clock;
use crate::platform::BoxFuture;

/// A time limit for a series of waits, measured with a [`Clock`](crate::Clock).
///
/// ```
/// use std::pin::pin;
/// use std::time::Duration;
///
/// use openapi_keys_runtime::{Timer, TokioClock};
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let mut timer = Timer::new(&TokioClock, Duration::from_millis(10));
/// assert_eq!(timer.bound(pin!(async { 7 })).await, Some(7));
/// assert_eq!(timer.bound(pin!(std::future::pending::<u8>())).await, None);
/// # });
/// ```
pub struct Timer {
    /// The remaining wait, or `None` if the limit has expired.
    left: Option<BoxFuture<'static, ()>>,
}

impl Timer {
    /// Creates a timer that expires after `limit`.
    #[must_use]
    pub fn new(clock: &dyn Clock, limit: Duration) -> Self {
        Timer { left: Some(clock.sleep(limit)) }
    }

    /// Returns the output of the future, or `None` if the limit expires first.
    ///
    /// If the future is ready, its output is returned even after the limit, so a response that has arrived is never
    /// discarded. The future is passed as a pinned reference, because a request's future is large and an async
    /// function would keep two copies of it.
    pub fn bound<F: Future + ?Sized>(
        &mut self,
        mut future: Pin<&mut F>,
    ) -> impl Future<Output = Option<F::Output>> {
        poll_fn(move |context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => {
                let Some(left) = &mut self.left else { return Poll::Ready(None) };
                std::task::ready!(left.as_mut().poll(context));
                self.left = None;
                Poll::Ready(None)
            }
        })
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer").field("is_over", &self.left.is_none()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::pin::pin;

    use tokio::time::{Instant, sleep};

    use super::*;
    use crate::clock::TokioClock;

    #[tokio::test(start_paused = true)]
    async fn one_limit_covers_all_waits() {
        let started = Instant::now();
        let mut timer = Timer::new(&TokioClock, Duration::from_secs(5));
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, Some(()));
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, None);
        assert_eq!(started.elapsed(), Duration::from_secs(5));
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_ready_future_takes_precedence_over_the_limit() {
        let mut timer = Timer::new(&TokioClock, Duration::ZERO);
        assert_eq!(timer.bound(pin!(ready(7))).await, Some(7));
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_longer_than_any_clock_never_expires() {
        let mut timer = Timer::new(&TokioClock, Duration::MAX);
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(1 << 20)))).await, Some(()));
    }
}
