//! Keeps a token for all clones of a source, and fetches each new token only once.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use zeroize::Zeroizing;

use super::callback::Token;
use super::freshness::{Freshness, freshness};
use super::response::is_token;
use super::way::{Means, Way};
use crate::error::Error;
use crate::platform::{Turn, TurnGuard, try_turn};
use crate::redact::Redactor;
use crate::timer::Timer;
use crate::trace;
use crate::wiped;

/// The minimum time between the starts of two early renewals. While the token endpoint is down, at most one call in
/// each such interval waits for the endpoint.
const PAUSE: Duration = Duration::from_secs(15);

/// How many earlier tokens are removed from responses, in addition to the current token.
const RETIRED: usize = 4;

/// The state that all clones of a source share.
pub(super) struct Cache {
    pub(super) way: Way,
    /// The lock that a caller holds while it fetches the next token. If that caller is dropped, the next caller in the
    /// queue acquires the lock.
    turn: Turn<()>,
    /// The state. It is never locked across an `await`.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    retired: Vec<HeaderValue>,
    /// The number of tokens that have been received.
    tokens: u64,
    /// The number of completed attempts to get a token.
    rounds: u64,
    /// The error of the last attempt, or `None` if it succeeded.
    failure: Option<Error>,
    /// The time from which an early renewal may start.
    renew_after: Duration,
    /// The number of the latest token that the API rejected.
    rejected: Option<u64>,
}

/// A cached token. Clones share the text.
#[derive(Clone)]
pub(super) struct Current {
    pub(super) header: HeaderValue,
    number: u64,
    /// The time at which the token was requested.
    asked: Duration,
    lifetime: Option<Duration>,
}

impl Current {
    fn freshness(&self, now: Duration) -> Freshness {
        freshness(now.saturating_sub(self.asked), self.lifetime)
    }
}

/// What a caller must do to get a token for its request.
pub(super) enum Look<'a> {
    Use(Current),
    /// The token is still valid, and this caller renews it.
    Renew {
        old: Current,
        turn: TurnGuard<'a, ()>,
    },
    /// There is no valid token. `rounds` is the number of completed attempts to get one.
    Wait {
        rounds: u64,
    },
}

impl Cache {
    pub(super) fn new(way: Way) -> Self {
        Cache { way, turn: Turn::new(()), state: Mutex::default() }
    }

    /// Creates the cache of a fixed token. Returns `None` if the text can't be a token.
    pub(super) fn fixed(token: Token) -> Option<Self> {
        let cache = Cache::new(Way::Fixed);
        let header = bearer(token.secret.expose_secret())?;
        cache.state().replace(header, Duration::ZERO, None);
        Some(cache)
    }

