//! Keys, as the dashboard's Developers tab would manage them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName, WalletSecret};

use crate::runtime::Refusal;
use crate::store::{Rules, Store, StoreError, StoredKey, expect_name};
use crate::stored;

/// The keys of a sandbox, as the dashboard's Developers tab would manage them: of a sandbox that runs
/// ([`Sandbox::keys`](crate::Sandbox::keys)), or in a file while none runs on it ([`KeyStore::open`]).
///
/// A change counts at once. A key is told when it is made and never again: the store has its hash.
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
    /// Whether there is no sandbox whose store it is.
    alone: bool,
}

impl KeyStore {
    /// The keys in a file that no sandbox runs on. Call it in a tokio runtime.
    ///
    /// # Errors
    ///
    /// There is no such file, or it can't be used: a sandbox runs on it, a newer version made it, or it is something else.
    pub async fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        expect_name(&path)?;
        if matches!(path.try_exists(), Ok(false)) {
            return Err(StoreError::missing(&path));
        }
        Ok(KeyStore { store: Arc::new(stored::open(path, Rules::default()).await?), alone: true })
    }

    pub(crate) fn of(store: &Arc<Store>) -> Self {
        KeyStore { store: Arc::clone(store), alone: false }
    }

    /// All keys that were ever made, the oldest first.
    ///
    /// # Errors
    ///
    /// The store can't be read.
    pub async fn list(&self) -> Result<Vec<StoredKey>, StoreError> {
        self.store.keys().await.map_err(|refusal| self.refused(&refusal))
    }

    /// Makes a key. Without a business it is for the first one.
    ///
    /// # Errors
    ///
    /// There is no such business, or the store can't be written.
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
        create.await.map_err(|refusal| self.refused(&refusal))
    }

    /// Makes a key in place of another, which stays good for the overlap. Without one it is refused at once.
    ///
    /// # Errors
    ///
    /// There is no key with this fingerprint, it is good no more, or the store can't be written.
    pub async fn roll(&self, fingerprint: &str, overlap: Duration) -> Result<AnyKey, StoreError> {
        let rolled = self.store.roll_key(fingerprint, overlap).await;
        rolled.map_err(|refusal| self.refused(&refusal))
    }

    /// Refuses a key from now on. A second time changes nothing.
    ///
    /// # Errors
    ///
    /// There is no key with this fingerprint, or the store can't be written.
    pub async fn revoke(&self, fingerprint: &str) -> Result<(), StoreError> {
        let revoked = self.store.revoke_key(fingerprint).await;
        revoked.map_err(|refusal| self.refused(&refusal))
    }

    /// Makes a wallet secret in place of the one that a business has, which is refused at once: there can't be two at
    /// a time. Without a business it is that of the first one.
    ///
    /// # Errors
    ///
    /// There is no such business, or the store can't be written.
    pub async fn roll_wallet_secret(
        &self,
        business: Option<&BusinessId>,
    ) -> Result<WalletSecret, StoreError> {
        let roll = async {
            let business = self.business(business).await?;
            self.store.roll_wallet_secret(&business).await
        };
        roll.await.map_err(|refusal| self.refused(&refusal))
    }

    /// Closes a file that was opened with [`KeyStore::open`]. Once this returns, a sandbox may use it; dropping closes
    /// it a little later. The store of a sandbox that runs stays open.
    pub async fn close(self) {
        if self.alone {
            self.store.close().await;
        }
    }

    async fn business(&self, named: Option<&BusinessId>) -> Result<BusinessId, Refusal> {
        match named {
            Some(business) => Ok(business.clone()),
            None => self.store.first_business().await?.ok_or_else(no_business),
        }
    }

    fn refused(&self, refusal: &Refusal) -> StoreError {
        StoreError::refused(self.store.path(), refusal)
    }
}

/// Shows no secret.
impl fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyStore").field("store", &self.store.path()).finish_non_exhaustive()
    }
}

fn no_business() -> Refusal {
    Refusal::not_found("There is no business yet: start a sandbox on this file once.")
}
