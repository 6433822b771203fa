//! Describes why a token source can't be created.

use std::error::Error as StdError;
use std::fmt;

use crate::error::Error;
use crate::error_report::write_report;

/// Why a [`TokenSource`](super::TokenSource) can't be created. The error never quotes the settings.
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
    /// The token URL can't be used, for the given reason.
    TokenUrl(&'static str),
    /// The setting with this name is empty.
    Empty(&'static str),
    /// The token contains a character that isn't allowed in a token.
    Token,
    /// A scope is empty or contains a character that isn't allowed in a scope.
    Scope,
    /// An additional parameter has the name of a parameter that the client sets itself.
    ReservedParameter(&'static str),
    /// Two additional parameters have the same name.
    RepeatedParameter,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SetupError::TokenUrl(problem) => write!(f, "the token URL is rejected: {problem}"),
            SetupError::Empty(name) => write!(f, "the {name} is empty"),
            SetupError::Token => f.write_str(
                "the token contains a character that isn't visible ASCII; pass only the token, without `Bearer`",
            ),
            SetupError::Scope => f.write_str(
                "a scope is empty, or contains a space, a quote, a backslash or a character outside visible ASCII; \
                 give each scope as a separate item",
            ),
            SetupError::ReservedParameter(name) => {
                write!(f, "the client sets the `{name}` parameter itself; don't add it")
            }
            SetupError::RepeatedParameter => {
                f.write_str("two additional parameters have the same name; the server accepts each name only once")
            }
        }
    }
}

impl StdError for SetupError {}

/// Converts the error to an [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) error.
impl From<SetupError> for Error {
    fn from(error: SetupError) -> Self {
        Error::invalid_argument(error.to_string())
    }
}

/// Prints the message. `{:#?}` prints the fields.
impl fmt::Debug for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return write_report(self, f);
        }
        f.debug_tuple("SetupError").field(&self.to_string()).finish()
    }
}
