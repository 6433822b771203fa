//! Handles arguments that may be invalid.

use std::error::Error as StdError;

use crate::error::Error;

/// Returns a converted argument, or an error that names the argument. The conversion's own error becomes the source of
/// that error.
///
/// The message of the conversion's error must not contain the value.
///
/// # Errors
///
/// Returns an error if the conversion failed.
pub fn argument<T, E>(name: &'static str, converted: Result<T, E>) -> Result<T, Error>
where
    E: StdError + Send + Sync + 'static,
{
    converted.map_err(|error| {
        Error::invalid_argument(format!("the argument `{name}` is invalid: {error}"))
            .with_source(error)
    })
}

/// Returns an error about an argument. The error contains the argument's name but not its value, which may be personal.
pub(crate) fn invalid(name: &str, problem: &str) -> Error {
    Error::invalid_argument(format!("the argument `{name}` {problem}"))
}

#[cfg(test)]
mod tests {
    use std::num::{IntErrorKind, ParseIntError};

    use super::*;
    use crate::error::ErrorKind;
    use crate::outcome::Outcome;

    #[test]
    fn an_argument_that_fails_to_convert_is_named() {
        assert_eq!(argument("shelf", "3".parse::<u8>()).unwrap(), 3);
        let error = argument("shelf", "three".parse::<u8>()).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::InvalidArgument, Outcome::NotSent));
        let text = "the argument `shelf` is invalid: invalid digit found in string";
        assert_eq!(error.to_string(), text);
        let source = error.source().and_then(|source| source.downcast_ref::<ParseIntError>());
        assert_eq!(source.map(ParseIntError::kind), Some(&IntErrorKind::InvalidDigit));
    }
}
