//! An instant as the platform writes it: RFC 3339 text in UTC with milliseconds.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use mileston_keys::write_report;
use openapi_keys_runtime::{Clock as _, DefaultClock};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

/// An instant in UTC, to the nanosecond, from the second day of year -9999 to `9999-12-30T22:00:00.999Z`.
///
/// It is written as JavaScript's `Date.prototype.toJSON` does, since that is what the vendor's SDKs send
/// (`mileston-payments` 0.2.3, seen on the wire): always with milliseconds, the rest cut off. Read is RFC 3339 text, with
/// or without fraction, with `Z` or an offset, and years as JavaScript writes those that have more than four digits.
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
pub struct Timestamp(jiff::Timestamp);

/// A text or a number is no [`Timestamp`]. It says what was expected, and repeats nothing of what was found.
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
    problem: "no such date or time, or one after 9999-12-30T22:00:00.999Z, the last that can be held",
};

const OUT_OF_RANGE: TimestampError = TimestampError {
    problem: "the instant is before year -9999 or after 9999-12-30T22:00:00.999Z",
};

const NOT_A_SYSTEM_TIME: TimestampError =
    TimestampError { problem: "the clock of this platform has no such instant" };

impl Timestamp {
    /// Returns the current time by this machine's clock.
    ///
    /// # Errors
    ///
    /// The clock is set beyond the range of this type.
    pub fn now() -> Result<Self, TimestampError> {
        Timestamp::try_from(DefaultClock::default().wall_time())
    }

    /// From milliseconds since 1970-01-01 in UTC, as JavaScript counts.
    ///
    /// # Errors
    ///
    /// Outside of the range of this type.
    ///
    /// ```
    /// let start = mileston_api::Timestamp::from_millisecond(0)?;
    /// assert_eq!(start.to_string(), "1970-01-01T00:00:00.000Z");
    /// # Ok::<(), mileston_api::TimestampError>(())
    /// ```
    pub fn from_millisecond(millisecond: i64) -> Result<Self, TimestampError> {
        // In two parts: jiff's own function refuses the last second but for its beginning.
        let (second, rest) = (millisecond.div_euclid(1000), millisecond.rem_euclid(1000));
        let nanosecond = i32::try_from(rest * 1_000_000).map_err(|_| OUT_OF_RANGE)?;
        jiff::Timestamp::new(second, nanosecond).map(Timestamp).map_err(|_| OUT_OF_RANGE)
    }

    /// As milliseconds since 1970-01-01 in UTC, as JavaScript counts; the rest is cut off.
    ///
    /// ```
    /// let instant: mileston_api::Timestamp = "1970-01-01T00:00:01.2349Z".parse()?;
    /// assert_eq!(instant.as_millisecond(), 1234);
    /// # Ok::<(), mileston_api::TimestampError>(())
    /// ```
    pub fn as_millisecond(self) -> i64 {
        // Before 1970, jiff's own cuts towards 1970, while the text is cut towards the past.
        self.0.as_second() * 1000 + i64::from(self.0.subsec_nanosecond().div_euclid(1_000_000))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !is_rfc_3339(text) {
            return Err(NOT_RFC_3339);
        }
        // What jiff says of a bad text repeats it.
        text.parse().map(Timestamp).map_err(|_| NO_SUCH_INSTANT)
    }
}

/// The form alone: jiff also reads other forms of ISO 8601 and Temporal, which no JSON of the platform should hold.
fn is_rfc_3339(text: &str) -> bool {
    let signed = text.starts_with(['+', '-']);
    let Some(rest) = text.get(if signed { "-YYYYYY".len() } else { "YYYY".len() }..) else {
        return false;
    };
    let year = &text[usize::from(signed)..text.len() - rest.len()];
    let Some((date_time, rest)) = rest.split_at_checked("-MM-DDTHH:MM:SS".len()) else {
        return false;
    };
    let fits = |text: &str, form: &str| {
        text.len() == form.len()
            && text.bytes().zip(form.bytes()).all(|(found, wanted)| match wanted {
                b'0' => found.is_ascii_digit(),
                b'T' => matches!(found, b'T' | b't' | b' '),
                other => found == other,
            })
    };
    let fraction = rest
        .strip_prefix('.')
        .map(|digits| digits.trim_start_matches(|each: char| each.is_ascii_digit()));
    let offset = match fraction {
        Some(offset) if offset.len() + 1 < rest.len() => offset,
        Some(_) => return false,
        None => rest,
    };
    year.bytes().all(|each| each.is_ascii_digit())
        && fits(date_time, "-00-00T00:00:00")
        && (matches!(offset, "Z" | "z") || fits(offset, "+00:00") || fits(offset, "-00:00"))
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
        jiff::Timestamp::try_from(time).map(Timestamp).map_err(|_| OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Fails where the clock of the platform has no such instant.
    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        SystemTime::try_from(timestamp.0).map_err(|_| NOT_A_SYSTEM_TIME)
    }
}

/// As it goes over the wire, e.g. `2025-01-31T00:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({})", self.0)
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

/// The sentence. With `{:#?}` the fields.
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
    use std::time::Duration;

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
        assert_eq!(counted.to_string(), expected, "text and number are cut alike");
    }

    #[test]
    fn it_is_written_as_javascript_does() {
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

    #[test]
    fn what_is_no_instant_is_refused_without_repeating_it() {
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
    fn dates_that_do_not_exist_or_cannot_be_held_are_refused() {
        for text in ["2025-02-30T00:00:00Z", "2025-01-31T25:00:00Z", "9999-12-31T23:59:59.999Z"] {
            assert_eq!(text.parse::<Timestamp>(), Err(NO_SUCH_INSTANT), "{text}");
        }
        check("9999-12-30T22:00:00Z", "9999-12-30T22:00:00.000Z");
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        assert_eq!(Timestamp::from_millisecond(i64::MAX), Err(OUT_OF_RANGE));
        assert_eq!(Timestamp::from_millisecond(i64::MIN), Err(OUT_OF_RANGE));
    }

    #[test]
    fn the_last_instant_is_the_one_that_is_documented() {
        let last = Timestamp::from_millisecond(253_402_207_200_999).unwrap();
        assert_eq!(last.to_string(), "9999-12-30T22:00:00.999Z");
        assert_eq!("9999-12-30T22:00:00.999Z".parse(), Ok(last));
        assert!(Timestamp::from_millisecond(253_402_207_201_000).is_err());
        let before = Timestamp::from_millisecond(-1).unwrap();
        assert_eq!(before.to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn the_clock_of_the_machine_goes_both_ways() {
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_738_281_600_123);
        let timestamp = Timestamp::try_from(time).unwrap();
        assert_eq!(timestamp.to_string(), "2025-01-31T00:00:00.123Z");
        assert_eq!(SystemTime::try_from(timestamp), Ok(time));
        assert!(Timestamp::now().unwrap() > timestamp);
    }
}
