//! One try of a delivery, and what became of it.

use std::time::Duration;

/// What was sent in a try of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Way {
    /// The event, with the token.
    Sent,
    /// Nothing: an adversary let it get lost.
    Lost,
    /// A forged event, with another token: an adversary sent it.
    Forged,
}

impl Way {
    /// As it is kept and told.
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

/// What became of a try.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    pub(crate) way: Way,
    /// In milliseconds since 1970.
    pub(crate) started: i64,
    pub(crate) took: Duration,
    /// The status of the answer, if one came.
    pub(crate) status: Option<u16>,
    /// Why none came.
    pub(crate) problem: Option<String>,
    /// How the answer's body begins.
    pub(crate) answer: Option<String>,
}

impl Try {
    /// Whether the endpoint took the event. Any status but 200 means that it did not (vendor docs, Webhooks).
    pub(crate) fn is_acknowledged(&self) -> bool {
        self.way == Way::Sent && self.status == Some(200)
    }

    /// Whether the endpoint is to blame.
    pub(crate) fn has_failed(&self) -> bool {
        self.way == Way::Sent && self.status != Some(200)
    }
}
