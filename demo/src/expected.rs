//! Describes how a call is expected to fail.

use mileston_api::{Error, ErrorKind, Outcome, StatusCode};

use crate::check::{Failure, same};

/// The expected failure of a call. Any other failure stops the demo.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    kind: ErrorKind,
    outcome: Outcome,
    words: Words,
}

#[derive(Clone, Copy, Debug)]
enum Words {
    /// The platform sends exactly one message, and the message is this string.
    Exactly(&'static str),
    /// The platform sends exactly one message, and the message contains this string.
    Within(&'static str),
    /// No response is expected.
    None,
}

impl Expected {
    /// Expects the exact message that the platform sends while nothing has been paid. The vendor's
    /// component compares responses with this message.
    pub(crate) const AWAITING: Self =
        Self::refused(StatusCode::BAD_REQUEST, Words::Exactly("Still awaiting payment"));

    /// Expects that the client can't build a request from an argument.
    pub(crate) const NOT_SENT: Self =
        Self { kind: ErrorKind::InvalidArgument, outcome: Outcome::NotSent, words: Words::None };

    /// Expects that the connection breaks after the request was sent. The request may have been
    /// executed.
    pub(crate) const UNKNOWN: Self =
        Self { kind: ErrorKind::Interrupted, outcome: Outcome::Unknown, words: Words::None };

    /// Expects a 401 whose message contains these words.
    pub(crate) const fn unauthorized(words: &'static str) -> Self {
        Self::refused(StatusCode::UNAUTHORIZED, Words::Within(words))
    }

    /// Expects a 404 whose message contains these words.
    pub(crate) const fn not_found(words: &'static str) -> Self {
        Self::refused(StatusCode::NOT_FOUND, Words::Within(words))
    }

    /// Expects a 409 whose message contains these words.
    pub(crate) const fn conflict(words: &'static str) -> Self {
        Self::refused(StatusCode::CONFLICT, Words::Within(words))
    }

    const fn refused(status: StatusCode, words: Words) -> Self {
        Self { kind: ErrorKind::Refused(status), outcome: Outcome::Refused, words }
    }

    /// Returns a line that describes the error. Fails if it isn't the expected error.
    pub(crate) fn judge(&self, error: &Error) -> Result<String, Failure> {
        if error.kind() != self.kind {
            return Err(format!(
                "the call should fail with {:?}, but failed with: {error}",
                self.kind
            )
            .into());
        }
        same("the outcome", error.outcome(), self.outcome)?;
        let Some(status) = error.status() else {
            return Ok(error.to_string());
        };
        Ok(format!("{status}, \"{}\"", self.message(error)?))
    }

    fn message<'a>(&self, error: &'a Error) -> Result<&'a str, Failure> {
        let [message] = error.messages() else {
            return Err(format!("there should be one message: {:?}", error.messages()).into());
        };
        let (fits, wanted) = match self.words {
            Words::Exactly(text) => (message == text, text),
            Words::Within(text) => (message.contains(text), text),
            Words::None => (false, "no response"),
        };
        if fits {
            return Ok(message);
        }
        Err(format!("the platform responded with {message:?} instead of {wanted:?}").into())
    }
}
