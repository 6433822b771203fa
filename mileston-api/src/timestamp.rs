//! An instant as the platform writes it: RFC 3339 text in UTC with milliseconds.

mod civil;

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::time::{Duration, SystemTime};

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
pub struct Timestamp {
    /// Since 1970, rounded down.
    second: i64,
    nanosecond: u32,
}

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

/// The seconds of the instants that can be held. The ends leave room for any offset.
const SECONDS: std::ops::RangeInclusive<i64> = -377_705_023_201..=253_402_207_200;

const SECONDS_OF_DAY: i64 = 86_400;

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
        let (second, rest) = (millisecond.div_euclid(1000), millisecond.rem_euclid(1000));
        Timestamp::new(second, rest as u32 * 1_000_000).ok_or(OUT_OF_RANGE)
    }

    /// As milliseconds since 1970-01-01 in UTC, as JavaScript counts; the rest is cut off.
    ///
    /// ```
    /// let instant: mileston_api::Timestamp = "1970-01-01T00:00:01.2349Z".parse()?;
    /// assert_eq!(instant.as_millisecond(), 1234);
    /// # Ok::<(), mileston_api::TimestampError>(())
    /// ```
    pub fn as_millisecond(self) -> i64 {
        self.second * 1000 + i64::from(self.nanosecond / 1_000_000)
    }

    fn new(second: i64, nanosecond: u32) -> Option<Self> {
        SECONDS.contains(&second).then_some(Timestamp { second, nanosecond })
    }

    /// Writes date and time, without what is smaller than a second.
    fn write_seconds(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil::date(self.second.div_euclid(SECONDS_OF_DAY));
        let second = self.second.rem_euclid(SECONDS_OF_DAY);
        match year {
            0.. => write!(f, "{year:04}")?,
            // As JavaScript writes it: with six digits.
            _ => write!(f, "{year:07}")?,
        }
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        for (mark, number) in [('-', month), ('-', day), ('T', hour), (':', minute), (':', second)]
        {
            f.write_char(mark)?;
            write!(f, "{number:02}")?;
        }
        Ok(())
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !is_rfc_3339(text) {
            return Err(NOT_RFC_3339);
        }
        instant(text).ok_or(NO_SUCH_INSTANT)
    }
}

/// Returns the instant of a text that has the form. `None` if it doesn't exist or can't be held.
fn instant(text: &str) -> Option<Timestamp> {
    let (year, rest) = match text.as_bytes().first()? {
        b'+' | b'-' => text.split_at_checked(7)?,
        _ => text.split_at_checked(4)?,
    };
    // There is one year 0, and it has no sign.
    if year == "-000000" {
        return None;
    }
    let year = year.parse().ok()?;
    let number = |start: usize| rest.get(start..start + 2)?.parse::<i64>().ok();
    let day = civil::days(year, number(1)?, number(4)?)?;
    let (hour, minute, second) = (number(7)?, number(10)?, number(13)?);
    // Second 60 is a leap second, which no clock here has.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let second = day * SECONDS_OF_DAY + hour * 3600 + minute * 60 + second.min(59);
    let rest = rest.get("-MM-DDTHH:MM:SS".len()..)?;
    let digits = rest
        .strip_prefix('.')
        .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let (fraction, offset) = match digits {
        0 => ("", rest),
        _ => (rest.get(1..=digits)?, rest.get(digits + 1..)?),
    };
    let nanosecond = match fraction {
        "" => 0,
        _ => fraction.parse::<u32>().ok()? * 10_u32.pow(9_u32.checked_sub(digits as u32)?),
    };
    let year_is_held = (-9999..=9999).contains(&year);
    Timestamp::new(second - self::offset(offset)?, nanosecond).filter(|_| year_is_held)
}

