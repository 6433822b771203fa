//! Implements the clock for browsers, with timers, `performance.now`, `Date` and `Math.random`.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use gloo_timers::future::TimeoutFuture;
use web_time::Instant;

use super::contract::Clock;
use crate::platform::BoxFuture;

/// A browser's clock, for a page or a worker.
///
/// In a background tab, browsers run timers only once a second or, after a few minutes, once a minute. So waits and
/// timeouts take longer in such a tab.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

/// The longest time that `setTimeout` supports. A longer time overflows, so the timer fires too early.
const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

impl Clock for BrowserClock {
    fn now(&self) -> Duration {
        static BEGINNING: OnceLock<Instant> = OnceLock::new();
        BEGINNING.get_or_init(Instant::now).elapsed()
    }

    // The standard library's own clock panics on this target.
    fn wall_time(&self) -> SystemTime {
        let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
        SystemTime::UNIX_EPOCH + since.unwrap_or_default()
    }

    fn sleep(&self, mut duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            while duration > LONGEST {
                timeout(LONGEST).await;
                duration = duration.saturating_sub(LONGEST);
            }
            timeout(duration).await;
        })
    }

    // On this target, the standard library seeds its hash maps with the same keys every time, so they can't provide
    // randomness.
    fn random(&self) -> f64 {
        js_sys::Math::random()
    }
}

/// Waits for at least this time, which must not exceed [`LONGEST`].
fn timeout(duration: Duration) -> TimeoutFuture {
    // The time is rounded up. This doesn't use `as_millis`, whose 128-bit arithmetic adds a lot of code to a page.
    let rest = duration.subsec_nanos().div_ceil(1_000_000);
    let milliseconds = duration.as_secs().saturating_mul(1000).saturating_add(rest.into());
    TimeoutFuture::new(u32::try_from(milliseconds).unwrap_or(u32::MAX))
}
