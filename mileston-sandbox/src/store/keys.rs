//! Keys in the store: made, listed, rolled, revoked. Only the hash of a key is kept.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName, WalletSecret};
use rusqlite::params;

use super::keyring::{Keyring, hash, names};
use super::sql::{Sql, unreadable};
use super::{Account, Store, now};
use crate::credentials::{self, Credentials};
use crate::runtime::{Grant, Refusal};

/// What is known of a key that was given out. The key itself is not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredKey {
    /// Names the key: the first 12 hexadecimal digits of its SHA-256, from which nobody gets back to it.
    pub fingerprint: String,
    /// To whom it was given out.
    pub business: BusinessId,
    /// Test or live.
    pub mode: ModeName,
    /// Normal or Checkout.
    pub kind: KeyKind,
    /// When it was made.
    pub created: Timestamp,
    /// Whether it is good.
    pub state: KeyState,
}

/// Whether a key is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyState {
    /// It is good.
    Active,
    /// It was rolled, and is good until then.
    Expires(Timestamp),
    /// It was rolled, and is good no more since then.
    Expired(Timestamp),
    /// It was revoked then.
    Revoked(Timestamp),
}

impl Store {
    /// What the key was given out for, if it is good.
    pub(crate) fn grant(&self, key: &str) -> Option<Grant> {
        // Without a clock no key is known not to have expired.
        let now = now().unwrap_or(i64::MAX);
        self.keyring().find(key, now)
    }

    /// Whether the business's wallet secret makes this signature of the message.
    pub(crate) fn has_signed(
        &self,
        business: &BusinessId,
        message: &[u8],
        signature: &[u8; 32],
    ) -> bool {
        self.keyring().has_signed(business, message, signature)
    }

    fn keyring(&self) -> Arc<Keyring> {
        self.keyring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets a business in.
    pub(crate) async fn admit(&self, credentials: &Credentials) -> Result<(), Refusal> {
        let credentials = credentials.clone();
        self.change_keys(move |sql| {
            let business = credentials.business_id();
            let text = "INSERT INTO businesses (id, wallet_secret, created) VALUES (?1, ?2, ?3)";
            let secret = credentials.wallet_secret().expose_secret();
            sql.run(text, params![business.as_str(), secret, now()?])?;
            credentials.keys().iter().try_for_each(|key| add(sql, business, key))
        })
        .await
    }

    /// The business that the store was made with, if any.
    pub(crate) async fn first_business(&self) -> Result<Option<BusinessId>, Refusal> {
        self.look(|sql| {
            let text = "SELECT id FROM businesses ORDER BY sequence LIMIT 1";
            let id = sql.first(text, [], |row| row.get::<_, String>(0))?;
            id.map(|id| id.parse().map_err(|error| unreadable(&error))).transpose()
        })
        .await
    }

    /// All keys, the oldest first.
    pub(crate) async fn keys(&self) -> Result<Vec<StoredKey>, Refusal> {
        self.look(|sql| list(sql, now()?)).await
    }

    /// Makes a key for a business that is known.
    pub(crate) async fn create_key(
        &self,
        business: &BusinessId,
        kind: KeyKind,
        mode: ModeName,
    ) -> Result<AnyKey, Refusal> {
        let (business, key) = (business.clone(), credentials::new_key(kind, mode)?);
        self.change_keys(move |sql| {
            let text = "SELECT 1 FROM businesses WHERE id = ?1";
            let known = sql.first(text, [business.as_str()], |_| Ok(()))?;
            known.ok_or_else(no_business)?;
            add(sql, &business, &key)?;
            Ok(key)
        })
        .await
    }

    /// Makes a key in place of another, which is good for so much longer.
    pub(crate) async fn roll_key(
        &self,
        fingerprint: &str,
        overlap: Duration,
    ) -> Result<AnyKey, Refusal> {
        let fingerprint = fingerprint.to_owned();
        self.change_keys(move |sql| {
            let (now, old) = (now()?, find(sql, &fingerprint)?);
            if !matches!(old.state, KeyState::Active | KeyState::Expires(_)) {
                return Err(Refusal::conflict("This key is good no more: create a new one."));
            }
            let key = credentials::new_key(old.kind, old.mode)?;
            add(sql, &old.business, &key)?;
            let overlap = i64::try_from(overlap.as_millis()).unwrap_or(i64::MAX);
            // A key that expires anyway does not live longer by being rolled again.
            let text = "UPDATE keys SET expires = min(ifnull(expires, ?2), ?2) \
                        WHERE lower(hex(substr(hash, 1, 6))) = ?1";
            sql.run(text, params![fingerprint, now.saturating_add(overlap)])?;
            Ok(key)
        })
        .await
    }

    /// Refuses a key from now on. A second time changes nothing.
    pub(crate) async fn revoke_key(&self, fingerprint: &str) -> Result<(), Refusal> {
        let fingerprint = fingerprint.to_owned();
        self.change_keys(move |sql| {
            find(sql, &fingerprint)?;
            let text = "UPDATE keys SET revoked = ?2 \
                        WHERE lower(hex(substr(hash, 1, 6))) = ?1 AND revoked IS NULL";
            sql.run(text, params![fingerprint, now()?]).map(drop)
        })
        .await
    }

    /// Makes a wallet secret in place of the one that a business has. Two at a time there can't be.
    pub(crate) async fn roll_wallet_secret(
        &self,
        business: &BusinessId,
    ) -> Result<WalletSecret, Refusal> {
        let (business, secret) = (business.clone(), credentials::new_wallet_secret()?);
        self.change_keys(move |sql| {
            let text = "UPDATE businesses SET wallet_secret = ?2 WHERE id = ?1";
            match sql.run(text, [business.as_str(), secret.expose_secret()])? {
                0 => Err(no_business()),
                _ => Ok(secret),
            }
        })
        .await
    }

    /// Changes keys, and what is known of them in memory: before the change is answered, it counts.
    async fn change_keys<T: Send + 'static>(
        &self,
        work: impl FnOnce(Sql<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let known = Arc::clone(&self.keyring);
        let change = move |sql: Sql<'_>| {
            let value = work(sql)?;
            Ok((value, Arc::new(Keyring::load(sql)?)))
        };
        let renew = move |(_, fresh): &(T, Arc<Keyring>)| {
            *known.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(fresh);
        };
        self.writer.run(true, change, renew).await.map(|(value, _)| value)
    }
}

