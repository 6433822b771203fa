//! The Checkout keys that the checkout pages use to call the API: one for each business and mode.
//!
//! The pages can't use the users' keys, because only hashes of the users' keys are stored. The pages' own keys are
//! created when a page is first shown, kept in memory only, and lost when the sandbox stops.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName};
use subtle::ConstantTimeEq;

use crate::credentials::{self, Failure};
use crate::runtime::Grant;

/// The pages' keys.
#[derive(Default)]
pub(super) struct PageKeys {
    keys: Mutex<HashMap<(BusinessId, ModeName), AnyKey>>,
}

impl PageKeys {
    /// Returns the key for this business and mode, and creates it if it doesn't exist.
    pub(super) fn of(&self, business: &BusinessId, mode: ModeName) -> Result<AnyKey, Failure> {
        let mut keys = self.keys();
        let account = (business.clone(), mode);
        if let Some(key) = keys.get(&account) {
            return Ok(key.clone());
        }
        let key = credentials::new_key(KeyKind::Checkout, mode)?;
        keys.insert(account, key.clone());
        Ok(key)
    }

    /// Returns the identity that a key belongs to. Compares the key with all page keys, even after a match.
    pub(super) fn find(&self, text: &str) -> Option<Grant> {
        let mut found = None;
        for ((business, mode), key) in self.keys().iter() {
            if bool::from(key.expose_secret().as_bytes().ct_eq(text.as_bytes())) {
                let (business, mode) = (business.clone(), *mode);
                found = Some(Grant { business, mode, kind: KeyKind::Checkout });
            }
        }
        found
    }

    fn keys(&self) -> MutexGuard<'_, HashMap<(BusinessId, ModeName), AnyKey>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_business_and_mode_has_its_own_checkout_key() {
        let (one, two): (BusinessId, BusinessId) = ("1".parse().unwrap(), "2".parse().unwrap());
        let keys = PageKeys::default();
        let test = keys.of(&one, ModeName::Test).unwrap();
        let live = keys.of(&one, ModeName::Live).unwrap();
        let other = keys.of(&two, ModeName::Test).unwrap();
        assert_eq!(test.expose_secret(), keys.of(&one, ModeName::Test).unwrap().expose_secret());
        for (key, business, mode) in [
            (test, &one, ModeName::Test),
            (live, &one, ModeName::Live),
            (other, &two, ModeName::Test),
        ] {
            assert_eq!((key.kind(), key.mode()), (KeyKind::Checkout, mode));
            let grant = Grant { business: business.clone(), mode, kind: KeyKind::Checkout };
            assert_eq!(keys.find(key.expose_secret()), Some(grant));
        }
        assert_eq!(keys.find("Mileston_TEST_CHECKOUTKEY_fake"), None);
    }
}
