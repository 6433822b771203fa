//! The credentials. They are kept in memory, because every request needs them. Keys are stored as plain SHA-256 hashes.
//! This is safe because keys are too random to be guessed.

use std::collections::HashMap;

use mileston_keys::{BusinessId, KeyKind, ModeName, WalletSecret};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::owner::Owner;
use super::rejection::Rejection;
use super::sql::Sql;

/// All keys and wallet secrets of a sandbox, except revoked keys.
#[derive(Default)]
pub(crate) struct Keyring {
    /// The keys, indexed by the first bytes of their hashes. A lookup then compares the complete hash in constant time.
    keys: HashMap<[u8; 4], Vec<Key>>,
    secrets: HashMap<BusinessId, WalletSecret>,
}

struct Key {
    hash: [u8; 32],
    owner: Owner,
    kind: KeyKind,
    /// When the key expires, in milliseconds since 1970. From then on, the key is rejected.
    expires: Option<i64>,
}

impl Keyring {
    /// Loads everything from the store.
    pub(super) fn load(sql: Sql<'_>) -> Result<Self, Rejection> {
        let mut ring = Keyring::default();
        let text = "SELECT hash, expires, kind = 'checkout', mode = 'live', business \
                    FROM keys JOIN accounts ON accounts.id = keys.account WHERE revoked IS NULL";
        let keys = sql.all(text, [], |row| {
            let (hash, expires) = (row.get(0)?, row.get(1)?);
            Ok((hash, expires, names(row.get(2)?, row.get(3)?), row.get::<_, String>(4)?))
        })?;
        for (hash, expires, (kind, mode), business) in keys {
            let owner = Owner { business: business_id(&business)?, mode };
            ring.add_key(Key { hash, owner, kind, expires });
        }
        let secrets = sql.all("SELECT id, wallet_secret FROM businesses", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        for (business, secret) in secrets {
            let business = business_id(&business)?;
            let secret = secret.parse().map_err(Rejection::unreadable)?;
            ring.secrets.insert(business, secret);
        }
        Ok(ring)
    }

    fn add_key(&mut self, key: Key) {
        self.keys.entry(start(&key.hash)).or_default().push(key);
    }

    /// Returns the key's owner and kind, if the key is valid at this time.
    pub(super) fn find(&self, text: &str, now: i64) -> Option<(Owner, KeyKind)> {
        let wanted = hash(text);
        let keys = self.keys.get(&start(&wanted))?.iter();
        let mut same = keys.filter(|key| bool::from(key.hash.ct_eq(&wanted)));
        let good = |key: &&Key| key.expires.is_none_or(|expires| now < expires);
        same.find(good).map(|key| (key.owner.clone(), key.kind))
    }

    /// Returns the wallet secret of a business.
    pub(super) fn wallet_secret(&self, business: &BusinessId) -> Option<WalletSecret> {
        self.secrets.get(business).cloned()
    }
}

/// Checks that a business's id contains only letters, digits and hyphens. Users paste the id into shells, and the file
/// may come from someone else. So the id must not contain anything that a shell interprets.
fn business_id(text: &str) -> Result<BusinessId, Rejection> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !plain {
        return Err(Rejection::unreadable("a business id that isn't from a sandbox"));
    }
    text.parse().map_err(Rejection::unreadable)
}

/// Returns the hash of a key, which is stored instead of the key.
pub(super) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Converts the `kind` and `mode` columns of a key.
pub(super) fn names(checkout: bool, live: bool) -> (KeyKind, ModeName) {
    let kind = if checkout { KeyKind::Checkout } else { KeyKind::Normal };
    (kind, if live { ModeName::Live } else { ModeName::Test })
}

fn start(hash: &[u8; 32]) -> [u8; 4] {
    let [a, b, c, d, ..] = *hash;
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(text: &str, expires: Option<i64>) -> (Keyring, (Owner, KeyKind)) {
        let (kind, mode) = names(false, false);
        let owner = Owner { business: "b".parse().unwrap(), mode };
        let mut ring = Keyring::default();
        ring.add_key(Key { hash: hash(text), owner: owner.clone(), kind, expires });
        (ring, (owner, kind))
    }

    #[test]
    fn a_key_is_found_only_by_its_whole_text() {
        let (ring, found) = ring("Mileston_TEST_one", None);
        assert_eq!(ring.find("Mileston_TEST_one", 0), Some(found));
        for text in ["", "Mileston_TEST_on", "Mileston_TEST_onee", "mileston_test_one"] {
            assert_eq!(ring.find(text, 0), None);
        }
    }

    #[test]
    fn a_key_is_valid_until_it_expires() {
        let (ring, found) = ring("Mileston_TEST_one", Some(1000));
        assert_eq!(ring.find("Mileston_TEST_one", 999), Some(found));
        assert_eq!(ring.find("Mileston_TEST_one", 1000), None);
        assert_eq!(ring.find("Mileston_TEST_one", i64::MAX), None);
    }

    #[test]
    fn a_wallet_secret_is_found_only_by_its_own_business() {
        let (one, two): (BusinessId, BusinessId) = ("1".parse().unwrap(), "2".parse().unwrap());
        let mut ring = Keyring::default();
        ring.secrets.insert(one.clone(), "Jefe".parse().unwrap());
        ring.secrets.insert(two.clone(), "other".parse().unwrap());
        let found = |business| ring.wallet_secret(business);
        assert_eq!(found(&one).unwrap().expose_secret(), "Jefe");
        assert_eq!(found(&two).unwrap().expose_secret(), "other");
        assert!(found(&"3".parse().unwrap()).is_none());
    }
}