    /// Returns the cached token, or what the caller must do instead.
    pub(super) fn look(&self, means: Means<'_>) -> Look<'_> {
        let now = means.clock.now();
        let state = self.state();
        let Some(current) = state.current.clone() else {
            return Look::Wait { rounds: state.rounds };
        };
        match current.freshness(now) {
            Freshness::Fresh => Look::Use(current),
            Freshness::Expired => Look::Wait { rounds: state.rounds },
            Freshness::Aging if now < state.renew_after || means.patience().is_zero() => {
                Look::Use(current)
            }
            Freshness::Aging => match try_turn(&self.turn) {
                Some(turn) => Look::Renew { old: current, turn },
                None => Look::Use(current),
            },
        }
    }

    /// Renews a token that is still valid. If that fails, returns the old token unless it has expired in the meantime.
    pub(super) async fn renewed(
        &self,
        old: Current,
        _turn: TurnGuard<'_, ()>,
        means: Means<'_>,
    ) -> Result<Current, Error> {
        // The time is set before the request, so the pause also applies if the caller is dropped.
        self.state().renew_after = means.clock.now().saturating_add(PAUSE);
        let mut timer = Timer::new(means.clock, means.patience());
        let result = timer.bound(pin!(self.get(means))).await;
        let is_valid = old.freshness(means.clock.now()) != Freshness::Expired;
        match result {
            Some(Ok(new)) => Ok(new),
            Some(Err(error)) if !is_valid => Err(error),
            None if !is_valid => self.get(means).await,
            failed => {
                trace::not_renewed(failed.and_then(Result::err).as_ref());
                Ok(old)
            }
        }
    }

    /// Waits for the lock, and fetches a token unless another caller has fetched one in the meantime.
    pub(super) async fn obtained(&self, rounds: u64, means: Means<'_>) -> Result<Current, Error> {
        let _turn = self.turn.lock().await;
        match self.since(rounds) {
            Some(result) => result,
            None => self.get(means).await,
        }
    }

    /// Returns the result of the latest attempt if more than `rounds` attempts have been completed. All callers that
    /// waited for the attempt get this result, so they don't all send a request to a token endpoint that is down.
    fn since(&self, rounds: u64) -> Option<Result<Current, Error>> {
        let state = self.state();
        if state.rounds == rounds {
            return None;
        }
        match &state.failure {
            Some(failure) => Some(Err(failure.repeated())),
            // There is no token if the latest token has already been rejected.
            None => state.current.clone().map(Ok),
        }
    }

    /// Fetches a token, and keeps the token or the error. The caller holds the lock.
    ///
    /// This function has no time limit. If a caller runs out of time, the future of this function is dropped, and the
    /// next caller tries again within its own remaining time.
    async fn get(&self, means: Means<'_>) -> Result<Current, Error> {
        let asked = means.clock.now();
        let result = self.way.get(means).await.and_then(|token| {
            let header = bearer(token.secret.expose_secret()).ok_or_else(unfit)?;
            Ok((header, token.lifetime))
        });
        let mut state = self.state();
        state.rounds += 1;
        match result {
            Ok((header, lifetime)) => Ok(state.replace(header, asked, lifetime)),
            Err(error) => {
                state.failure = Some(error.repeated());
                Err(error)
            }
        }
    }

    /// Drops the token if the API rejected it.
    pub(super) fn drop_rejected(&self) {
        if matches!(self.way, Way::Fixed) {
            return;
        }
        let mut state = self.state();
        let rejected = state.rejected;
        if let Some(current) = state.current.take_if(|it| Some(it.number) <= rejected) {
            state.retire(current);
        }
    }

    pub(super) fn redact(&self, redactor: &mut Redactor) {
        if let Way::Request(request) = &self.way {
            request.redact(redactor);
        }
        let state = self.state();
        let current = state.current.iter().map(|current| &current.header);
        for header in current.chain(&state.retired) {
            let token = header.as_bytes().get(SCHEME.len()..).unwrap_or_default();
            redactor.add(&String::from_utf8_lossy(token));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn replace(
        &mut self,
        header: HeaderValue,
        asked: Duration,
        lifetime: Option<Duration>,
    ) -> Current {
        self.tokens += 1;
        self.failure = None;
        self.renew_after = Duration::ZERO;
        let new = Current { header, number: self.tokens, asked, lifetime };
        if let Some(old) = self.current.replace(new.clone()) {
            self.retire(old);
        }
        new
    }

    fn retire(&mut self, old: Current) {
        if self.retired.len() >= RETIRED {
            self.retired.remove(0);
        }
        self.retired.push(old.header);
    }
}

const SCHEME: &str = "Bearer ";

/// Returns the value of the `Authorization` header, or `None` if the token can't be sent in a header.
fn bearer(token: &str) -> Option<HeaderValue> {
    if !is_token(token) {
        return None;
    }
    let mut text = Zeroizing::new(String::with_capacity(SCHEME.len() + token.len()));
    text.push_str(SCHEME);
    text.push_str(token);
    wiped::header(text)
}

fn unfit() -> Error {
    Error::authentication(
        "the callback returned a token that is empty or has a character that isn't allowed in a header",
    )
}

/// The token that a request was sent with.
pub(crate) struct SentToken {
    cache: Arc<Cache>,
    number: u64,
}

impl SentToken {
    pub(super) fn new(cache: &Arc<Cache>, token: &Current) -> Self {
        SentToken { cache: cache.clone(), number: token.number }
    }

    /// Records that the API rejected the token. [`TokenSource::rejected`](super::TokenSource::rejected) then drops
    /// the token unless there is a newer token.
    pub(crate) fn was_rejected(&self) {
        let mut state = self.cache.state();
        state.rejected = state.rejected.max(Some(self.number));
    }
}
