//! Implements the refresh token grant. A program uses this grant to act for a user who logged in earlier.

use std::fmt;

use super::request::OnRotation;
use super::settings::Settings;
use crate::secret_text::SecretText;

/// The OAuth 2 refresh token grant. The program acts for a user who logged in earlier.
///
/// Many servers return a new refresh token with each access token and then reject the old refresh token. The source
/// uses the new refresh token from then on. To keep the new token across restarts, save it in the
/// [`on_rotation`](RefreshToken::on_rotation) callback.
///
/// If a call times out or is dropped during a token request, a new refresh token in the response is lost. Servers that
/// rotate refresh tokens usually accept the old token for a short time after they have issued a new one.
///
/// ```
/// use openapi_keys_runtime::token::{RefreshToken, TokenSource};
///
/// # fn load() -> String { "plainly-fake-refresh-token".to_owned() }
/// # fn save(_: &str) {}
/// let login = RefreshToken::new("https://auth.example/token", "desktop-app", load())
///     .on_rotation(|token| save(token.expose_secret()));
/// let tokens = TokenSource::refresh_token(login)?;
/// # let _ = tokens;
/// # Ok::<(), openapi_keys_runtime::token::SetupError>(())
/// ```
#[must_use = "settings do nothing until `TokenSource::refresh_token` turns them into a source"]
pub struct RefreshToken {
    pub(super) settings: Settings,
    pub(super) token: SecretText,
    pub(super) rotated: Option<Box<dyn OnRotation>>,
}

impl RefreshToken {
    /// Creates the settings from the URL of the token endpoint, the client id and the refresh token.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        refresh_token: impl Into<String>,
    ) -> Self {
        let settings = Settings::new(token_url.into(), client_id.into());
        RefreshToken { settings, token: SecretText::new(refresh_token), rotated: None }
    }

    /// Sets the client secret, if the client has one.
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.settings.client_secret = Some(SecretText::new(secret));
        self
    }

    /// Sets a callback that runs when the server returns a different refresh token. The callback runs before the access
    /// token of the same response is used, and the call waits until the callback returns.
    pub fn on_rotation(mut self, save: impl Fn(&SecretText) + Send + Sync + 'static) -> Self {
        self.rotated = Some(Box::new(save));
        self
    }

    /// Sets the scopes to request. Use this to request fewer scopes than at login.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.settings.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sends the id and the secret as parameters in the body, for a server that doesn't support HTTP Basic. Without a
    /// secret, the id is always sent in the body.
    pub fn credentials_in_body(mut self) -> Self {
        self.settings.in_body = true;
        self
    }

    /// Adds a parameter that the server needs, e.g. `audience` or `resource`. `Debug` shows only its name. Unlike
    /// the client secret and the refresh token, the parameter's value isn't removed from responses.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.parameters.push((name.into(), SecretText::new(value)));
        self
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.show("RefreshToken", f)
    }
}
