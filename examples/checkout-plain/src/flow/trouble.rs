//! Describes the problems that keep a payer from paying.

use mileston_api::{Error, ErrorKind, StatusCode};

/// The kind of problem, which determines the payer's next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The platform has no such payment link.
    NotFound,
    /// The platform rejected the request.
    Refused,
    /// The browser reported that there was no response, but not why.
    NoResponse,
    /// The platform failed, or didn't respond in time.
    Unavailable,
    /// The page can't use the response.
    Unexpected,
}

/// A problem, with a message for the shop's developers. The message contains no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The kind of problem.
    pub kind: Kind,
    /// The technical reason, as a message for developers.
    pub detail: String,
}

impl Trouble {
    /// Creates the problem for a response that the page can't use.
    #[must_use]
    pub fn unexpected(detail: impl Into<String>) -> Self {
        Trouble { kind: Kind::Unexpected, detail: detail.into() }
    }

    /// Converts an error from the request for the payment link. A 404 for any other request doesn't
    /// say whether the link exists.
    #[must_use]
    pub fn of_link(error: &Error) -> Self {
        let trouble = Trouble::from(error);
        let kind = if error.is_not_found() { Kind::NotFound } else { trouble.kind };
        Trouble { kind, ..trouble }
    }
}

impl From<&Error> for Trouble {
    fn from(error: &Error) -> Self {
        let kind = match error.kind() {
            ErrorKind::NoResponse => Kind::NoResponse,
            // The request was too slow, or there were too many requests. The same request may
            // succeed in a minute.
            ErrorKind::Refused(StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS) => {
                Kind::Unavailable
            }
            ErrorKind::Refused(_) => Kind::Refused,
            ErrorKind::Failed(_)
            | ErrorKind::RateLimited
            | ErrorKind::Connect
            | ErrorKind::Timeout
            | ErrorKind::Interrupted
            | ErrorKind::BodyCut => Kind::Unavailable,
            _ => Kind::Unexpected,
        };
        Trouble { kind, detail: error.to_string() }
    }
}
