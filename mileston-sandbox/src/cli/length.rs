//! Durations on the command line.

use std::str::FromStr;
use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// A duration: whole seconds, or numbers with units, such as `1d` or `2h 30m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length(pub(super) Duration);

/// The error for text that isn't a duration.
const EXAMPLES: &str = "must be a number of seconds, or a duration such as 45s, 2h30m or 1d";

impl FromStr for Length {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(seconds) = text.parse() {
            return Ok(Length(Duration::from_secs(seconds)));
        }
        let span: Span = text.parse().map_err(|_| EXAMPLES)?;
        // Months and years have no fixed length.
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours());
        let duration = duration.map_err(|_| "must be in weeks or smaller units")?;
        let length = Duration::try_from(duration).map_err(|_| "must not be negative")?;
        if length.subsec_nanos() > 0 {
            return Err("must be in whole seconds");
        }
        Ok(Length(length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<u64, &str>) {
        let found = text.parse::<Length>().map(|Length(time)| time.as_secs());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_length_is_seconds_or_has_units() {
        check("0", Ok(0));
        check("90", Ok(90));
        check("45s", Ok(45));
        check("2h30m", Ok(9000));
        check("1d 2h 30m", Ok(95_400));
        check("2 weeks", Ok(1_209_600));
        check("P1DT1S", Ok(86_401));
    }

    #[test]
    fn an_error_says_which_durations_are_valid() {
        for text in ["", "soon", "1.5x", "-1", "18446744073709551616"] {
            check(text, Err(EXAMPLES));
        }
        check("-1s", Err("must not be negative"));
        check("500ms", Err("must be in whole seconds"));
        check("1mo", Err("must be in weeks or smaller units"));
        check("1y", Err("must be in weeks or smaller units"));
    }
}
