//! A call that must not succeed: how it has to fail.

use mileston_api::{Error, ErrorKind, Outcome, StatusCode};

use crate::check::{Failure, same};

/// How a call has to fail. Any other failure is one of the demo.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    kind: ErrorKind,
    outcome: Outcome,
    words: Words,
}

#[derive(Clone, Copy, Debug)]
enum Words {
    /// The platform's one message is this.
    Exactly(&'static str),
    /// The platform's one message has this in it.
    Within(&'static str),
    /// The platform was not asked.
    None,
}

impl Expected {
    /// What checkout says as long as nothing has been paid, to the letter: the vendor's component compares it.
    pub(crate) const AWAITING: Self =
        Self::refused(StatusCode::BAD_REQUEST, Words::Exactly("Still awaiting payment"));

    /// An argument that no request can be built from.
    pub(crate) const NOT_SENT: Self =
        Self { kind: ErrorKind::InvalidArgument, outcome: Outcome::NotSent, words: Words::None };

    /// The connection breaks after the request was sent: it may have been carried out.
    pub(crate) const UNKNOWN: Self =
        Self { kind: ErrorKind::Interrupted, outcome: Outcome::Unknown, words: Words::None };

    /// 401, with these words in the reason.
    pub(crate) const fn unauthorized(words: &'static str) -> Self {
        Self::refused(StatusCode::UNAUTHORIZED, Words::Within(words))
    }

    /// 404, with these words in the reason.
    pub(crate) const fn not_found(words: &'static str) -> Self {
        Self::refused(StatusCode::NOT_FOUND, Words::Within(words))
    }

    /// 409, with these words in the reason.
    pub(crate) const fn conflict(words: &'static str) -> Self {
        Self::refused(StatusCode::CONFLICT, Words::Within(words))
    }

    const fn refused(status: StatusCode, words: Words) -> Self {
        Self { kind: ErrorKind::Refused(status), outcome: Outcome::Refused, words }
    }

    /// Whether the call failed as it had to; if so, a line that tells how.
    pub(crate) fn judge(&self, error: &Error) -> Result<String, Failure> {
        if error.kind() != self.kind {
            return Err(format!("it should fail with {:?}, but: {error}", self.kind).into());
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
            Words::None => (false, "nothing, since nothing was to be sent"),
        };
        if fits {
            return Ok(message);
        }
        Err(format!("the platform says {message:?}, but should say {wanted:?}").into())
    }
}
