//! Gets a token from the user's own code.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::Error;
use crate::platform::{BoxFuture, MaybeSend};
use crate::secret_text::SecretText;

/// A bearer token and its lifetime, as returned by the callback of
/// [`TokenSource::callback`](super::TokenSource::callback).
///
/// ```
/// use std::time::Duration;
///
/// use openapi_keys_runtime::token::Token;
///
/// let token = Token::new("plainly-fake-token").expires_in(Duration::from_secs(3600));
/// assert!(!format!("{token:?}").contains("fake"));
/// ```
#[derive(Clone)]
pub struct Token {
    pub(super) secret: SecretText,
    pub(super) lifetime: Option<Duration>,
}

impl Token {
    /// Wraps a token's text, not including `Bearer`. Without a lifetime, the token is used until the API rejects it.
    pub fn new(secret: impl Into<String>) -> Self {
        Token { secret: SecretText::new(secret), lifetime: None }
    }

    /// Sets how long the token is valid, measured from the time when it was requested. The token is renewed shortly
    /// before it expires.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("secret", &self.secret)
            .field("lifetime", &self.lifetime)
            .finish()
    }
}

/// The user's code, with its type erased.
pub(super) trait GetToken: Send + Sync {
    fn get(&self) -> BoxFuture<'static, Result<Token, Error>>;
}

pub(super) struct Callback<F>(pub(super) F);

impl<F, Fut, E> GetToken for Callback<F>
where
    F: Fn() -> Fut + Send + Sync,
    Fut: Future<Output = Result<Token, E>> + MaybeSend + 'static,
    E: StdError + Send + Sync + 'static,
{
    fn get(&self) -> BoxFuture<'static, Result<Token, Error>> {
        let future = (self.0)();
        Box::pin(async {
            future.await.map_err(|error| {
                Error::authentication("the callback that gets the token failed").with_source(error)
            })
        })
    }
}
