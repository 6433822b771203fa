//! Defines the user's settings of a token request.

use std::fmt;

use crate::secret_text::SecretText;

/// The settings that all grants share.
pub(super) struct Settings {
    pub(super) token_url: String,
    pub(super) client_id: String,
    pub(super) client_secret: Option<SecretText>,
    pub(super) in_body: bool,
    pub(super) scopes: Vec<String>,
    pub(super) parameters: Vec<(String, SecretText)>,
}

impl Settings {
    pub(super) fn new(token_url: String, client_id: String) -> Self {
        Settings {
            token_url,
            client_id,
            client_secret: None,
            in_body: false,
            scopes: Vec::new(),
            parameters: Vec::new(),
        }
    }

    /// Writes the `Debug` output. The URL is left out, because it may contain a password.
    pub(super) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.parameters.iter().map(|(name, _)| name);
        f.debug_struct(name)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("parameters", &parameters.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
