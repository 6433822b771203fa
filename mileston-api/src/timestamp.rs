//! Reads and writes timestamps in the platform's format: RFC 3339 text in UTC with milliseconds.

mod rfc3339;

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use mileston_keys::write_report;
use openapi_keys_runtime::{Clock as _, DefaultClock};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use self::rfc3339::Rfc3339;

/// An instant in UTC with nanosecond precision, from the second day of year -9999 to `9999-12-30T22:00:00.999Z`.
///
/// The text has the format of JavaScript's `Date.prototype.toJSON`, because the vendor's SDKs send that format
/// (`mileston-payments` 0.2.3, recorded). It always has milliseconds, and smaller units are truncated. Parsing accepts
/// RFC 3339 text with or without a fraction, with `Z` or an offset, and JavaScript's notation for years with more than
/// four digits.
///
/// ```
/// use mileston_api::Timestamp;
///
/// let due: Timestamp = "2025-01-31T01:00:00+01:00".parse()?;
/// assert_eq!(due.to_string(), "2025-01-31T00:00:00.000Z");
/// assert_eq!(due.as_millisecond(), 1_738_281_600_000);
/// # Ok::<(), mileston_api::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff_core::Timestamp);

/// A value can't be converted to or from a [`Timestamp`]. The error describes the problem, but doesn't show the value.
///
/// ```
/// let error = "31.01.2025".parse::<mileston_api::Timestamp>().unwrap_err();
/// assert!(error.to_string().starts_with("expected a date and time with `Z` or an offset"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct TimestampError {
    problem: &'static str,
}

const NOT_RFC_3339: TimestampError = TimestampError {
    problem: "expected a date and time with `Z` or an offset, e.g. `2025-01-31T00:00:00.000Z`",
};

const NO_SUCH_INSTANT: TimestampError = TimestampError {
    problem: "the date or time doesn't exist, or is after 9999-12-30T22:00:00.999Z, the latest supported time",
};

const OUT_OF_RANGE: TimestampError =
    TimestampError { problem: "the time is before year -9999 or after 9999-12-30T22:00:00.999Z" };

const NOT_A_SYSTEM_TIME: TimestampError =
    TimestampError { problem: "the time is outside the range of this machine's clock" };

impl Timestamp {
    /// Returns the current time of this machine's clock.
    ///
    /// # Errors
    ///
    /// Returns an error if the clock's time is outside the range of this type.
    pub fn now() -> Result<Self, TimestampError> {
        Timestamp::try_from(DefaultClock::default().wall_time())
    }

    /// Creates a timestamp from milliseconds since 1970-01-01 in UTC, as in JavaScript.
    ///
    /// # Errors
    ///
    /// Returns an error if the time is outside the range of this type.
    ///
    /// ```
    /// let start = mileston_api::Timestamp::from_millisecond(0)?;
    /// assert_eq!(start.to_string(), "1970-01-01T00:00:00.000Z");
    /// # Ok::<(), mileston_api::TimestampError>(())
    /// ```
    pub fn from_millisecond(millisecond: i64) -> Result<Self, TimestampError> {
        // The milliseconds are split because jiff's own function rejects most of the last second of its range.
        let (second, rest) = (millisecond.div_euclid(1000), millisecond.rem_euclid(1000));
        let nanosecond = i32::try_from(rest * 1_000_000).map_err(|_| OUT_OF_RANGE)?;
        jiff_core::Timestamp::new(second, nanosecond).map(Timestamp).map_err(|_| OUT_OF_RANGE)
    }

    /// Returns the milliseconds since 1970-01-01 in UTC, as in JavaScript. Smaller units are truncated.
    ///
    /// ```
    /// let instant: mileston_api::Timestamp = "1970-01-01T00:00:01.2349Z".parse()?;
    /// assert_eq!(instant.as_millisecond(), 1234);
    /// # Ok::<(), mileston_api::TimestampError>(())
    /// ```
    pub fn as_millisecond(self) -> i64 {
        // For times before 1970, jiff's own function rounds towards 1970, but the text output rounds towards the past.
        self.0.as_second() * 1000 + i64::from(self.0.subsec_nanosecond().div_euclid(1_000_000))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let form = Rfc3339::read(text).ok_or(NOT_RFC_3339)?;
        form.instant().map(Timestamp).ok_or(NO_SUCH_INSTANT)
    }
}

impl TryFrom<&str> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let (since, sign) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => (after, 1),
            Err(before) => (before.duration(), -1),
        };
        let second = i64::try_from(since.as_secs()).map_err(|_| OUT_OF_RANGE)? * sign;
        let nanosecond = i32::try_from(since.subsec_nanos()).map_err(|_| OUT_OF_RANGE)?;
        let nanosecond = if sign < 0 { -nanosecond } else { nanosecond };
        jiff_core::Timestamp::new(second, nanosecond).map(Timestamp).map_err(|_| OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Returns an error if the time is outside the range of the operating system's clock.
    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let Timestamp(instant) = timestamp;
        let seconds = Duration::from_secs(instant.as_second().unsigned_abs());
        let rest = Duration::from_nanos(instant.subsec_nanosecond().unsigned_abs().into());
        let since = seconds + rest;
        let time = match instant.is_negative() {
            true => SystemTime::UNIX_EPOCH.checked_sub(since),
            false => SystemTime::UNIX_EPOCH.checked_add(since),
        };
        time.ok_or(NOT_A_SYSTEM_TIME)
    }
}

/// Writes the timestamp in the format that requests contain, e.g. `2025-01-31T00:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(self.0, 3, f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_whole = self.0.subsec_nanosecond() % 1_000_000 == 0;
        f.write_str("Timestamp(")?;
        rfc3339::write(self.0, if is_whole { 3 } else { 9 }, f)?;
        f.write_str(")")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time as a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Timestamp, E> {
        text.parse().map_err(E::custom)
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem)
    }
}

