//! Creates, lists, rolls and revokes keys in the store. Only the hash of a key is stored.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName, WalletSecret};
use rusqlite::params;

use super::draw::Draw;
use super::keyring::{Keyring, hash, names};
use super::owner::Owner;
use super::rejection::Rejection;
use super::sql::Sql;
use super::world::{END, Moment, timestamp};
use super::{Account, Store};
use crate::credentials::{self, Credentials};

/// The stored data of a key, without the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredKey {
    /// Identifies the key: the first 12 hexadecimal digits of its SHA-256 hash, from which the key can't be derived.
    pub fingerprint: String,
    /// The business that the key was created for.
    pub business: BusinessId,
    /// The mode of the key: test or live.
    pub mode: ModeName,
    /// The kind of the key: Normal or Checkout.
    pub kind: KeyKind,
    /// When the key was created.
    pub created: Timestamp,
    /// Whether the key is valid.
    pub state: KeyState,
}

/// Whether a key is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyState {
    /// The key is valid.
    Active,
    /// The key was rolled, and is valid until this time.
    Expires(Timestamp),
    /// The key was rolled, and stopped being valid at this time.
    Expired(Timestamp),
    /// The key was revoked at this time.
    Revoked(Timestamp),
}

impl Store {
    /// Returns the key's owner and kind, if the key is valid.
    pub(crate) fn owner(&self, key: &str) -> Option<(Owner, KeyKind)> {
        // If the clock can't be read, every key with an expiry is treated as expired.
        let now = self.world.now().unwrap_or(i64::MAX);
        self.keyring().find(key, now)
    }

    /// Returns the wallet secret of a business.
    pub(crate) fn wallet_secret(&self, business: &BusinessId) -> Option<WalletSecret> {
        self.keyring().wallet_secret(business)
    }

    fn keyring(&self) -> Arc<Keyring> {
        self.keyring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns an id for a new business.
    pub(crate) async fn new_business_id(&self) -> Result<BusinessId, Rejection> {
        let id = self.steer(|sql, moment| Draw::new(sql, moment).uuid()).await?;
        id.parse().map_err(Rejection::unreadable)
    }

    /// Adds a business.
    pub(crate) async fn admit(&self, credentials: &Credentials) -> Result<(), Rejection> {
        let credentials = credentials.clone();
        self.change_keys(move |sql, moment| {
            let business = credentials.business_id();
            let text = "INSERT INTO businesses (id, wallet_secret, created) VALUES (?1, ?2, ?3)";
            let secret = credentials.wallet_secret().expose_secret();
            sql.run(text, params![business.as_str(), secret, moment.now])?;
            credentials.keys().iter().try_for_each(|key| add(sql, moment, business, key))
        })
        .await
    }

    /// Returns the business that the store was created with, if any.
    pub(crate) async fn first_business(&self) -> Result<Option<BusinessId>, Rejection> {
        self.look(|sql| {
            let text = "SELECT id FROM businesses ORDER BY sequence LIMIT 1";
            let id = sql.first(text, [], |row| row.get::<_, String>(0))?;
            id.map(|id| id.parse().map_err(Rejection::unreadable)).transpose()
        })
        .await
    }

    /// Returns all keys, oldest first.
    pub(crate) async fn keys(&self) -> Result<Vec<StoredKey>, Rejection> {
        let now = self.world.now()?;
        self.look(move |sql| list(sql, now)).await
    }

    /// Creates a key for an existing business.
    pub(crate) async fn create_key(
        &self,
        business: &BusinessId,
        kind: KeyKind,
        mode: ModeName,
    ) -> Result<AnyKey, Rejection> {
        let (business, key) = (business.clone(), credentials::new_key(kind, mode)?);
        self.change_keys(move |sql, moment| {
            let text = "SELECT 1 FROM businesses WHERE id = ?1";
            let known = sql.first(text, [business.as_str()], |_| Ok(()))?;
            known.ok_or(Rejection::BusinessNotFound)?;
            add(sql, moment, &business, &key)?;
            Ok(key)
        })
        .await
    }

    /// Rolls a key. The old key stays valid until the overlap ends.
    pub(crate) async fn roll_key(
        &self,
        fingerprint: &str,
        overlap: Duration,
    ) -> Result<AnyKey, Rejection> {
        let fingerprint = fingerprint.to_owned();
        self.change_keys(move |sql, moment| {
            let (now, old) = (moment.now, find(sql, moment.now, &fingerprint)?);
            if !matches!(old.state, KeyState::Active | KeyState::Expires(_)) {
                return Err(Rejection::KeyEnded);
            }
            let key = credentials::new_key(old.kind, old.mode)?;
            add(sql, moment, &old.business, &key)?;
            let overlap = i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX);
            // Rolling a key again never extends its validity.
            let text = "UPDATE keys SET expires = min(ifnull(expires, ?2), ?2) \
                        WHERE lower(hex(substr(hash, 1, 6))) = ?1";
            sql.run(text, params![fingerprint, now.saturating_add(overlap).min(END)])?;
            Ok(key)
        })
        .await
    }

