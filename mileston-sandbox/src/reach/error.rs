//! Errors in the options that control how clients reach a sandbox.

use std::fmt;

/// An option is invalid, or no token could be generated. The message never repeats an option's value, because the value
/// may contain a password or a token.
#[derive(Debug)]
pub(crate) enum ReachError {
    /// An allowed host isn't a valid host name or IP address.
    Name,
    /// The public URL has this problem.
    PublicUrl(&'static str),
    /// The token has this problem.
    Token(&'static str),
    /// The operating system provided no random bytes for a token.
    Random(getrandom::Error),
}

impl fmt::Display for ReachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReachError::Name => f.write_str(
                "an allowed host must be a name or an IP address, such as `sandbox`, without a scheme, port or path",
            ),
            ReachError::PublicUrl(problem) => write!(
                f,
                "the public URL must be like https://dev.example or https://dev.example/sandbox: {problem}"
            ),
            ReachError::Token(problem) => write!(f, "the token {problem}"),
            ReachError::Random(error) => {
                write!(f, "cannot create a token: the operating system provided no random bytes: {error}")
            }
        }
    }
}

impl std::error::Error for ReachError {}

impl From<getrandom::Error> for ReachError {
    fn from(error: getrandom::Error) -> Self {
        ReachError::Random(error)
    }
}
