//! One attempt to send a delivery, and its result.

use std::time::Duration;

/// What was sent in an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// The event, with the token.
    Sent,
    /// Nothing, because the adversary dropped the attempt.
    Lost,
    /// A forged event with a wrong token, from the adversary.
    Forged,
}

impl Way {
    /// Returns the name in the store and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Way::Sent => "sent",
            Way::Lost => "lost",
            Way::Forged => "forged",
        }
    }

    pub(crate) fn of(text: &str) -> Option<Self> {
        [Way::Sent, Way::Lost, Way::Forged].into_iter().find(|way| way.as_str() == text)
    }
}

/// The result of an attempt.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    pub(crate) way: Way,
    /// In milliseconds since 1970.
    pub(crate) started: i64,
    pub(crate) took: Duration,
    /// The status of the response, if there was one.
    pub(crate) status: Option<u16>,
    /// Why there was no response.
    pub(crate) problem: Option<String>,
    /// The start of the response's body.
    pub(crate) answer: Option<String>,
}

impl Try {
    /// Returns whether the endpoint accepted the event. Any status other than 200 is a rejection (vendor docs,
    /// Webhooks).
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.way == Way::Sent && self.status == Some(200)
    }

    /// Returns whether the attempt failed. Dropped and forged attempts don't count as failures.
    pub(crate) fn has_failed(&self) -> bool {
        self.way == Way::Sent && self.status != Some(200)
    }
}
