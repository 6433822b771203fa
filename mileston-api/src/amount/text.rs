//! Amounts as text, compared as numbers and never made into one: a float would round them.

/// Whether both are decimals, and the same number: `12.5` is `012.50`.
///
/// A decimal is digits, with at most one point between them; a sign, an exponent or a comma makes it something else.
pub(super) fn same(one: &str, other: &str) -> bool {
    matches!((parts(one), parts(other)), (Some(one), Some(other)) if one == other)
}

/// What is before and after the point, without the zeros that don't count.
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
    fn zeros_that_do_not_count_make_no_difference() {
        check("100.00", "100", true);
        check("12.5", "012.500", true);
        check("0.5", "00.50", true);
        check("0", "0.000", true);
    }

    #[test]
    fn every_other_digit_makes_one() {
        check("1.05", "1.5", false);
        check("10", "1", false);
        check("0.1", "0.10000000000000000001", false);
        // One and the same number as a float.
        check("9007199254740993", "9007199254740992", false);
    }

    #[test]
    fn what_is_no_decimal_is_not_even_the_same_as_itself() {
        for text in
            ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,000", "1.2.3", " 1", "NaN", "١", "0x1"]
        {
            check(text, text, false);
        }
    }
}
