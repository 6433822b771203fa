//! Reads the wait that a response requests with `Retry-After`. Pure.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderName, RETRY_AFTER};

use crate::platform::http_date;
use crate::received::Received;

/// Returns the requested wait: a number of seconds, or the time until a date. A date is compared with the response's
/// own `Date`, so a wrong clock on this machine has no effect. If there is no `Date`, the date is compared with
/// `now`. A date in the past means no wait.
///
/// Returns `None` if the header is missing or contains neither a number nor a date. Reads all three HTTP date
/// formats (RFC 9110, section 5.6.7).
pub(crate) fn retry_after(headers: &Received, now: SystemTime) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let until = http_date(text)?;
    let sent = self::text(headers, &DATE).and_then(http_date).unwrap_or(now);
    Some(until.duration_since(sent).unwrap_or_default())
}

fn text<'a>(headers: &'a Received, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use http::header::{HeaderMap, HeaderValue};

    use super::*;

    /// The time of `Sun, 06 Nov 1994 08:49:37 GMT`.
    const NOW: u64 = 784_111_777;

    #[track_caller]
    fn check(value: &'static str, date: Option<&'static str>, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        assert_eq!(retry_after(&headers.into(), now), expected.map(Duration::from_secs), "{value}");
    }

    #[test]
    fn seconds_are_read() {
        check("0", None, Some(0));
        check(" 120 ", None, Some(120));
        check("007", None, Some(7));
    }

    #[test]
    fn a_number_of_seconds_that_overflows_is_read_as_a_very_long_wait() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999999999999999999"));
        assert_eq!(retry_after(&headers.into(), SystemTime::now()), Some(Duration::MAX));
    }

    #[test]
    fn a_date_is_measured_from_the_responses_own_date() {
        check("Sun, 06 Nov 1994 08:50:37 GMT", None, Some(60));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some("Sun, 06 Nov 1994 08:50:30 GMT"), Some(7));
        check("Sun, 06 Nov 1994 08:50:37 GMT", Some("yesterday"), Some(60));
        check("Sunday, 06-Nov-94 08:50:37 GMT", None, Some(60));
        check("Sun Nov  6 08:50:37 1994", None, Some(60));
        check("Sun, 06 Nov 1994 08:49:36 GMT", None, Some(0));
        check("Thu, 01 Jan 1970 00:00:00 GMT", None, Some(0));
    }

    #[test]
    fn any_other_value_is_ignored() {
        for value in ["", "-1", "1.5", "1e3", "soon", "120, 60", "Sun, 31 Feb 1994 08:49:37 GMT"] {
            check(value, None, None);
        }
        assert_eq!(retry_after(&HeaderMap::new().into(), SystemTime::now()), None);
    }
}
