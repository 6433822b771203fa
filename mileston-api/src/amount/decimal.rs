//! Represents a decimal number, including its number of decimal places.

use std::cmp::Ordering;
use std::fmt;

use super::error::AmountError;

/// The digits without the decimal point, and the number of digits after the point. There are at most 20 digits before
/// the point and 18 after it.
#[derive(Clone, Copy)]
pub(super) struct Decimal {
    digits: u128,
    behind: u8,
}

/// The maximum number of digits before the decimal point. With 18 more digits after it, a number still fits in a
/// `u128`.
const MAX_WHOLE: usize = 20;
const WHOLE_LIMIT: u128 = 10u128.pow(20);
/// The maximum number of decimal places of any token.
const FINEST: usize = 18;

impl Decimal {
    /// Reads digits with at most one decimal point between them. `amount!` calls this function in a `const`, so it
    /// can't use `?` or iterators.
    pub(super) const fn parse(text: &str, decimals: u8) -> Result<Self, AmountError> {
        let bytes = text.as_bytes();
        match bytes {
            [] => return Err(AmountError::EMPTY),
            [b'+' | b'-', ..] => return Err(AmountError::SIGN),
            [b'.', ..] => return Err(AmountError::BARE_POINT),
            [b'0', next, ..] if next.is_ascii_digit() => return Err(AmountError::LEADING_ZERO),
            _ => {}
        }
        let (mut digits, mut behind, mut point, mut at) = (0u128, 0usize, false, 0usize);
        while at < bytes.len() {
            match bytes[at] {
                b'0'..=b'9' if !point && at >= MAX_WHOLE => return Err(AmountError::TOO_LARGE),
                // No token has this many decimal places. The error is returned after the loop, because an invalid
                // character takes precedence.
                b'0'..=b'9' if behind >= FINEST => behind += 1,
                byte @ b'0'..=b'9' => {
                    digits = digits * 10 + (byte - b'0') as u128;
                    behind += point as usize;
                }
                b'.' if !point => point = true,
                _ => return Err(AmountError::character(at)),
            }
            at += 1;
        }
        if point && behind == 0 {
            return Err(AmountError::BARE_POINT);
        }
        if behind > decimals as usize {
            return Err(AmountError::decimals(decimals));
        }
        // `behind` is at most `decimals`, which is a `u8`, so the conversion loses nothing.
        Ok(Decimal { digits, behind: behind as u8 })
    }

    pub(super) fn from_units(units: u128, behind: u8) -> Result<Self, AmountError> {
        if units == 0 {
            return Err(AmountError::ZERO);
        }
        // `parse` has the same limit.
        if units / 10u128.saturating_pow(u32::from(behind)) >= WHOLE_LIMIT {
            return Err(AmountError::TOO_LARGE);
        }
        Ok(Decimal { digits: units, behind })
    }

    pub(super) const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Returns the number in units of 10^-`decimals`. `self` must not have more than `decimals` decimal places.
    pub(super) fn units(self, decimals: u8) -> u128 {
        let missing = u32::from(decimals.saturating_sub(self.behind));
        self.digits.saturating_mul(10u128.saturating_pow(missing))
    }

    pub(super) fn without_trailing_zeros(self) -> (u128, u8) {
        let (mut digits, mut behind) = (self.digits, self.behind);
        while behind > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            behind -= 1;
        }
        (digits, behind)
    }

    /// Returns the number of decimal places, as written.
    pub(super) fn behind(self) -> u8 {
        self.behind
    }

    pub(super) fn checked_add(self, other: Self) -> Option<Self> {
        let (one, two, behind) = self.aligned(other)?;
        Decimal::from_units(one.checked_add(two)?, behind).ok()
    }

    pub(super) fn checked_sub(self, other: Self) -> Option<Self> {
        let (one, two, behind) = self.aligned(other)?;
        Decimal::from_units(one.checked_sub(two)?, behind).ok()
    }

    /// Converts both numbers to the same number of decimal places. Returns `None` if one of them becomes too large.
    fn aligned(self, other: Self) -> Option<(u128, u128, u8)> {
        let behind = self.behind.max(other.behind);
        let scaled = |each: Self| {
            each.digits.checked_mul(10u128.checked_pow(u32::from(behind - each.behind))?)
        };
        Some((scaled(self)?, scaled(other)?, behind))
    }

    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        let split = |each: &Self| {
            let unit = 10u128.saturating_pow(u32::from(each.behind));
            (each.digits / unit, each.digits % unit)
        };
        let ((whole, part), (other_whole, other_part)) = (split(self), split(other));
        // Fractions have at most 18 digits, so padding them to the same length can't overflow.
        let scale = |part: u128, behind: u8| {
            part.saturating_mul(10u128.saturating_pow(18u32.saturating_sub(u32::from(behind))))
        };
        whole
            .cmp(&other_whole)
            .then_with(|| scale(part, self.behind).cmp(&scale(other_part, other.behind)))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Decimal { digits, behind } = *self;
        if behind == 0 {
            return write!(f, "{digits}");
        }
        let unit = 10u128.saturating_pow(u32::from(behind));
        let width = usize::from(behind);
        write!(f, "{}.{:0width$}", digits / unit, digits % unit)
    }
}
