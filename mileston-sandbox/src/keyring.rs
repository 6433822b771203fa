//! The credentials that a sandbox gave out. Keys are kept as hashes; they were random enough not to be guessed.

use std::collections::HashMap;

use mileston_keys::{BusinessId, WalletSecret};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use crate::runtime::{Grant, is_signature_of};

/// All keys and wallet secrets of a sandbox.
#[derive(Default)]
pub(crate) struct Keyring {
    keys: Vec<Key>,
    secrets: HashMap<BusinessId, WalletSecret>,
}

struct Key {
    hash: [u8; 32],
    grant: Grant,
}

impl Keyring {
    /// Remembers a key.
    pub(crate) fn add_key(&mut self, text: &str, grant: Grant) {
        self.keys.push(Key { hash: hash(text), grant });
    }

    /// Remembers a wallet secret. It is kept as it is: checking a signature takes the secret itself.
    pub(crate) fn add_secret(&mut self, business: BusinessId, secret: WalletSecret) {
        self.secrets.insert(business, secret);
    }

    /// What the key was given out for. Looks at every key to the end, whether found or not.
    pub(crate) fn find(&self, text: &str) -> Option<Grant> {
        let wanted = hash(text);
        let mut found = None;
        for key in &self.keys {
            let same: Choice = key.hash.ct_eq(&wanted);
            if bool::from(same) {
                found = Some(&key.grant);
            }
        }
        found.cloned()
    }

    /// Whether the business's secret makes this signature of the message.
    pub(crate) fn has_signed(
        &self,
        business: &BusinessId,
        message: &[u8],
        signature: &[u8; 32],
    ) -> bool {
        let secret = self.secrets.get(business);
        secret.is_some_and(|secret| is_signature_of(message, secret.expose_secret(), signature))
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use mileston_keys::{KeyKind, ModeName};

    use super::*;

    #[test]
    fn a_key_is_found_by_its_whole_text_only_and_not_kept() {
        let business: BusinessId = "b".parse().unwrap();
        let grant = Grant { business, mode: ModeName::Test, kind: KeyKind::Normal };
        let mut ring = Keyring::default();
        ring.add_key("Mileston_TEST_one", grant.clone());
        assert_eq!(ring.find("Mileston_TEST_one"), Some(grant));
        for text in ["", "Mileston_TEST_on", "Mileston_TEST_onee", "mileston_test_one"] {
            assert_eq!(ring.find(text), None);
        }
        assert!(ring.keys.iter().all(|key| key.hash != *b"Mileston_TEST_one_______________"));
    }

    #[test]
    fn a_secret_signs_for_its_own_business_only() {
        let (one, two): (BusinessId, BusinessId) = ("1".parse().unwrap(), "2".parse().unwrap());
        let mut ring = Keyring::default();
        ring.add_secret(one.clone(), "Jefe".parse().unwrap());
        ring.add_secret(two.clone(), "other".parse().unwrap());
        let mac = {
            use hmac::{Hmac, Mac};
            let mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap().chain_update(b"{}");
            mac.finalize().into_bytes().into()
        };
        assert!(ring.has_signed(&one, b"{}", &mac));
        assert!(!ring.has_signed(&two, b"{}", &mac));
        assert!(!ring.has_signed(&"3".parse().unwrap(), b"{}", &mac));
    }
}
