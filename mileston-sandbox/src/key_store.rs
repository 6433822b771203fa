//! Manages keys in the same way as the dashboard's Developers tab.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName, WalletSecret};

use crate::store::{Rejection, Rules, Store, StoreError, StoredKey, expect_name};

/// Lists, creates, rolls and revokes the keys of a sandbox. [`Sandbox::keys`](crate::Sandbox::keys) returns the key
/// store of a running sandbox, and [`KeyStore::open`] opens a store file that no sandbox is using.
///
/// Changes take effect at once. A key is returned only when it is created, because the store contains only the key's
/// hash.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use mileston_sandbox::{KeyState, Sandbox};
///
/// let sandbox = Sandbox::start().await?;
/// let keys = sandbox.keys();
/// let old = keys.list().await?.remove(0);
/// assert_eq!(old.state, KeyState::Active);
///
/// let new = keys.roll(&old.fingerprint, Duration::from_secs(3600)).await?;
/// assert_eq!((new.kind(), new.mode()), (old.kind, old.mode));
/// assert!(matches!(keys.list().await?[0].state, KeyState::Expires(_)));
///
/// keys.revoke(&old.fingerprint).await?;
/// assert!(matches!(keys.list().await?[0].state, KeyState::Revoked(_)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct KeyStore {
    store: Arc<Store>,
    /// Whether [`KeyStore::open`] opened the store, without a sandbox.
    standalone: bool,
}

impl KeyStore {
    /// Opens a store file that no sandbox is using, to manage its keys. This function must be called inside a
    /// tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error if the file doesn't exist, isn't a store, is damaged, is in use by a sandbox or another
    /// command, is accessible to other users, was created or changed by a newer version of `mileston-sandbox`, or was
    /// created by a version before the first release.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        expect_name(&path)?;
        if matches!(path.try_exists(), Ok(false)) {
            return Err(StoreError::missing(&path));
        }
        Ok(KeyStore {
            store: Arc::new(Store::open(path, Rules::default()).await?),
            standalone: true,
        })
    }

    pub(crate) fn of(store: &Arc<Store>) -> Self {
        KeyStore { store: Arc::clone(store), standalone: false }
    }

    /// Returns all keys that were ever created, oldest first.
    ///
    /// # Errors
    ///
    /// Returns an error if the store can't be read.
    pub async fn list(&self) -> Result<Vec<StoredKey>, StoreError> {
        self.store.keys().await.map_err(|rejection| self.rejected(rejection))
    }

    /// Creates a key for a business, or for the first one if `business` is `None`.
    ///
    /// # Errors
    ///
    /// Returns an error if the business doesn't exist or the store can't be written.
    pub async fn create(
        &self,
        business: Option<&BusinessId>,
        kind: KeyKind,
        mode: ModeName,
    ) -> Result<AnyKey, StoreError> {
        let create = async {
            let business = self.business(business).await?;
            self.store.create_key(&business, kind, mode).await
        };
        create.await.map_err(|rejection| self.rejected(rejection))
    }

    /// Rolls a key: creates a new key, and keeps the old one valid for the overlap. If the overlap is zero, the old key
    /// is rejected at once.
    ///
    /// # Errors
    ///
    /// Returns an error if no key has this fingerprint, if the key is no longer valid, or if the store can't be
    /// written.
    pub async fn roll(&self, fingerprint: &str, overlap: Duration) -> Result<AnyKey, StoreError> {
        let rolled = self.store.roll_key(fingerprint, overlap).await;
        rolled.map_err(|rejection| self.rejected(rejection))
    }

    /// Revokes a key. Revoking it again changes nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if no key has this fingerprint or the store can't be written.
    pub async fn revoke(&self, fingerprint: &str) -> Result<(), StoreError> {
        let revoked = self.store.revoke_key(fingerprint).await;
        revoked.map_err(|rejection| self.rejected(rejection))
    }

    /// Rolls the wallet secret of a business. The old secret is rejected at once, because a business has only one
    /// secret at a time. If `business` is `None`, rolls the secret of the first business.
    ///
    /// # Errors
    ///
    /// Returns an error if the business doesn't exist or the store can't be written.
    pub async fn roll_wallet_secret(
        &self,
        business: Option<&BusinessId>,
    ) -> Result<WalletSecret, StoreError> {
        let roll = async {
            let business = self.business(business).await?;
            self.store.roll_wallet_secret(&business).await
        };
        roll.await.map_err(|rejection| self.rejected(rejection))
    }

    /// Closes a file that was opened with [`KeyStore::open`]. Once this returns, a sandbox can open the file. Dropping
    /// the `KeyStore` also closes the file, but a little later. The store of a running sandbox stays open.
    pub async fn close(self) {
        if self.standalone {
            self.store.close().await;
        }
    }

    async fn business(&self, named: Option<&BusinessId>) -> Result<BusinessId, Rejection> {
        match named {
            Some(business) => Ok(business.clone()),
            None => self.store.first_business().await?.ok_or(Rejection::NoBusiness),
        }
    }

    fn rejected(&self, rejection: Rejection) -> StoreError {
        StoreError::rejected(self.store.path(), rejection)
    }
}

/// Shows no secrets.
impl fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyStore").field("store", &self.store.path()).finish_non_exhaustive()
    }
}
