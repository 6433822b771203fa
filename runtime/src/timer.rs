//! A limit of time for all that an attempt waits for.
//!
//! One timer for all of it: a limit for each wait would add up to more.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use crate::clock::Clock;
use crate::platform::BoxFuture;

/// A limit of time over all that something waits for, by a [`Clock`](crate::Clock).
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
    /// `None`: it is over.
    left: Option<BoxFuture<'static, ()>>,
}

impl Timer {
    /// The time is over after this long.
    #[must_use]
    pub fn new(clock: &dyn Clock, limit: Duration) -> Self {
        Timer { left: Some(clock.sleep(limit)) }
    }

    /// Returns what the future gives, or `None` if the time is over before.
    ///
    /// What is ready counts, however late it is looked at: a response that is there is never thrown away. The future is
    /// pinned where it is, since that of a request is large, and what is handed to an async function is kept twice.
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
    async fn one_time_for_all_that_is_waited_for() {
        let started = Instant::now();
        let mut timer = Timer::new(&TokioClock, Duration::from_secs(5));
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, Some(()));
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, None);
        assert_eq!(started.elapsed(), Duration::from_secs(5));
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_ready_counts_however_late() {
        let mut timer = Timer::new(&TokioClock, Duration::ZERO);
        assert_eq!(timer.bound(pin!(ready(7))).await, Some(7));
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_beyond_all_clocks_is_none() {
        let mut timer = Timer::new(&TokioClock, Duration::MAX);
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(1 << 20)))).await, Some(()));
    }
}