fn no_business() -> Refusal {
    Refusal::not_found("There is no business with this id.")
}

fn add(sql: Sql<'_>, business: &BusinessId, key: &AnyKey) -> Result<(), Refusal> {
    let account = Account::open(sql, business, key.mode())?;
    let kind = if key.kind() == KeyKind::Checkout { "checkout" } else { "normal" };
    let text = "INSERT INTO keys (account, kind, hash, created) VALUES (?1, ?2, ?3, ?4)";
    sql.run(text, params![account.id(), kind, hash(key.expose_secret()), now()?]).map(drop)
}

fn find(sql: Sql<'_>, fingerprint: &str) -> Result<StoredKey, Refusal> {
    let key = list(sql, now()?)?.into_iter().find(|key| key.fingerprint == fingerprint);
    key.ok_or_else(|| Refusal::not_found("There is no key with this fingerprint."))
}

fn list(sql: Sql<'_>, now: i64) -> Result<Vec<StoredKey>, Refusal> {
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
            let business = business.parse().map_err(|error| unreadable(&error))?;
            let (created, state) = (time(created)?, state(now, expires, revoked)?);
            Ok(StoredKey { fingerprint, business, mode, kind, created, state })
        };
    rows.into_iter().map(read).collect()
}

fn state(now: i64, expires: Option<i64>, revoked: Option<i64>) -> Result<KeyState, Refusal> {
    Ok(match (revoked, expires) {
        (Some(revoked), _) => KeyState::Revoked(time(revoked)?),
        (None, Some(expires)) if now < expires => KeyState::Expires(time(expires)?),
        (None, Some(expires)) => KeyState::Expired(time(expires)?),
        (None, None) => KeyState::Active,
    })
}

fn time(milliseconds: i64) -> Result<Timestamp, Refusal> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| unreadable(&error))
}
