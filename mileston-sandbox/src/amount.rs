//! Amounts: positive decimal text of any precision, compared as numbers and never made into one.

/// The most characters that an amount may have.
const MAX_LEN: usize = 100;

/// A positive decimal number, without the zeros that don't count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Amount<'a> {
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Amount<'a> {
    /// Reads digits with at most one point between them. `None`: it is something else, or zero.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        if text.len() > MAX_LEN {
            return None;
        }
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) => (digits(whole)?, digits(fraction)?),
            None => (digits(text)?, ""),
        };
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let positive = !(whole.is_empty() && fraction.is_empty());
        positive.then_some(Amount { whole, fraction })
    }

    /// The digits before the point and behind it.
    pub(crate) fn parts(self) -> (&'a str, &'a str) {
        (self.whole, self.fraction)
    }
}

fn digits(text: &str) -> Option<&str> {
    let valid = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    valid.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positive_decimals_are_amounts() {
        for text in
            ["1", "0.01", "100.00", "007", "123456789012345678901234567890.123456789012345678"]
        {
            assert!(Amount::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn everything_else_is_none() {
        let long = "9".repeat(101);
        for text in [
            "", "0", "0.00", "-1", "+1", "1.", ".5", "1,5", "1e3", "1.2.3", " 1", "1 ", "NaN",
            "1_0", "0x10", "١", "Infinity", &long,
        ] {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }

    #[test]
    fn they_compare_as_numbers() {
        let amount = |text| Amount::parse(text).unwrap();
        assert_eq!(amount("12.5"), amount("012.500"));
        assert_eq!(amount("0.5"), amount("00.5"));
        assert_ne!(amount("1.05"), amount("1.5"));
        assert_ne!(amount("10"), amount("1"));
    }
}
