//! Why a token source can't be made.

use std::error::Error as StdError;
use std::fmt;

use crate::error::Error;
use crate::error_report::write_report;

/// Why a [`TokenSource`](super::TokenSource) can't be made. It never quotes what was given.
///
/// ```
/// use openapi_keys_runtime::token::{SetupError, TokenSource};
///
/// let error = TokenSource::fixed("two words").unwrap_err();
/// assert_eq!(error, SetupError::Token);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetupError {
    /// The token URL can't be used, with the reason.
    TokenUrl(&'static str),
    /// A text is empty, with its name.
    Empty(&'static str),
    /// The token contains a character that a token can't have.
    Token,
    /// A scope is empty or contains a character that a scope can't have.
    Scope,
    /// An additional parameter has a name that the client sets itself.
    ReservedParameter(&'static str),
    /// Two additional parameters have the same name.
    RepeatedParameter,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupError::TokenUrl(problem) => write!(f, "the token URL is refused: {problem}"),
            SetupError::Empty(name) => write!(f, "the {name} is empty"),
            SetupError::Token => f.write_str(
                "the token contains a character that isn't visible ASCII; give the token alone, without `Bearer`",
            ),
            SetupError::Scope => f.write_str(
                "a scope is empty, or contains a space, a quote, a backslash or a character outside visible ASCII; \
                 give each scope as a separate item",
            ),
            SetupError::ReservedParameter(name) => {
                write!(f, "the additional parameter `{name}` is one that the client sets itself")
            }
            SetupError::RepeatedParameter => {
                f.write_str("two additional parameters have the same name; the server accepts each name once")
            }
        }
    }
}

impl StdError for SetupError {}

/// The error of whatever needed the source: an invalid argument.
impl From<SetupError> for Error {
    fn from(error: SetupError) -> Self {
        Error::invalid_argument(error.to_string())
    }
}

/// Prints the message. With `{:#?}` it prints the fields.
impl fmt::Debug for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_tuple("SetupError").field(&self.to_string()).finish()
    }
}
