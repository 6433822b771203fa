//! A sandbox that keeps its data in a file.

use std::path::PathBuf;

use crate::credentials::Credentials;
use crate::error::StartError;
use crate::host::Port;
use crate::options::Options;
use crate::sandbox::Sandbox;
use crate::store::{Rules, Store, StoreError};

/// A sandbox that keeps its data in a file, so that the data is still there after a restart.
///
/// In a new file, the sandbox creates a business and its keys. The file contains only hashes of the keys. So
/// [`credentials`](StoredSandbox::credentials) returns the keys only if the file was just created, or if they are
/// [fixed](crate::FixedCredentials).
///
/// # Example: restart with the same data
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_sandbox::StartError> {
/// use mileston_sandbox::Sandbox;
/// # let folder = std::env::temp_dir().join(format!("mileston-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let file = folder.join("sandbox.db");
///
/// let sandbox = Sandbox::builder().store(&file).start().await?;
/// assert!(sandbox.credentials().is_some());
/// let business = sandbox.business_id().clone();
/// sandbox.stop().await;
///
/// let sandbox = Sandbox::builder().store(&file).start().await?;
/// assert!(sandbox.credentials().is_none(), "the keys were returned only at the first start");
/// assert_eq!(*sandbox.business_id(), business);
/// # sandbox.stop().await;
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(())
/// # }
/// ```
pub type StoredSandbox = Sandbox<Option<Credentials>>;

/// Options for a sandbox with a file, from [`SandboxBuilder::store`](crate::SandboxBuilder::store).
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct StoredSandboxBuilder {
    pub(crate) port: u16,
    pub(crate) options: Options,
    pub(crate) rules: Rules,
    pub(crate) path: PathBuf,
}

impl StoredSandboxBuilder {
    /// Starts the sandbox. When this returns, the sandbox accepts requests.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox can't listen on the port, if this is called outside a tokio runtime, if an
    /// option or a fixture record is invalid, or if the file can't be used. A file can't be used if another sandbox is
    /// using it, if a newer or pre-release version created it, if it is damaged or isn't a store, if other users can
    /// read or change it, if the fixed credentials don't match it, or if it wasn't created with this builder's seed.
    pub async fn start(self) -> Result<StoredSandbox, StartError> {
        let StoredSandboxBuilder { port, options, rules, path } = self;
        let port = Port::take(port, &options, rules).await?;
        let store = Store::open(path, rules).await.map_err(|error| port.store(error))?;
        let known = store.first_business().await;
        let known = known.map_err(|no| port.store(StoreError::rejected(store.path(), no)))?;
        let (business, credentials, is_new) = match known {
            Some(business) => {
                port.expect_fixed(&store, &business)?;
                let credentials = port.known(&business)?;
                (business, credentials, false)
            }
            None => {
                port.rehearse(&options, rules).await?;
                let credentials = port.admit(&store, options.live).await?;
                store.settle().await;
                (credentials.business_id().clone(), Some(credentials), true)
            }
        };
        port.set_adversary(&store, &options.webhooks).await?;
        let added = credentials.as_ref().filter(|_| is_new);
        let host = port.serve(store, &options, added).await?;
        // Deliveries that were due when the sandbox last stopped are sent now.
        host.courier().webhooks_changed();
        Ok(Sandbox::of(host, business, credentials))
    }
}

impl StoredSandbox {
    /// Returns the business's credentials: all credentials if the file was just created, or the credentials for test
    /// mode if [all of them are fixed](crate::FixedCredentials). Otherwise returns `None`, because the file contains
    /// only hashes of the keys. [`KeyStore::roll`](crate::KeyStore::roll) and
    /// [`KeyStore::create`](crate::KeyStore::create) create new keys.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.known().as_ref()
    }
}
