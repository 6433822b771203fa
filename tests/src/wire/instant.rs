//! Reads and writes instants. Tests compare the client's own type with this independent implementation.

/// Converts an RFC 3339 string, whose seconds may be missing, to the format of JavaScript's `toISOString`. Returns
/// `None` if the text can't be parsed, or if the instant is outside the years 0 to 9999.
#[must_use]
pub fn canonical(text: &str) -> Option<String> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    let days = days(number(date.get(..4)?)?, number(date.get(5..7)?)?, number(date.get(8..10)?)?);
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':').map(number);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    // Like our client, treat a leap second as the second before it.
    let second = second.min(59);
    let millisecond = number(&format!("{fraction:0<3}")[..3])?;
    let seconds = ((days * 24 + hour) * 60 + minute - offset(zone)?) * 60 + second;
    // A year before 0 begins with `-`, and a year after 9999 has five digits.
    Some(written(seconds * 1000 + millisecond))
        .filter(|text| text.len() == 24 && !text.starts_with('-'))
}

fn number(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Returns the offset of a zone in minutes.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (hours, minutes) = zone[1..].split_once(':')?;
    let minutes = number(hours)? * 60 + number(minutes)?;
    Some(if zone.starts_with('-') { -minutes } else { minutes })
}

/// Returns the number of days since 1970-01-01 in the Gregorian calendar. The calculation uses years that begin in
/// March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

fn written(milliseconds: i64) -> String {
    let (day, rest) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let (year, month, date) = date(day);
    let (second, millisecond) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z")
}

/// Returns the year, month and day for a number of days since 1970-01-01. This is the inverse of [`days`].
fn date(day: i64) -> (i64, i64, i64) {
    // Start with the correct year or an earlier one.
    let mut year = 1970 + day.div_euclid(if day < 0 { 365 } else { 366 });
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|&month| days(year, month, 1) <= day).unwrap_or(1);
    (year, month, day - days(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_converted() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("2025-01-31T01:00:00+01:00", "2025-01-31T00:00:00.000Z"),
            ("2024-02-28T23:30:00.98765-01:30", "2024-02-29T01:00:00.987Z"),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.900Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z"),
            ("2000-03-01T00:00:00+00:01", "2000-02-29T23:59:00.000Z"),
            ("1000-03-01T00:30:00+01:00", "1000-02-28T23:30:00.000Z"),
            ("0000-01-01T00:30:00Z", "0000-01-01T00:30:00.000Z"),
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "2025-01-31",
            "31.01.2025 00:00:00Z",
            "0000-01-01T00:30:00+01:00",
            "9999-12-31T23:59:59-00:01",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}
