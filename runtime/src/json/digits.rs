//! Writes numbers without an exponent.

/// Returns a number as JavaScript writes it, but without an exponent.
#[cfg(any(test, target_family = "wasm"))]
pub(crate) fn without_exponent(number: &str) -> String {
    let Some((mantissa, exponent)) = number.split_once('e') else { return number.to_owned() };
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i64 = exponent.parse().unwrap_or_default();
    let moved = zeros(exponent.abs() - 1);
    match exponent < 0 {
        true => [sign, "0.", &moved, whole, fraction].concat(),
        // JavaScript writes a positive exponent only from 1e21 on, and never more than 16 fraction
        // digits, so the exponent is larger than the number of fraction digits.
        false => [sign, whole, fraction, &zeros(exponent - fraction.len() as i64)].concat(),
    }
}

/// Returns a string of this many zeros.
pub(super) fn zeros(count: i64) -> String {
    "0".repeat(usize::try_from(count).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::canonical;

    #[test]
    fn an_exponent_is_written_out() {
        for number in
            [1e21, 1.5e300, f64::MAX, 1e-7, -1.25e-9, f64::MIN_POSITIVE, 5e-324, -1.797e25, 12.5]
        {
            assert_eq!(without_exponent(&canonical(&format!("{number:e}"))), number.to_string());
        }
    }
}
