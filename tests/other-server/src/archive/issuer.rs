//! Decides which credentials are valid.

use openapi_keys_runtime::SecurityScheme;
use other_api::archive::catalogue::SECURITY_SCHEMES;

use super::login::Login;
use super::secrets::{USER, scopes};
use crate::runtime::{Authority, Presented};

/// The issuer of all credentials of the archive.
#[derive(Debug, Default)]
pub struct Issuer {
    /// The issuer of tokens for the `login` scheme. It can also revoke tokens.
    pub login: Login,
}

impl Authority for Issuer {
    fn schemes(&self) -> &'static [SecurityScheme] {
        SECURITY_SCHEMES
    }

    fn scopes(&self, scheme: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>> {
        match presented {
            Presented::Token(token) if self.login.has_revoked(token) => None,
            Presented::Key(secret)
            | Presented::Token(secret)
            | Presented::Authorization(secret)
            | Presented::Certificate(secret) => scopes(scheme.name, secret),
            Presented::Basic { user, password } if user == USER => scopes(scheme.name, password),
            Presented::Basic { .. } | Presented::Unreadable => None,
        }
    }
}
