//! Compares the numeric values of amounts that are given as text. The text isn't converted to floats, because a float
//! would round it.

/// Returns whether both texts are decimals that represent the same number: `12.5` equals `012.50`.
///
/// A decimal consists of digits, with at most one decimal point between them. Text with a sign, an exponent or a comma
/// isn't a decimal.
pub(super) fn same(one: &str, other: &str) -> bool {
    matches!((parts(one), parts(other)), (Some(one), Some(other)) if one == other)
}

/// Returns the digits before and after the decimal point, without insignificant zeros. Returns `None` if the text isn't
/// a decimal.
fn parts(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (digits(whole)?, digits(fraction)?),
        None => (digits(text)?, ""),
    };
    Some((whole.trim_start_matches('0'), fraction.trim_end_matches('0')))
}

fn digits(text: &str) -> Option<&str> {
    let valid = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    valid.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        assert_eq!(same(one, other), expected, "{one:?} and {other:?}");
        assert_eq!(same(other, one), expected, "{other:?} and {one:?}");
    }

    #[test]
    fn insignificant_zeros_do_not_matter() {
        check("100.00", "100", true);
        check("12.5", "012.500", true);
        check("0.5", "00.50", true);
        check("0", "0.000", true);
    }

    #[test]
    fn every_other_digit_matters() {
        check("1.05", "1.5", false);
        check("10", "1", false);
        check("0.1", "0.10000000000000000001", false);
        // These numbers are equal as floats.
        check("9007199254740993", "9007199254740992", false);
    }

    #[test]
    fn text_that_is_not_a_decimal_does_not_even_equal_itself() {
        for text in
            ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", "1.2.3", " 1", "NaN", "١", "0x1"]
        {
            check(text, text, false);
        }
    }
}
