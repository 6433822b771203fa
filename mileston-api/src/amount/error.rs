//! Describes why text or a number isn't an amount.

use std::fmt;

use mileston_keys::write_report;

use crate::{Error, ErrorKind};

/// The text or number isn't an amount. The error says what is wrong and how to fix it, but doesn't show the text.
///
/// ```
/// let error = "1,50".parse::<mileston_api::Amount>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid character at byte 1: an amount has digits and at most one decimal point, like `100.00`",
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AmountError {
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    Zero,
    Sign,
    Character { at: usize },
    LeadingZero,
    BarePoint,
    Decimals { most: u8 },
    TooLarge,
}

impl AmountError {
    pub(super) const EMPTY: Self = AmountError { problem: Problem::Empty };
    pub(super) const ZERO: Self = AmountError { problem: Problem::Zero };
    pub(super) const SIGN: Self = AmountError { problem: Problem::Sign };
    pub(super) const LEADING_ZERO: Self = AmountError { problem: Problem::LeadingZero };
    pub(super) const BARE_POINT: Self = AmountError { problem: Problem::BarePoint };
    pub(super) const TOO_LARGE: Self = AmountError { problem: Problem::TooLarge };

    pub(super) const fn character(at: usize) -> Self {
        AmountError { problem: Problem::Character { at } }
    }

    pub(super) const fn decimals(most: u8) -> Self {
        AmountError { problem: Problem::Decimals { most } }
    }

    /// Returns the message without a position, because a `const` panic can't format one.
    pub(super) const fn sentence(self) -> &'static str {
        match self.problem {
            Problem::Empty => "the amount is empty; write it like `100.00`",
            Problem::Zero => {
                "the amount is zero; it must be at least the smallest unit, like `0.000001`"
            }
            Problem::Sign => {
                "the amount has a sign; amounts are positive and written without a sign"
            }
            Problem::Character { .. } => {
                "an amount has digits and at most one decimal point, like `100.00`"
            }
            Problem::LeadingZero => "the amount has a leading zero; remove it",
            Problem::BarePoint => {
                "an amount has digits before and after its decimal point, like `0.50`"
            }
            // `most` is 6, 9 or 18, depending on the token.
            Problem::Decimals { most: 6 } => {
                "the amount has more than 6 decimal places; round it to 6, like `12.345678`"
            }
            Problem::Decimals { most: 9 } => {
                "the amount has more than 9 decimal places; round it to 9, like `0.000000001`"
            }
            Problem::Decimals { .. } => {
                "the amount has more than 18 decimal places, the maximum for any token; round it to 18"
            }
            Problem::TooLarge => "an amount can have at most 20 digits before its decimal point",
        }
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Problem::Character { at } = self.problem {
            write!(f, "invalid character at byte {at}: ")?;
        }
        f.write_str(self.sentence())
    }
}

/// Writes the message. `{:#?}` writes the fields.
impl fmt::Debug for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("AmountError").field("problem", &self.problem).finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for AmountError {}

/// Allows `?` in a function that makes calls. The error says that nothing was sent.
impl From<AmountError> for Error {
    fn from(error: AmountError) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(error.to_string()).with_source(error)
    }
}
