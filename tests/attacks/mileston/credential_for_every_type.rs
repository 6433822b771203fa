//! Implements `Credential` for every type at once, without naming the private trait.
// error: E0210 type parameter `T` must be used as the type parameter for some local type

use std::fmt::Debug;

use mileston_api::Credential;
use mileston_api::keys::{CredentialKind, ModeName};

impl<T: Clone + Debug + Send + Sync + 'static> Credential for T {
    const KIND: CredentialKind = CredentialKind::Normal;

    fn mode(&self) -> Option<ModeName> {
        None
    }

    fn expose_api_key(&self) -> Option<&str> {
        None
    }

    fn expose_wallet_secret(&self) -> Option<&str> {
        None
    }
}

fn main() {}
