//! Formats times and durations. Times look like times in the API, but with a space and `UTC` instead of `T` and `Z`.

use std::time::Duration;

use maud::{Markup, html};
use mileston_api::Timestamp;

/// Formats a date and time, to the second. The `datetime` attribute contains the exact time, for programs to read.
pub(super) fn when(at: &Timestamp) -> Markup {
    let exact = at.to_string();
    let (date, time) = split(&exact);
    let time = time.split('.').next().unwrap_or(time);
    html! { time datetime=(exact) { (date) " " (time) " UTC" } }
}

/// Formats a date and time, to the millisecond.
pub(super) fn when_exactly(at: &Timestamp) -> Markup {
    let exact = at.to_string();
    let (date, time) = split(&exact);
    html! { time datetime=(exact) { (date) " " (time) " UTC" } }
}

/// Formats a date.
pub(super) fn day(at: &Timestamp) -> Markup {
    let exact = at.to_string();
    html! { time datetime=(exact) { (split(&exact).0) } }
}

/// Formats a duration in milliseconds, with one decimal place below 10 ms.
pub(super) fn milliseconds(took: Duration) -> String {
    let milliseconds = took.as_secs_f64() * 1000.0;
    if milliseconds < 9.95 {
        format!("{milliseconds:.1} ms")
    } else {
        format!("{milliseconds:.0} ms")
    }
}

/// Returns the date and time of an RFC 3339 timestamp in UTC.
fn split(exact: &str) -> (&str, &str) {
    let (date, time) = exact.split_once('T').unwrap_or((exact, ""));
    (date, time.trim_end_matches('Z'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_briefly_and_its_attribute_is_exact() {
        let at: Timestamp = "2031-01-31T08:00:05.120Z".parse().unwrap();
        let tag = r#"<time datetime="2031-01-31T08:00:05.120Z">"#;
        for (markup, text) in [
            (when(&at), "2031-01-31 08:00:05 UTC"),
            (when_exactly(&at), "2031-01-31 08:00:05.120 UTC"),
            (day(&at), "2031-01-31"),
        ] {
            assert_eq!(markup.into_string(), format!("{tag}{text}</time>"));
        }
    }

    #[test]
    fn a_duration_is_in_milliseconds() {
        for (microseconds, text) in [
            (0, "0.0 ms"),
            (378, "0.4 ms"),
            (9_949, "9.9 ms"),
            (9_951, "10 ms"),
            (1_234_567, "1235 ms"),
        ] {
            assert_eq!(milliseconds(Duration::from_micros(microseconds)), text);
        }
    }
}
