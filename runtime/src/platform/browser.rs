//! Implements the platform for browsers. A JavaScript value can't move to another thread, and neither can a future that
//! waits for one.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
/// An asynchronous lock.
pub(crate) use futures_util::lock::{Mutex as Turn, MutexGuard as TurnGuard};

use crate::json::without_exponent;

/// The same as `Send` on native platforms. In a browser, this trait requires nothing, because futures there stay on
/// one thread.
///
/// Use this trait only in bounds. It is already implemented for every possible type.
pub trait MaybeSend {}
impl<T: ?Sized> MaybeSend for T {}

/// A boxed future. It is `Send` on native platforms, but not in a browser.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed response body.
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E>>>;

/// Returns the float nearest to a JSON number. The result is infinite if the number is too large.
///
/// This function calls JavaScript, because the tables that Rust needs for this conversion take 20 kB.
pub(crate) fn float(text: &str) -> f64 {
    js_sys::parse_float(text)
}

/// Returns the shortest decimal that parses to this float, in Rust's format.
pub(crate) fn float_text(number: f64) -> String {
    match number {
        _ if number.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "inf".to_owned(),
        f64::NEG_INFINITY => "-inf".to_owned(),
        0.0 if number.is_sign_negative() => "-0".to_owned(),
        _ => {
            let text = js_sys::Number::from(number).to_string_with_radix(10).map(String::from);
            without_exponent(&text.unwrap_or_default())
        }
    }
}

/// Reads the date in a header, in any of the three HTTP date formats (RFC 9110, section 5.6.7).
pub(crate) fn http_date(text: &str) -> Option<SystemTime> {
    // Each format begins with the name of a day. JavaScript would also parse other strings, and would use the user's
    // time zone for a date without a time zone.
    let is_one = text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.contains(':');
    let text = text.strip_suffix(" GMT").unwrap_or(text);
    let milliseconds = js_sys::Date::parse(&[text, " GMT"].concat());
    // An invalid date or a date before 1970 is outside this range.
    (is_one && milliseconds >= 0.0)
        .then(|| SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds as u64)))?
}

/// Returns a number that is different each time, for multipart boundaries. `Math.random` is good enough, because the
/// page's user chooses the files in a body and has no reason to forge a boundary.
pub(crate) fn unpredictable() -> u128 {
    let part = |shift: u32| ((js_sys::Math::random() * f64::from(u32::MAX)) as u128) << shift;
    part(0) | part(32) | part(64) | part(96)
}

/// Acquires the lock, or returns `None` if it isn't free.
pub(crate) fn try_turn(turn: &Turn<()>) -> Option<TurnGuard<'_, ()>> {
    turn.try_lock()
}
