//! Reads and writes instants as RFC 3339 text. The calendar calculations come from jiff's core crate, because with the
//! full jiff crate a web page that contains the client would be a third larger.

use std::fmt;

use jiff_core::Timestamp;
use jiff_core::civil::{Date, DateTime, Time};
use jiff_core::tz::Offset;

/// The parts of RFC 3339 text, which may use JavaScript's notation for years with more than four digits. The values may
/// be too large for a date or a time.
pub(super) struct Rfc3339<'a> {
    /// The year, with a sign if it has six digits.
    year: &'a str,
    /// Month, day, hour, minute, second.
    parts: [i8; 5],
    /// The digits after the decimal point, or an empty string.
    fraction: &'a str,
    /// Minutes east of UTC.
    offset: i32,
}

impl<'a> Rfc3339<'a> {
    /// Splits the text into its parts. Returns `None` if the text isn't in this format.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let digits = if text.starts_with(['+', '-']) { "-YYYYYY".len() } else { "YYYY".len() };
        let (year, rest) = text.split_at_checked(digits)?;
        let (date_time, rest) = rest.split_at_checked("-MM-DDTHH:MM:SS".len())?;
        let [b'-', date_time @ ..] = date_time.as_bytes() else { return None };
        let mut parts = [0; 5];
        for ((part, found), separator) in parts.iter_mut().zip(date_time.chunks(3)).zip(*b"-T::.") {
            let [tens, ones, after @ ..] = found else { return None };
            *part = number(*tens)? * 10 + number(*ones)?;
            let fits = match (after, separator) {
                ([found], b'T') => matches!(found, b'T' | b't' | b' '),
                ([found], separator) => *found == separator,
                // The seconds are the last part, so no separator follows.
                (_, separator) => separator == b'.',
            };
            if !fits {
                return None;
            }
        }
        let (fraction, offset) = match rest.strip_prefix('.') {
            None => ("", rest),
            Some(rest) => {
                let end = rest.find(|each: char| !each.is_ascii_digit()).filter(|end| *end > 0)?;
                rest.split_at_checked(end)?
            }
        };
        let is_year = year.trim_start_matches(['+', '-']).bytes().all(|each| each.is_ascii_digit());
        is_year.then_some(Rfc3339 { year, parts, fraction, offset: offset_of(offset)? })
    }

    /// Returns the instant, or `None` if the date or time doesn't exist or is out of range.
    pub(super) fn instant(&self) -> Option<Timestamp> {
        let [month, day, hour, minute, second] = self.parts;
        // ISO 8601 doesn't allow a minus sign before the year zero.
        if self.year == "-000000" {
            return None;
        }
        let date = Date::new(self.year.parse().ok()?, month, day).ok()?;
        // A leap second is treated as the second before it.
        let time = Time::new(hour, minute, second.min(59), self.nanosecond()?).ok()?;
        if second > 60 || self.offset.abs() > 25 * 60 + 59 {
            return None;
        }
        let offset = Offset::from_seconds(self.offset * 60).ok()?;
        DateTime::from_parts(date, time).to_timestamp(offset).ok()
    }

    /// Returns the fraction in nanoseconds, or `None` if it has more than nine digits.
    fn nanosecond(&self) -> Option<i32> {
        let digits = u32::try_from(self.fraction.len()).ok()?;
        let shift = 10_i32.checked_pow(9_u32.checked_sub(digits)?)?;
        match self.fraction {
            "" => Some(0),
            fraction => fraction.parse::<i32>().ok()?.checked_mul(shift),
        }
    }
}

/// Parses `Z`, or hours and minutes with a sign.
fn offset_of(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes() {
        [b'Z' | b'z'] => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let &[ten_hours, hours, b':', ten_minutes, minutes] = digits else { return None };
    let hours = i32::from(number(ten_hours)?) * 10 + i32::from(number(hours)?);
    let minutes = i32::from(number(ten_minutes)?) * 10 + i32::from(number(minutes)?);
    // An offset with 60 or more minutes is invalid, so this returns an offset that no instant can have.
    Some(if minutes < 60 { sign * (hours * 60 + minutes) } else { i32::from(i16::MAX) })
}

fn number(digit: u8) -> Option<i8> {
    digit.is_ascii_digit().then(|| i8::try_from(digit - b'0').unwrap_or_default())
}

/// Writes an instant in UTC with `digits` decimal places, at most nine. Further digits are truncated.
pub(super) fn write(instant: Timestamp, digits: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let moment = instant.to_datetime(Offset::constant(0));
    let (date, time) = (moment.date(), moment.time());
    match date.year() {
        year @ 0.. => write!(f, "{year:04}")?,
        year => write!(f, "-{:06}", year.unsigned_abs())?,
    }
    write!(f, "-{:02}-{:02}T", date.month(), date.day())?;
    write!(f, "{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
    let fraction = format!("{:09}", time.subsec_nanosecond());
    write!(f, ".{}Z", fraction.get(..digits).unwrap_or(&fraction))
}
