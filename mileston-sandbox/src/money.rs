//! Amounts of money in wallets: exact decimals with addition and subtraction.

use std::fmt;

use mileston_api::{Amount, TokenAmount};

/// The number of decimal places of the most precise token.
const PLACES: usize = 18;
const UNIT: u128 = 1_000_000_000_000_000_000;

/// An amount of money, exact to 18 decimal places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Money(u128);

impl Money {
    /// Creates a whole amount.
    pub(crate) fn whole(amount: u32) -> Self {
        Money(u128::from(amount) * UNIT)
    }

    /// Converts an amount from a request. The amount always fits, because it has at most 20 digits before the decimal
    /// point.
    pub(crate) fn of(amount: Amount) -> Self {
        Money(amount.units() * (UNIT / 1_000_000))
    }

    /// Converts a token amount, which may have more decimal places than an [`Amount`]. It always fits, because it has at
    /// most 20 digits before the decimal point and at most 18 after it.
    pub(crate) fn of_token(amount: TokenAmount) -> Self {
        let text = amount.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction:0<PLACES$}");
        let digits = digits.chars().filter_map(|each| each.to_digit(10));
        Money(digits.fold(0, |units, digit| units * 10 + u128::from(digit)))
    }

    /// Parses the output of [`Display`](fmt::Display). Returns `None` for anything else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.')?;
        if fraction.is_empty() || fraction.len() > PLACES || !fraction.bytes().all(is_digit) {
            return None;
        }
        if whole.is_empty() || !whole.bytes().all(is_digit) {
            return None;
        }
        let whole = whole.parse::<u128>().ok()?.checked_mul(UNIT)?;
        let fraction = format!("{fraction:0<PLACES$}").parse::<u128>().ok()?;
        whole.checked_add(fraction).map(Money)
    }

    /// Returns the sum, or `None` if it is too large.
    pub(crate) fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// Returns the difference, or `None` if it would be negative.
    pub(crate) fn minus(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// Returns half of the amount, rounded down.
    pub(crate) fn half(self) -> Money {
        Money(self.0 / 2)
    }

    /// Returns the sum of all amounts, or `None` if the sum is too large.
    pub(crate) fn sum(all: impl IntoIterator<Item = Money>) -> Option<Money> {
        all.into_iter().try_fold(Money::default(), Money::plus)
    }
}

fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// Writes at least two decimal places, and more only if they are needed.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fraction = format!("{:0PLACES$}", self.0 % UNIT);
        write!(f, "{}.{:0<2}", self.0 / UNIT, fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::of(text.parse().unwrap())
    }

    #[test]
    fn an_amount_is_written_as_it_was_read() {
        for (written, expected) in [
            (money("1"), "1.00"),
            (money("12.5"), "12.50"),
            (money("0.000001"), "0.000001"),
            (Money(1), "0.000000000000000001"),
            (
                Money(99_999_999_999_999_999_999_999_999_999_999_999_999),
                "99999999999999999999.999999999999999999",
            ),
        ] {
            assert_eq!(written.to_string(), expected);
            assert_eq!(Money::read(expected), Some(written));
        }
        for text in ["", ".", "1", "1.", ".5", "+1.0", "-1.0", "1.0.0", "1.+5", "1e3.0", " 1.0"] {
            assert_eq!(Money::read(text), None, "{text}");
        }
        let (too_fine, too_much) = (format!("0.{:019}", 1), format!("{}.0", u128::MAX));
        assert_eq!(Money::read(&too_fine).or(Money::read(&too_much)), None);
        assert_eq!(Money::default().to_string(), "0.00");
        assert_eq!(Money::whole(7), money("7"));
    }

    #[test]
    fn the_largest_amount_fits() {
        let most = "99999999999999999999.999999";
        assert_eq!(money(most).to_string(), most);
    }

    #[test]
    fn token_amounts_keep_every_digit() {
        for (text, expected) in [
            ("7", "7.00"),
            ("12.5", "12.50"),
            ("0.000000000000000001", "0.000000000000000001"),
            ("99999999999999999999.999999999999999999", "99999999999999999999.999999999999999999"),
        ] {
            let money = Money::of_token(text.parse().unwrap());
            assert_eq!(money.to_string(), expected);
        }
    }

    #[test]
    fn sums_are_exact() {
        let tenths = std::iter::repeat_n(money("0.1"), 10);
        assert_eq!(Money::sum(tenths), Some(money("1")));
        assert_eq!(money("0.3").minus(money("0.1")), Some(money("0.2")));
        assert_eq!(money("0.1").minus(Money(100_000_000_000_000_001)), None);
        let most = money("99999999999999999999");
        assert_eq!(Money::sum([most; 4]), None);
    }
}