    /// Revokes a key. Revoking it again changes nothing.
    pub(crate) async fn revoke_key(&self, fingerprint: &str) -> Result<(), Rejection> {
        let fingerprint = fingerprint.to_owned();
        self.change_keys(move |sql, moment| {
            find(sql, moment.now, &fingerprint)?;
            let text = "UPDATE keys SET revoked = ?2 \
                        WHERE lower(hex(substr(hash, 1, 6))) = ?1 AND revoked IS NULL";
            sql.run(text, params![fingerprint, moment.now]).map(drop)
        })
        .await
    }

    /// Rolls the wallet secret of a business. A business has only one secret at a time.
    pub(crate) async fn roll_wallet_secret(
        &self,
        business: &BusinessId,
    ) -> Result<WalletSecret, Rejection> {
        let (business, secret) = (business.clone(), credentials::new_wallet_secret()?);
        self.change_keys(move |sql, _| {
            let text = "UPDATE businesses SET wallet_secret = ?2 WHERE id = ?1";
            match sql.run(text, [business.as_str(), secret.expose_secret()])? {
                0 => Err(Rejection::BusinessNotFound),
                _ => Ok(secret),
            }
        })
        .await
    }

    /// Changes keys in the store, and updates the keys in memory before the caller gets a response.
    async fn change_keys<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>, Moment) -> Result<T, Rejection> + Send + 'static,
    ) -> Result<T, Rejection> {
        let world = Arc::clone(&self.world);
        let known = Arc::clone(&self.keyring);
        let change = move |sql: Sql<'_>| {
            let value = work(sql, world.moment()?)?;
            Ok((value, Arc::new(Keyring::load(sql)?)))
        };
        let renew = move |(_, fresh): &(T, Arc<Keyring>)| {
            *known.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(fresh);
        };
        self.writer.run(true, change, renew).await.map(|(value, _)| value)
    }
}

fn add(sql: Sql<'_>, moment: Moment, business: &BusinessId, key: &AnyKey) -> Result<(), Rejection> {
    let account = Account::open(sql, moment, business, key.mode())?;
    let kind = if key.kind() == KeyKind::Checkout { "checkout" } else { "normal" };
    let text = "INSERT INTO keys (account, kind, hash, created) VALUES (?1, ?2, ?3, ?4)";
    sql.run(text, params![account.id(), kind, hash(key.expose_secret()), moment.now]).map(drop)
}

fn find(sql: Sql<'_>, now: i64, fingerprint: &str) -> Result<StoredKey, Rejection> {
    let key = list(sql, now)?.into_iter().find(|key| key.fingerprint == fingerprint);
    key.ok_or_else(|| Rejection::KeyNotFound)
}

fn list(sql: Sql<'_>, now: i64) -> Result<Vec<StoredKey>, Rejection> {
    let text = "SELECT lower(hex(substr(hash, 1, 6))), business, kind = 'checkout', mode = 'live', \
                created, expires, revoked \
                FROM keys JOIN accounts ON accounts.id = keys.account ORDER BY keys.id";
    let rows = sql.all(text, [], |row| {
        let (fingerprint, business) = (row.get(0)?, row.get::<_, String>(1)?);
        let times = (row.get(4)?, row.get(5)?, row.get(6)?);
        Ok((fingerprint, business, names(row.get(2)?, row.get(3)?), times))
    })?;
    let read =
        |(fingerprint, business, (kind, mode), (created, expires, revoked)): (_, String, _, _)| {
            let business = business.parse().map_err(Rejection::unreadable)?;
            let (created, state) = (timestamp(created)?, state(now, expires, revoked)?);
            Ok(StoredKey { fingerprint, business, mode, kind, created, state })
        };
    rows.into_iter().map(read).collect()
}

fn state(now: i64, expires: Option<i64>, revoked: Option<i64>) -> Result<KeyState, Rejection> {
    Ok(match (revoked, expires) {
        (Some(revoked), _) => KeyState::Revoked(timestamp(revoked)?),
        (None, Some(expires)) if now < expires => KeyState::Expires(timestamp(expires)?),
        (None, Some(expires)) => KeyState::Expired(timestamp(expires)?),
        (None, None) => KeyState::Active,
    })
}
