//! Decides which credentials are valid: those in the store, and the keys that checkout pages use for their API calls.

mod page_keys;

use std::sync::Arc;

use mileston_keys::{AnyKey, BusinessId, ModeName};

use self::page_keys::PageKeys;
use crate::credentials::Failure;
use crate::runtime::{Authority, Grant, is_signature_of};
use crate::store::{Owner, Store};

/// Checks the credentials of all requests to a sandbox.
pub(crate) struct Issuer {
    store: Arc<Store>,
    live: bool,
    page_keys: PageKeys,
}

impl Issuer {
    /// Creates an issuer for the credentials in this store; `live` says whether live mode exists.
    pub(crate) fn new(store: Arc<Store>, live: bool) -> Self {
        Issuer { store, live, page_keys: PageKeys::default() }
    }

    /// Returns whether live mode exists.
    pub(crate) fn has_live_mode(&self) -> bool {
        self.live
    }

    /// Returns the Checkout key that a business's checkout pages use to call the API.
    pub(crate) fn page_key(
        &self,
        business: &BusinessId,
        mode: ModeName,
    ) -> Result<AnyKey, Failure> {
        self.page_keys.of(business, mode)
    }
}

impl Authority for Issuer {
    fn grant(&self, key: &str) -> Option<Grant> {
        let stored = self.store.owner(key);
        let stored = stored.map(|(owner, kind)| {
            let Owner { business, mode } = owner;
            Grant { business, mode, kind }
        });
        stored.or_else(|| self.page_keys.find(key))
    }

    fn accepts(&self, mode: ModeName) -> bool {
        self.live || mode == ModeName::Test
    }

    fn has_signed(&self, business: &BusinessId, message: &[u8], signature: &[u8; 32]) -> bool {
        let secret = self.store.wallet_secret(business);
        secret.is_some_and(|secret| is_signature_of(message, secret.expose_secret(), signature))
    }
}
