//! Defines a source of bearer tokens for a client.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};

use http::header::AUTHORIZATION;

use super::cache::{Cache, Current, Look, SentToken};
use super::callback::{Callback, Token};
use super::client_credentials::ClientCredentials;
use super::error::SetupError;
use super::refresh_token::RefreshToken;
use super::request::{Grant, TokenRequest};
use super::way::{Means, Way};
use crate::authenticate::Outgoing;
use crate::error::Error;
use crate::eventually::Eventually;
use crate::platform::MaybeSend;
use crate::redact::Redactor;

/// A source of bearer tokens for an OAuth 2 or OpenID Connect security scheme.
///
/// All clones of a source share one cached token, and only one call at a time fetches the next token. If the call that
/// fetches the token is dropped, another call takes over. If fetching a token fails, all calls that waited for the
/// token fail.
///
/// A token is due for renewal in the last tenth of its lifetime, but no earlier than a minute before it expires. One
/// call then renews the token while the other calls still use the old one. If the renewal fails, the old token is used
/// as long as it is valid. A token without a lifetime is used until a response has the status 401. A fixed token is
/// used even after that.
///
/// Clients that share a source must use the same [`Clock`](crate::Clock).
///
/// To use a source in a hand-written credential:
///
/// ```
/// use openapi_keys_runtime::token::TokenSource;
/// use openapi_keys_runtime::{
///     Authenticate, Error, Eventually, Outgoing, Redactor, RequiredScheme, SecurityRequirement,
/// };
///
/// struct Login(TokenSource);
///
/// impl Authenticate for Login {
///     fn holds(&self, required: &RequiredScheme) -> bool {
///         required.name == "oauth"
///     }
///
///     fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
///         Eventually::later(async move { self.0.add(&mut request).get().await })
///     }
///
///     fn redact(&self, redactor: &mut Redactor) {
///         self.0.redact(redactor);
///     }
///
///     fn rejected(&self, _: &'static SecurityRequirement) {
///         self.0.rejected();
///     }
/// }
/// ```
#[derive(Clone)]
pub struct TokenSource(Arc<Cache>);

impl TokenSource {
    /// Creates a source with a single token that never changes. After the token has expired, the API rejects the calls.
    ///
    /// # Errors
    ///
    /// Returns an error if the token is empty or contains a character that isn't visible ASCII.
    pub fn fixed(token: impl Into<String>) -> Result<Self, SetupError> {
        let token = Token::new(token);
        if token.secret.expose_secret().is_empty() {
            return Err(SetupError::Empty("token"));
        }
        Cache::fixed(token).map(Self::of).ok_or(SetupError::Token)
    }

    /// Creates a source that gets tokens with the client credentials grant. Nothing is sent until a request needs a
    /// token.
    ///
    /// # Errors
    ///
    /// Returns an error if the token URL uses neither https nor plain http to this machine, or if a setting is empty or
    /// can't be sent.
    pub fn client_credentials(login: ClientCredentials) -> Result<Self, SetupError> {
        Self::request(TokenRequest::new(login.0, Grant::ClientCredentials)?)
    }

    /// Creates a source that gets tokens with a refresh token. Nothing is sent until a request needs a token.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`client_credentials`](TokenSource::client_credentials).
    pub fn refresh_token(login: RefreshToken) -> Result<Self, SetupError> {
        let RefreshToken { settings, token, rotated } = login;
        if token.expose_secret().is_empty() {
            return Err(SetupError::Empty("refresh token"));
        }
        let token = Mutex::new(token);
        Self::request(TokenRequest::new(settings, Grant::RefreshToken { token, rotated })?)
    }

    /// Creates a source that calls your code for each new token. Use it, for example, for a login in a browser or for a
    /// token from another program.
    ///
    /// Your code is called only when a token is needed, and is never called again before the previous call has
    /// returned. If an API call that waits for your code times out or is dropped, the future from your code is dropped
    /// too. Your code must not send a request that needs a token from the same source, because that request would wait
    /// for your code. If your code fails, its error becomes the source of the call's error. `Debug` shows the text of
    /// that error, so the text must not contain a secret.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use openapi_keys_runtime::token::{Token, TokenSource};
    ///
    /// let tokens = TokenSource::callback(|| async {
    ///     let text = std::fs::read_to_string("/var/run/secrets/token")?;
    ///     Ok::<_, std::io::Error>(Token::new(text.trim_end()).expires_in(Duration::from_secs(600)))
    /// });
    /// # let _ = tokens;
    /// ```
    #[must_use]
    pub fn callback<F, Fut, E>(get: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Token, E>> + MaybeSend + 'static,
        E: StdError + Send + Sync + 'static,
    {
        Self::of(Cache::new(Way::Callback(Box::new(Callback(get)))))
    }

    fn request(request: TokenRequest) -> Result<Self, SetupError> {
        Ok(Self::of(Cache::new(Way::Request(Box::new(request)))))
    }

    fn of(cache: Cache) -> Self {
        TokenSource(Arc::new(cache))
    }

    /// Sets the `Authorization` header to `Bearer` and a token, and fetches the token first if necessary.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Authentication`](crate::ErrorKind::Authentication) if there is no token. The error says
    /// why.
    pub fn add<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Eventually<'a, Result<(), Error>> {
        let means = Means {
            carrier: request.carrier,
            clock: request.clock,
            limit: request.limit,
            needed: request.needed,
        };
        match self.0.look(means) {
            Look::Use(token) => Eventually::Now(self.insert(request, &token)),
            Look::Renew { old, turn } => Eventually::later(async move {
                let token = self.0.renewed(old, turn, means).await?;
                self.insert(request, &token)
            }),
            Look::Wait { rounds } => Eventually::later(async move {
                let token = self.0.obtained(rounds, means).await?;
                self.insert(request, &token)
            }),
        }
    }

    fn insert(&self, request: &mut Outgoing<'_>, token: &Current) -> Result<(), Error> {
        // The token is transient, so that it is removed from the response even if the cache has dropped it by the time
        // the response arrives.
        request.insert_transient(AUTHORIZATION, token.header.clone())?;
        *request.sent_token = Some(SentToken::new(&self.0, token));
        Ok(())
    }

    /// Adds the client secret, the refresh token, the current access token and a few previous access tokens to the
    /// secrets that are removed from responses.
    pub fn redact(&self, redactor: &mut Redactor) {
        self.0.redact(redactor);
    }

    /// Drops the token that the API rejected, so that the next request gets a new token. Keeps a fixed token, and a
    /// token that is newer than the rejected token. Call this in
    /// [`Authenticate::rejected`](crate::Authenticate::rejected).
    pub fn rejected(&self) {
        self.0.drop_rejected();
    }
}

/// Shows the origin of the token endpoint but no secret.
impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("TokenSource");
        match &self.0.way {
            Way::Fixed => shown.field("kind", &"fixed"),
            Way::Callback(_) => shown.field("kind", &"callback"),
            Way::Request(request) => shown
                .field("kind", &request.kind())
                .field("token_endpoint", &request.endpoint.origin.as_str()),
        };
        shown.finish_non_exhaustive()
    }
}
