//! Dates of the Gregorian calendar as days since 1970-01-01, and back. Any library for it has several times the code of
//! the rest of a small page.

/// The days of 400 years, after which the calendar repeats.
const DAYS_OF_CYCLE: i64 = 146_097;

/// The days from the 1st of March of year 0, with which the count begins, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// Returns the days since 1970-01-01. `None` if there is no such date.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || !(1..=days_of_month(year, month)).contains(&day) {
        return None;
    }
    // Years begin in March here, so that a leap day is the last day of one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leap_days + days_before(month) + day - 1 - DAYS_TO_1970)
}

/// Returns year, month and day.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let (cycle, day) = (days.div_euclid(DAYS_OF_CYCLE), days.rem_euclid(DAYS_OF_CYCLE));
    // Without the leap days that passed, all years have the same length.
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - days_before(month) + 1;
    let year = cycle * 400 + year;
    if month < 10 { (year, month + 3, day) } else { (year + 1, month - 9, day) }
}

/// Returns the days from the 1st of March to the 1st of a month, of which March is 0: from there on, five months in turn
/// have 153 days.
fn days_before(month: i64) -> i64 {
    (153 * month + 2) / 5
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_has_one_date_and_follows_the_day_before() {
        let (mut year, mut month, mut day) = (-9999, 1, 1);
        let mut expected = days(year, month, day).unwrap();
        while year < 10_000 {
            assert_eq!(days(year, month, day), Some(expected), "{year}-{month}-{day}");
            assert_eq!(date(expected), (year, month, day));
            expected += 1;
            (year, month, day) = match (month, day) {
                (12, 31) => (year + 1, 1, 1),
                _ if day == days_of_month(year, month) => (year, month + 1, 1),
                _ => (year, month, day + 1),
            };
        }
        assert_eq!((days(1970, 1, 1), days(2000, 2, 29)), (Some(0), Some(11_016)));
    }

    #[test]
    fn other_dates_do_not_exist() {
        for (year, month, day) in
            [(2025, 2, 29), (1900, 2, 29), (2025, 0, 1), (2025, 13, 1), (2025, 4, 31), (2025, 1, 0)]
        {
            assert_eq!(days(year, month, day), None, "{year}-{month}-{day}");
        }
    }
}
