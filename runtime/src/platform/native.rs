//! Implements the platform for native programs, where futures move between threads.

use std::collections::hash_map::RandomState;
use std::future::Future;
use std::hash::{BuildHasher as _, Hasher as _};
use std::pin::Pin;
use std::time::SystemTime;

use bytes::Bytes;
/// An asynchronous lock.
pub(crate) use tokio::sync::{Mutex as Turn, MutexGuard as TurnGuard};

/// The same as `Send` on native platforms. In a browser, this trait requires nothing, because futures there stay on
/// one thread.
///
/// Use this trait only in bounds. It is already implemented for every possible type.
pub trait MaybeSend: Send {}
impl<T: Send + ?Sized> MaybeSend for T {}

/// A boxed future. It is `Send` on native platforms, but not in a browser.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed response body.
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E> + Send>>;

/// Returns the float nearest to a JSON number. The result is infinite if the number is too large.
pub(crate) fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::INFINITY)
}

/// Returns the shortest decimal that parses to this float.
pub(crate) fn float_text(number: f64) -> String {
    number.to_string()
}

/// Reads the date in a header, in any of the three HTTP date formats (RFC 9110, section 5.6.7).
pub(crate) fn http_date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

/// Returns a number that can't be guessed. It comes from the standard library's hasher, which is seeded with random
/// numbers from the operating system.
pub(crate) fn unpredictable() -> u128 {
    let half = || u128::from(RandomState::new().build_hasher().finish());
    (half() << 64) | half()
}

/// Acquires the lock, or returns `None` if it isn't free.
pub(crate) fn try_turn(turn: &Turn<()>) -> Option<TurnGuard<'_, ()>> {
    turn.try_lock().ok()
}
