//! A sandbox that keeps its data in a file.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::BusinessId;

use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::faults::{Fault, FaultPlan};
use crate::fixtures::FixtureRecords;
use crate::host::{Host, Port};
use crate::key_store::KeyStore;
use crate::options::Options;
use crate::payer::ChainPayment;
#[cfg(feature = "cli")]
use crate::reach::Reach;
use crate::store::{Rules, Store, StoreError};
use crate::webhooks::Webhooks;

/// A sandbox that keeps its data in a file, where the next start finds it. Like [`Sandbox`](crate::Sandbox), it listens
/// on a port of this machine until it is dropped.
///
/// A new file gets a business and its keys. The file contains only hashes of the keys, so
/// [`credentials`](Self::credentials) returns them at the first start only.
///
/// # Example: the data is still there
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
/// assert!(sandbox.credentials().is_none(), "the keys were shown at the first start");
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
    /// Returns an error if the sandbox can't listen on the port, if this isn't called in a tokio runtime, if an option
    /// or a record of the fixtures is invalid, or if the file can't be used: because another sandbox is using it, a
    /// newer version or one from before the first release created it, it is damaged, it isn't a store, other users can
    /// read it, or it wasn't created with the fixed credentials.
    pub async fn start(self) -> Result<StoredSandbox, StartError> {
        let StoredSandboxBuilder { port, options, rules, path } = self;
        let port = Port::take(port, &options, rules).await?;
        let store = Store::open(path, rules).await.map_err(|error| port.store(error))?;
        let known = store.first_business().await;
        let known = known.map_err(|no| port.store(StoreError::rejected(store.path(), no)))?;
        let (business, credentials) = match known {
            Some(business) => {
                port.expect_fixed(&store, &business)?;
                (business, None)
            }
            None => {
                port.rehearse(&options, rules).await?;
                let credentials = port.admit(&store, options.live).await?;
                store.settle().await;
                (credentials.business_id().clone(), Some(credentials))
            }
        };
        port.set_adversary(&store, &options.webhooks).await?;
        let host = port.serve(store, &options, credentials.as_ref()).await?;
        // Deliveries that were due when the sandbox last stopped are sent now.
        host.courier().webhooks_changed();
        Ok(StoredSandbox { host, business, credentials })
    }
}

impl StoredSandbox {
    /// Returns the URL at which clients reach it, like [`Sandbox::url`](crate::Sandbox::url).
    pub fn url(&self) -> &str {
        self.host.reach().url()
    }

    #[cfg(feature = "cli")]
    pub(crate) fn reach(&self) -> &Reach {
        self.host.reach()
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.host.address()
    }

    /// Returns the token that controls it, like [`Sandbox::control_token`](crate::Sandbox::control_token).
    pub fn control_token(&self) -> Option<&str> {
        self.host.reach().token().map(|token| token.expose_secret())
    }

    /// Returns the ids of the records that the fixtures created. Records are created only together with the file, so
    /// there are none if the file existed.
    pub fn fixtures(&self) -> &FixtureRecords {
        self.host.records()
    }

    /// Returns the id of the business that the file was created with.
    pub fn business_id(&self) -> &BusinessId {
        &self.business
    }

    /// Returns the credentials of that business if this start created the file. Later they can't be shown;
    /// [`KeyStore::roll`] and [`KeyStore::create`] make new keys.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// Returns its keys, to list, create, roll and revoke them while it runs.
    pub fn keys(&self) -> KeyStore {
        KeyStore::of(self.host.store())
    }

    /// Injects a fault, like [`Sandbox::fault`](crate::Sandbox::fault).
    pub fn fault(&self, fault: Fault) -> FaultPlan {
        FaultPlan::new(self.host.faults(), fault)
    }

    /// Returns its webhooks in test mode, to register endpoints, list deliveries and send them again.
    pub fn webhooks(&self) -> Webhooks {
        Webhooks::of(self.host.courier(), self.business_id())
    }

    /// Adds another business, with separate data.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes or the file can't be written.
    pub async fn add_business(&self) -> Result<Credentials, StartError> {
        self.host.add_business().await
    }

    /// Moves the sandbox's clock forward, like [`Sandbox::advance`](crate::Sandbox::advance). The file stores the time.
    ///
    /// # Errors
    ///
    /// Returns an error if the clock would pass the start of the year 9999 or the file can't be written.
    pub async fn advance(&self, by: Duration) -> Result<Timestamp, StoreError> {
        self.host.advance(by).await
    }

    /// Makes a payment on a simulated chain, like [`Sandbox::pay`](crate::Sandbox::pay).
    ///
    /// # Errors
    ///
    /// Returns an error if the chain doesn't have the token, the address isn't in this sandbox, or the file can't be
    /// written.
    pub async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        self.host.pay(payment).await
    }

    /// Stops the sandbox: accepts no more requests and waits up to 5 seconds for those in progress. When this returns,
    /// the port is free and another sandbox may use the file. Dropping a sandbox also frees the port, but doesn't wait
    /// for requests; a sandbox that starts on the file at that moment waits for it up to a second. Either way the file
    /// contains everything that got a response.
    pub async fn stop(self) {
        self.host.stop().await;
    }
}

/// Shows no secrets.
impl fmt::Debug for StoredSandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredSandbox")
            .field("url", &self.url())
            .field("store", &self.host.store().path())
            .field("business_id", &self.business)
            .finish_non_exhaustive()
    }
}
