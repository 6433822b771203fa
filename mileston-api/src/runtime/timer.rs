//! The time limit of an attempt: one timer for all that an attempt waits for.
//!
//! reqwest has limits of its own. They cost an allocation for each request, and a limit that differs from the client's
//! costs a map as well.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use tokio::time::Sleep;

/// What is left of an attempt's time.
pub(crate) struct Timer<'a> {
    sleep: Pin<&'a mut Sleep>,
}

impl<'a> Timer<'a> {
    /// The time is over when this ends.
    pub(crate) fn of(sleep: Pin<&'a mut Sleep>) -> Self {
        Timer { sleep }
    }

    /// What the future gives, or `None` if the time is over before.
    ///
    /// What is ready counts, however late it is looked at: an answer that is there is never thrown away. The future is
    /// pinned where it is, since that of a request is large and moving it costs more than the timer.
    pub(crate) fn bound<F: Future>(
        &mut self,
        mut future: Pin<&mut F>,
    ) -> impl Future<Output = Option<F::Output>> {
        poll_fn(move |context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => self.sleep.as_mut().poll(context).map(|()| None),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::pin::pin;
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_time_for_all_that_is_waited_for() {
        let started = Instant::now();
        let mut limit = pin!(sleep(Duration::from_secs(5)));
        let mut timer = Timer::of(limit.as_mut());
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, Some(()));
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(3)))).await, None);
        assert_eq!(started.elapsed(), Duration::from_secs(5));
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
        assert_eq!(started.elapsed(), Duration::from_secs(5));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_ready_counts_however_late() {
        let mut limit = pin!(sleep(Duration::ZERO));
        let mut timer = Timer::of(limit.as_mut());
        assert_eq!(timer.bound(pin!(pending::<()>())).await, None);
        assert_eq!(timer.bound(pin!(ready(7))).await, Some(7));
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_beyond_all_clocks_is_none() {
        let mut limit = pin!(sleep(Duration::MAX));
        let mut timer = Timer::of(limit.as_mut());
        assert_eq!(timer.bound(pin!(sleep(Duration::from_secs(1 << 20)))).await, Some(()));
    }
}
