//! Implements the client credentials grant. A program uses this grant to get a token for itself.

use std::fmt;

use super::settings::Settings;
use crate::secret_text::SecretText;

/// The OAuth 2 client credentials grant. The program gets a token for itself with an id and a secret.
///
/// ```
/// use openapi_keys_runtime::token::{ClientCredentials, TokenSource};
///
/// # fn read_secret() -> String { "plainly-fake-secret".to_owned() }
/// let login = ClientCredentials::new("https://auth.example/token", "reporting", read_secret());
/// let tokens = TokenSource::client_credentials(login.scopes(["metrics:read"]))?;
/// # let _ = tokens;
/// # Ok::<(), openapi_keys_runtime::token::SetupError>(())
/// ```
#[must_use = "settings do nothing until `TokenSource::client_credentials` turns them into a source"]
pub struct ClientCredentials(pub(super) Settings);

impl ClientCredentials {
    /// Creates the settings from the URL of the token endpoint, the client id and the client secret.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Self {
        let mut settings = Settings::new(token_url.into(), client_id.into());
        settings.client_secret = Some(SecretText::new(client_secret));
        ClientCredentials(settings)
    }

    /// Sets the scopes to request. By default, none are requested, and the server grants its default scopes. A server
    /// may grant fewer scopes than requested. The client doesn't check this.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.0.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Sends the id and the secret as parameters in the body. Use this for a server that doesn't support HTTP Basic.
    /// Basic is the default, because the standard requires every server to support it.
    pub fn credentials_in_body(mut self) -> Self {
        self.0.in_body = true;
        self
    }

    /// Adds a parameter that the server needs, e.g. `audience` or `resource`. `Debug` shows only its name. The
    /// parameter's value isn't removed from responses, unlike the client secret.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.parameters.push((name.into(), SecretText::new(value)));
        self
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show("ClientCredentials", f)
    }
}
