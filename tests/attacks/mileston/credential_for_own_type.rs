//! Implements `Credential` for the program's own type.
// error: E0277 `Own: Sealed` is not satisfied

use mileston_api::Credential;
use mileston_api::keys::{CredentialKind, ModeName};

#[derive(Clone, Debug)]
struct Own;

impl Credential for Own {
    const KIND: CredentialKind = CredentialKind::Normal;

    fn mode(&self) -> Option<ModeName> {
        None
    }

    fn expose_api_key(&self) -> Option<&str> {
        Some("Mileston_TEST_fake0123")
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

fn main() {}
