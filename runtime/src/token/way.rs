//! Defines the ways to get a new token.

use std::time::Duration;

use super::callback::{GetToken, Token};
use super::request::TokenRequest;
use crate::clock::Clock;
use crate::error::Error;
use crate::transport::carrier::Carrier;

/// How long an early renewal may take. The time is short because the call could be sent without the renewal.
const PATIENCE: Duration = Duration::from_secs(5);

/// What an attempt provides for a token request.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) carrier: &'a Carrier,
    pub(super) clock: &'a dyn Clock,
    /// The time limit of the attempt.
    pub(super) limit: Duration,
    /// The part of the time limit that must remain for the API request.
    pub(super) needed: Duration,
}

impl Means<'_> {
    /// Returns how long an early renewal may take: at most half of the time that isn't needed for the API request.
    pub(super) fn patience(&self) -> Duration {
        (self.limit.saturating_sub(self.needed) / 2).min(PATIENCE)
    }
}

/// How to get a new token.
pub(super) enum Way {
    /// There is never a new token, because the token is fixed.
    Fixed,
    Request(Box<TokenRequest>),
    Callback(Box<dyn GetToken>),
}

impl Way {
    pub(super) async fn get(&self, means: Means<'_>) -> Result<Token, Error> {
        match self {
            Way::Fixed => Err(Error::authentication("the fixed token is missing")),
            Way::Request(request) => request.send(means.carrier, means.clock).await,
            Way::Callback(callback) => callback.get().await,
        }
    }
}
