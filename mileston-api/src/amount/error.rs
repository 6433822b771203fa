//! Why something is no amount.

use std::fmt;

use mileston_keys::write_report;

use crate::{Error, ErrorKind};

/// A text or number is no amount. It says what is wrong and what to write, and repeats nothing of what was found.
///
/// ```
/// let error = "1,50".parse::<mileston_api::Amount>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "an amount with something else than digits and one point at byte 1; write it as `100.00`",
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
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Empty => f.write_str("an empty amount; write it as `100.00`"),
            Problem::Zero => f.write_str("an amount of zero; it must be positive"),
            Problem::Sign => {
                f.write_str("an amount with a sign; it is positive and written without one")
            }
            Problem::Character { at } => write!(
                f,
                "an amount with something else than digits and one point at byte {at}; write it as `100.00`"
            ),
            Problem::LeadingZero => {
                f.write_str("an amount with a zero before its first digit; remove it")
            }
            Problem::BarePoint => f.write_str(
                "an amount with no digit before or behind its point; write it as `0.50`",
            ),
            Problem::Decimals { most } => write!(
                f,
                "an amount with more than {most} digits behind the point, which the token does not have"
            ),
            Problem::TooLarge => f.write_str(
                "an amount with more than 20 digits before the point, the most that can be held",
            ),
        }
    }
}

/// The sentence. With `{:#?}` the fields.
impl fmt::Debug for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.debug_struct("AmountError").field("problem", &self.problem).finish(),
            false => write_report(self, f),
        }
    }
}

impl std::error::Error for AmountError {}

/// Lets `?` work in a function that makes calls. Nothing was sent.
impl From<AmountError> for Error {
    fn from(error: AmountError) -> Self {
        Error::new(ErrorKind::InvalidArgument).with_detail(error.to_string()).with_source(error)
    }
}