/// Writes the message. `{:#?}` writes the fields.
impl fmt::Debug for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("TimestampError").field("problem", &self.problem).finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for TimestampError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let timestamp: Timestamp = text.parse().unwrap();
        assert_eq!(timestamp.to_string(), expected);
        let json = serde_json::to_string(&timestamp).unwrap();
        assert_eq!(json, format!("\"{expected}\""));
        let again: Timestamp = serde_json::from_str(&json).unwrap();
        assert_eq!(again.as_millisecond(), timestamp.as_millisecond());
        let counted = Timestamp::from_millisecond(timestamp.as_millisecond()).unwrap();
        assert_eq!(
            counted.to_string(),
            expected,
            "the text and the number must be truncated in the same way"
        );
    }

    #[test]
    fn a_timestamp_is_written_as_in_javascript() {
        check("2025-01-31T00:00:00Z", "2025-01-31T00:00:00.000Z");
        check("2025-01-31T00:00:00.000Z", "2025-01-31T00:00:00.000Z");
        check("2025-01-31T01:30:00.5+01:30", "2025-01-31T00:00:00.500Z");
        check("2025-01-31T00:00:00.123999999-00:00", "2025-01-31T00:00:00.123Z");
        check("2031-12-31T23:59:59.999Z", "2031-12-31T23:59:59.999Z");
        check("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z");
        check("1969-12-31T23:59:58.0001Z", "1969-12-31T23:59:58.000Z");
        check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z");
        check("-000001-01-01T00:00:00Z", "-000001-01-01T00:00:00.000Z");
    }

    proptest::proptest! {
        #[test]
        fn text_is_parsed_to_the_same_instant_as_by_jiff(
            year in r"[0-9]{4}|[+-]00[0-9]{4}|[+-][0-9]{6}|20[0-9]{2}",
            month in 0..14_u8,
            day in 0..33_u8,
            time in r"([01][0-9]|2[0-5]):[0-6][0-9]:[0-6][0-9]",
            fraction in r"(\.[0-9]{1,10})?",
            offset in r"Z|z|[+-]([01][0-9]|2[0-6]):[0-6][0-9]",
            between in r"T|t| ",
        ) {
            let text = format!("{year}-{month:02}-{day:02}{between}{time}{fraction}{offset}");
            let ours = text.parse::<Timestamp>();
            match text.parse::<jiff::Timestamp>() {
                Ok(theirs) => {
                    let ours = ours.unwrap_or_else(|error| panic!("{text}: {error}"));
                    proptest::prop_assert_eq!(ours.0.as_nanosecond(), theirs.as_nanosecond(), "{}", text);
                    proptest::prop_assert_eq!(ours.to_string(), format!("{theirs:.3}"));
                }
                Err(_) => proptest::prop_assert_eq!(ours, Err(NO_SUCH_INSTANT), "{}", text),
            }
        }
    }

    #[test]
    fn invalid_text_is_rejected_and_not_shown_in_the_error() {
        for text in [
            "",
            "hunter2",
            "2025-01-31",
            "2025-01-31T00:00:00",
            "1738281600",
            "20250131T000000Z",
            "2025-01-31T00:00:00+0200",
            "2025-01-31T00:00:00,5Z",
            "2025-01-31T00:00:00.Z",
            "2025-01-31T00Z",
            "2025-01-31T00:00:00Z[UTC]",
            "2025-01-31T00:00:00+01:00[Europe/Paris]",
            "2025-01-31T00:00:00ü",
        ] {
            let error = text.parse::<Timestamp>().unwrap_err();
            assert_eq!(error, NOT_RFC_3339, "{text}");
            let error = serde_json::from_value::<Timestamp>(text.into()).unwrap_err();
            assert_eq!(error.to_string(), NOT_RFC_3339.to_string());
        }
        let error = serde_json::from_str::<Timestamp>("17").unwrap_err().to_string();
        assert!(
            error.ends_with("expected a date and time as a string at line 1 column 2"),
            "{error}"
        );
    }

    #[test]
    fn dates_that_do_not_exist_or_are_out_of_range_are_rejected() {
        for text in ["2025-02-30T00:00:00Z", "2025-01-31T25:00:00Z", "9999-12-31T23:59:59.999Z"] {
            assert_eq!(text.parse::<Timestamp>(), Err(NO_SUCH_INSTANT), "{text}");
        }
        check("9999-12-30T22:00:00Z", "9999-12-30T22:00:00.000Z");
    }

    #[test]
    fn numbers_out_of_range_are_rejected() {
        assert_eq!(Timestamp::from_millisecond(i64::MAX), Err(OUT_OF_RANGE));
        assert_eq!(Timestamp::from_millisecond(i64::MIN), Err(OUT_OF_RANGE));
    }

    #[test]
    fn the_last_instant_is_the_documented_one() {
        let last = Timestamp::from_millisecond(253_402_207_200_999).unwrap();
        assert_eq!(last.to_string(), "9999-12-30T22:00:00.999Z");
        assert_eq!("9999-12-30T22:00:00.999Z".parse(), Ok(last));
        assert!(Timestamp::from_millisecond(253_402_207_201_000).is_err());
        let before = Timestamp::from_millisecond(-1).unwrap();
        assert_eq!(before.to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn system_time_converts_both_ways() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_738_281_600_123);
        let timestamp = Timestamp::try_from(time).unwrap();
        assert_eq!(timestamp.to_string(), "2025-01-31T00:00:00.123Z");
        assert_eq!(SystemTime::try_from(timestamp), Ok(time));
        assert!(Timestamp::now().unwrap() > timestamp);
    }
}
