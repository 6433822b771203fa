//! The user's own type claims to be a credential.
use mileston_api::Credential;
use mileston_api::keys::{CredentialKind, ModeName};

#[derive(Clone, Debug)]
struct AnyText(String);

impl Credential for AnyText {
    const KIND: CredentialKind = CredentialKind::Normal;

    fn mode(&self) -> Option<ModeName> {
        None
    }

    fn expose_api_key(&self) -> Option<&str> {
        Some(&self.0)
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

fn main() {}
