//! A sandbox that keeps its data in a file.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::BusinessId;
use tokio::runtime::Handle;

use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::faults::{Fault, FaultPlan};
use crate::host::{Host, Port};
use crate::key_store::KeyStore;
use crate::options::Options;
use crate::payer::ChainPayment;
use crate::store::{Rules, Store, StoreError};
use crate::webhooks::Webhooks;

/// A sandbox whose data is in a file, and is there again when it starts again. As [`Sandbox`](crate::Sandbox) it
/// listens on a port of this machine until it is dropped.
///
/// A business and its keys are made when the file is. Of keys the file has only hashes, so nobody can tell them later:
/// [`credentials`](Self::credentials) has them at the first start only.
///
/// # Example: everything is still there
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
/// assert!(sandbox.credentials().is_none(), "the keys were told before");
/// assert_eq!(*sandbox.business_id(), business);
/// # sandbox.stop().await;
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok(())
/// # }
/// ```
pub struct StoredSandbox {
    host: Host,
    business: BusinessId,
    credentials: Option<Credentials>,
}

/// How a sandbox with a file shall be: made by [`SandboxBuilder::store`](crate::SandboxBuilder::store).
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct StoredSandboxBuilder {
    pub(crate) port: u16,
    pub(crate) options: Options,
    pub(crate) rules: Rules,
    pub(crate) path: PathBuf,
}

impl StoredSandboxBuilder {
    /// Starts it. Once this returns, requests are answered.
    ///
    /// # Errors
    ///
    /// The port can't be listened on, there is no tokio runtime, or the file can't be used: another sandbox runs on
    /// it, a newer version made it, it is damaged or something else, or other users can read it.
    pub async fn start(self) -> Result<StoredSandbox, StartError> {
        let StoredSandboxBuilder { port, options, rules, path } = self;
        let port = Port::take(port).await?;
        let store = open(path, rules).await.map_err(|error| port.store(error))?;
        let known = store.first_business().await;
        let known = known.map_err(|no| port.store(StoreError::refused(store.path(), &no)))?;
        let (business, credentials) = match known {
            Some(business) => (business, None),
            None => {
                let credentials = port.admit(&store, options.live).await?;
                store.settle().await;
                (credentials.business_id().clone(), Some(credentials))
            }
        };
        port.set_adversary(&store, &options.webhooks).await?;
        let host = port.serve(store, &options);
        // What was due when the sandbox last ended is delivered now.
        host.courier().webhooks_changed();
        Ok(StoredSandbox { host, business, credentials })
    }
}

/// On a thread that may wait for the disk.
pub(crate) async fn open(path: PathBuf, rules: Rules) -> Result<Store, StoreError> {
    if Handle::try_current().is_err() {
        let error = std::io::Error::other("this runs on tokio: call it inside a tokio runtime");
        return Err(StoreError::io(&path, error));
    }
    let place = path.clone();
    let opening = tokio::task::spawn_blocking(move || Store::in_file(&path, rules)).await;
    opening.unwrap_or_else(|error| Err(StoreError::io(&place, std::io::Error::other(error))))
}

impl StoredSandbox {
    /// Its origin, without a slash at the end: `http://127.0.0.1:` and the port.
    pub fn url(&self) -> &str {
        &self.host.url
    }

    /// The id of the business that the file was made with.
    pub fn business_id(&self) -> &BusinessId {
        &self.business
    }

    /// The credentials of that business, if the file was made just now. Later nobody knows the keys:
    /// [`KeyStore::roll`] and [`KeyStore::create`] make others.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// Its keys: to list, make, roll and revoke them while it runs.
    pub fn keys(&self) -> KeyStore {
        KeyStore::of(self.host.store())
    }

    /// Orders a fault, as [`Sandbox::fault`](crate::Sandbox::fault) does.
    pub fn fault(&self, fault: Fault) -> FaultPlan {
        FaultPlan::new(self.host.faults(), fault)
    }

    /// Its webhooks in test mode: to register endpoints, look at what was delivered, and send it again.
    pub fn webhooks(&self) -> Webhooks {
        Webhooks::of(self.host.courier(), self.business_id())
    }

    /// Lets another business in, whose data is kept apart.
    ///
    /// # Errors
    ///
    /// The operating system gave no random bytes, or the file can't be written.
    pub async fn add_business(&self) -> Result<Credentials, StartError> {
        self.host.add_business().await
    }

    /// Moves the sandbox's clock on, as [`Sandbox::advance`](crate::Sandbox::advance) does. The file remembers it.
    ///
    /// # Errors
    ///
    /// The clock would go beyond the start of the year 9999, or the file can't be written.
    pub async fn advance(&self, by: Duration) -> Result<Timestamp, StoreError> {
        self.host.advance(by).await
    }

    /// Makes a payment on a simulated chain, as [`Sandbox::pay`](crate::Sandbox::pay) does.
    ///
    /// # Errors
    ///
    /// The chain doesn't have the token, nobody here has the address, or the file can't be written.
    pub async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        self.host.pay(payment).await
    }

    /// Stops it: takes no more requests and waits for those under way, for 5 seconds at most. Once this returns, the
    /// port is free and another sandbox may use the file. Dropping it frees the port at once, and stops it a little later
    /// and without waiting; a sandbox that starts on the file meanwhile waits for it, for a second at most. What was
    /// answered is in the file in any case.
    pub async fn stop(self) {
        self.host.stop().await;
    }
}

/// Shows no secret.
impl fmt::Debug for StoredSandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredSandbox")
            .field("url", &self.host.url)
            .field("store", &self.host.store().path())
            .field("business_id", &self.business)
            .finish_non_exhaustive()
    }
}
