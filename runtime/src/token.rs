//! Provides OAuth 2 and OpenID Connect bearer tokens.
//!
//! | flow | source |
//! | --- | --- |
//! | a token that the program already has | [`TokenSource::fixed`] |
//! | client credentials | [`ClientCredentials`] |
//! | a refresh token from an earlier login | [`RefreshToken`] |
//! | any other flow | [`TokenSource::callback`] |
//!
//! Unless its token is fixed, a [`TokenSource`] gets a token when the first request needs one. It gets a new token
//! shortly before the token expires, and after a response with the status 401. Token requests use the client's own
//! transport and clock, so they also use the client's proxy, certificates and
//! [`FakeTransport`](crate::FakeTransport).
//!
//! ```
//! use openapi_keys_runtime::token::{ClientCredentials, TokenSource};
//!
//! # fn read_secret() -> String { "plainly-fake-secret".to_owned() }
//! let login = ClientCredentials::new("https://auth.example/token", "reporting", read_secret())
//!     .scopes(["dashboards:read", "metrics:read"])
//!     .parameter("audience", "https://api.example");
//! let tokens = TokenSource::client_credentials(login)?;
//! # let _ = tokens;
//! # Ok::<(), openapi_keys_runtime::token::SetupError>(())
//! ```
//!
//! # Scopes
//!
//! A token is opaque to the client, so the scopes that your code declares for a token are only a claim. The client
//! neither reads scopes from the token nor checks the claim. The server that issues the token decides which scopes the
//! token gets, and the API decides which scopes a call needs. If the claim is wrong, the code still compiles, but the
//! API rejects the call.
//!
//! # Failures
//!
//! If there is no token, the call fails with
//! [`ErrorKind::Authentication`](crate::ErrorKind::Authentication), nothing is sent, and the error says why. The error
//! contains neither a secret nor text from the token endpoint, except an OAuth error code such as `invalid_client`.
//!
//! A token request is sent once, without retries. The wait for the token counts towards the attempt's time limit.

mod cache;
mod callback;
mod client_credentials;
mod encoding;
mod endpoint;
mod error;
mod freshness;
mod refresh_token;
mod request;
mod response;
mod settings;
mod source;
mod way;

pub(crate) use self::cache::SentToken;
pub use self::callback::Token;
pub use self::client_credentials::ClientCredentials;
pub use self::error::SetupError;
pub use self::refresh_token::RefreshToken;
pub use self::source::TokenSource;
