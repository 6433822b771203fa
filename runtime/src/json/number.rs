//! Normalises the format of numbers.

use super::digits::zeros;

/// The key under which `serde_json` passes a number to a visitor when `arbitrary_precision` is on. The visitor receives
/// a map that has only this key, with the number as text.
pub const TOKEN: &str = "$serde_json::private::Number";

/// The largest absolute value of an exponent for which the mantissa is normalised. No real quantity needs a larger
/// exponent.
const FARTHEST: i64 = 1_000_000_000_000_000;

/// Returns a number as JavaScript would write it if JavaScript kept every digit: no sign for zero, no redundant zeros,
/// and an exponent only below 1e-6 and from 1e21 on.
///
/// For example, `1`, `1.0` and `10e-1` become `1`; `-0` becomes `0`; `1E+0400` becomes `1e+400`. No digit is rounded
/// away.
#[must_use]
pub fn canonical(number: &str) -> String {
    let (sign, unsigned) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    let leading = all.len() - digits.len();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    let exponent = match exponent.parse::<i64>() {
        Ok(exponent) if exponent.abs() <= FARTHEST => exponent,
        _ => return format!("{sign}{mantissa}e{}", plain_exponent(exponent)),
    };
    // The operands are lengths of strings and a limited exponent, so this can't overflow.
    let point = whole.len() as i64 - leading as i64 + exponent;
    format!("{sign}{}", written(digits, point))
}

/// Returns the shortest decimal number without an exponent that parses to this float.
#[must_use]
pub fn float_text(number: f64) -> String {
    crate::platform::float_text(number)
}

/// Returns a float as JavaScript would write it.
#[must_use]
pub fn canonical_float(number: f64) -> String {
    canonical(&crate::platform::float_text(number))
}

/// Formats `0.<digits>` times ten to the power of `point`, like ECMAScript's `Number::toString`.
fn written(digits: &str, point: i64) -> String {
    let length = digits.len() as i64;
    match point {
        1..=21 if point >= length => format!("{digits}{}", zeros(point - length)),
        1..=21 => {
            let (whole, fraction) = digits.split_at(point as usize);
            format!("{whole}.{fraction}")
        }
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{first}{dot}{rest}e{:+}", point - 1)
        }
    }
}

fn plain_exponent(exponent: &str) -> String {
    let (sign, digits) = match exponent.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("+", exponent.trim_start_matches('+')),
    };
    format!("{sign}{}", digits.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(expected: &str, spellings: &[&str]) {
        for spelling in spellings {
            assert_eq!(canonical(spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn all_formats_of_a_number_become_one() {
        check("1", &["1", "1.0", "1e0", "1E+0", "10e-1", "0.1e1", "1.000"]);
        check("0", &["0", "-0", "0.0", "-0.0e9", "0e400", "0E-99999999999999999999"]);
        check("-12.5", &["-12.5", "-12.50", "-1.25e1", "-125E-1"]);
        check("100", &["100", "1e2", "1.00e+02"]);
        check("0.000001", &["0.000001", "1e-6"]);
        check("1e-7", &["0.0000001", "1e-7", "10e-8"]);
        check("100000000000000000000", &["1e20", "100000000000000000000"]);
        check("1e+21", &["1e21", "1000000000000000000000", "0.01e23"]);
        check("1e+400", &["1e400", "1E+0400", "10e399"]);
        check("1.5e-400", &["1.5e-400", "15e-401"]);
    }

    #[test]
    fn no_digit_is_rounded_away() {
        check("18446744073709551617", &["18446744073709551617", "18446744073709551617.0"]);
        check("0.12345678901234567890123", &["0.12345678901234567890123"]);
        check("1.2345678901234567890123e+22", &["12345678901234567890123"]);
    }

    #[test]
    fn the_mantissa_of_a_number_with_a_huge_exponent_is_unchanged() {
        check("1e+99999999999999999999", &["1e99999999999999999999", "1e+0099999999999999999999"]);
        check("-2e-99999999999999999999", &["-2e-99999999999999999999"]);
    }

    proptest! {
        /// Compares the result with Rust's output, which is the shortest form of the float.
        #[test]
        fn the_value_stays_the_same(number in proptest::num::f64::NORMAL) {
            for text in [format!("{number:e}"), number.to_string()] {
                prop_assert_eq!(canonical(&text).parse::<f64>().unwrap(), number);
            }
            prop_assert_eq!(canonical(&format!("{number:e}")), canonical(&number.to_string()));
        }
    }
}