/// Returns the seconds of an offset such as `+01:00`.
fn offset(text: &str) -> Option<i64> {
    let number = |start: usize| text.get(start..start + 2)?.parse::<i64>().ok();
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return Some(0),
    };
    let (hours, minutes) = (number(1)?, number(4)?);
    (hours <= 25 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The form alone.
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
        let (second, nanosecond) = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => (i64::try_from(since.as_secs()).ok(), since.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let second = i64::try_from(before.as_secs()).ok().map(|second| -second);
                match before.subsec_nanos() {
                    0 => (second, 0),
                    rest => (second.and_then(|second| second.checked_sub(1)), 1_000_000_000 - rest),
                }
            }
        };
        second.and_then(|second| Timestamp::new(second, nanosecond)).ok_or(OUT_OF_RANGE)
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    /// Fails where the clock of the platform has no such instant.
    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let Timestamp { second, nanosecond } = timestamp;
        let seconds = Duration::from_secs(second.unsigned_abs());
        let time = match second {
            0.. => SystemTime::UNIX_EPOCH.checked_add(seconds),
            _ => SystemTime::UNIX_EPOCH.checked_sub(seconds),
        };
        let rest = Duration::from_nanos(nanosecond.into());
        time.and_then(|time| time.checked_add(rest)).ok_or(NOT_A_SYSTEM_TIME)
    }
}

/// As it goes over the wire, e.g. `2025-01-31T00:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_seconds(f)?;
        write!(f, ".{:03}Z", self.nanosecond / 1_000_000)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timestamp(")?;
        self.write_seconds(f)?;
        if self.nanosecond > 0 {
            let digits = format!("{:09}", self.nanosecond);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z)")
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

    /// An implementation of the same by others.
    #[track_caller]
    fn check_with_jiff(text: &str) {
        let (ours, theirs) = (text.parse::<Timestamp>(), text.parse::<jiff::Timestamp>());
        let Ok(theirs) = theirs else { return assert_eq!(ours, Err(NO_SUCH_INSTANT), "{text}") };
        let ours = ours.unwrap_or_else(|error| panic!("{text}: {error}"));
        let theirs_cut = theirs.as_millisecond()
            - i64::from(
                theirs.subsec_nanosecond() < 0 && theirs.subsec_nanosecond() % 1_000_000 != 0,
            );
        assert_eq!(ours.as_millisecond(), theirs_cut, "{text}");
        assert_eq!(format!("{ours:?}"), format!("Timestamp({theirs})"));
        if let Ok(time) = SystemTime::try_from(theirs) {
            assert_eq!(SystemTime::try_from(ours), Ok(time));
            assert_eq!(Timestamp::try_from(time), Ok(ours));
        }
    }

    #[test]
    fn the_ends_of_every_part_are_those_of_jiff() {
        assert_eq!(*SECONDS.start(), jiff::Timestamp::MIN.as_second());
        assert_eq!(*SECONDS.end(), jiff::Timestamp::MAX.as_second());
        for text in [
            "2025-01-31T23:59:60Z",
            "2025-01-31T23:59:61Z",
            "2025-01-31T24:00:00Z",
            "2025-01-31T23:60:00Z",
            "2025-01-31T00:00:00+25:59",
            "2025-01-31T00:00:00-25:59",
            "2025-01-31T00:00:00+26:00",
            "2025-01-31T00:00:00+00:60",
            "2025-01-31T00:00:00.123456789Z",
            "2025-01-31T00:00:00.1234567891Z",
            "0000-02-29T00:00:00Z",
            "-000000-01-01T00:00:00Z",
            "+000000-01-01T00:00:00Z",
            "+010000-01-01T00:00:00Z",
            "+009999-12-30T22:00:00.999Z",
            "-009999-01-02T01:59:59Z",
            "-009999-01-02T01:59:58Z",
            "-009999-01-01T00:00:00-25:59",
            "9999-12-31T23:59:59+25:59",
            "1900-02-29t00:00:00z",
            "2025-01-31 00:00:00Z",
        ] {
            check_with_jiff(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_text_means_the_same_as_to_jiff(
            text in "([0-9]{4}|[-+]0[0-9]{5})-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])T([01][0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[-+][01][0-9]:[0-5][0-9])"
        ) {
            check_with_jiff(&text);
        }
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
