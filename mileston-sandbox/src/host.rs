//! A platform that listens on a port of this machine. All kinds of sandbox use it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use mileston_api::Timestamp;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::assembly::Assembly;
use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::{StartError, StartErrorKind};
use crate::faults::Faults;
use crate::options::Options;
use crate::payer::ChainPayment;
use crate::serving::{self, Listening};
use crate::store::{Store, StoreError};
use crate::webhooks::{Courier, WebhookSettings};

/// How long [`Host::stop`] waits for requests in progress.
const PATIENCE: Duration = Duration::from_secs(5);

/// A bound port that doesn't accept requests yet.
pub(crate) struct Port {
    listener: TcpListener,
    address: SocketAddr,
}

/// A platform that serves requests until it is dropped.
pub(crate) struct Host {
    pub(crate) url: String,
    address: SocketAddr,
    live: bool,
    store: Arc<Store>,
    faults: Arc<Faults>,
    courier: Arc<Courier>,
    /// Sending, or dropping it, shuts the server down gracefully.
    shutdown: Option<oneshot::Sender<()>>,
    listening: Listening,
    server: JoinHandle<std::io::Result<()>>,
}

impl Port {
    /// Binds a port of 127.0.0.1; 0 picks a free one.
    pub(crate) async fn take(port: u16) -> Result<Self, StartError> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if Handle::try_current().is_err() {
            return Err(StartError::new(StartErrorKind::NoRuntime, wanted));
        }
        let listening = |error| StartError::listening(wanted, error);
        let listener = TcpListener::bind(wanted).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        Ok(Port { listener, address })
    }

    /// Creates credentials for a business, and adds it.
    pub(crate) async fn admit(&self, store: &Store, live: bool) -> Result<Credentials, StartError> {
        admit(store, self.address, live).await
    }

    /// Turns the adversary on or off. Called every time the sandbox starts.
    pub(crate) async fn set_adversary(
        &self,
        store: &Store,
        webhooks: &WebhookSettings,
    ) -> Result<(), StartError> {
        let set = store.set_adversary(webhooks.adversary, webhooks.first_wait).await;
        set.map_err(|rejection| self.store(StoreError::rejected(store.path(), rejection)))
    }

    /// Converts an error of the store that keeps a sandbox from starting.
    pub(crate) fn store(&self, error: StoreError) -> StartError {
        StartError::store(self.address, error)
    }

    /// Starts to serve requests.
    pub(crate) fn serve(self, store: Store, options: &Options) -> Host {
        let Port { listener, address } = self;
        let (url, store) = (format!("http://{address}"), Arc::new(store));
        let webhooks = options.webhooks;
        let courier = Arc::new(Courier::new(Arc::clone(&store), webhooks, Handle::current()));
        let assembly = Assembly::new(&url, options, Arc::clone(&courier));
        let faults = Arc::clone(assembly.faults());
        let (shutdown, told) = oneshot::channel();
        let listening = Listening::new(listener);
        let server = tokio::spawn(serving::serve(listening.clone(), assembly.into_router(), told));
        let (live, shutdown) = (options.live, Some(shutdown));
        Host { url, address, live, store, faults, courier, shutdown, listening, server }
    }
}

impl Host {
    /// Adds another business.
    pub(crate) async fn add_business(&self) -> Result<Credentials, StartError> {
        admit(&self.store, self.address, self.live).await
    }

    /// Moves the clock forward.
    pub(crate) async fn advance(&self, by: Duration) -> Result<Timestamp, StoreError> {
        let moved = self.store.advance(by).await;
        moved.map_err(|rejection| StoreError::rejected(self.store.path(), rejection))
    }

    /// Adds a payment to a simulated chain, and returns its transaction.
    pub(crate) async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        Ok(self.store.deposit(payment.check()?).await?.hash)
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    pub(crate) fn faults(&self) -> &Arc<Faults> {
        &self.faults
    }

    pub(crate) fn courier(&self) -> &Arc<Courier> {
        &self.courier
    }

    /// Accepts no more requests, waits for those in progress, and closes the store.
    pub(crate) async fn stop(mut self) {
        drop(self.shutdown.take());
        let ended = tokio::time::timeout(PATIENCE, &mut self.server).await;
        if ended.is_err() {
            self.server.abort();
            let _ = (&mut self.server).await;
        }
        self.courier.stop().await;
        self.store.close().await;
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        drop(self.shutdown.take());
        self.listening.close();
        self.server.abort();
        self.courier.abort();
    }
}

async fn admit(store: &Store, address: SocketAddr, live: bool) -> Result<Credentials, StartError> {
    let rejected =
        |rejection| StartError::store(address, StoreError::rejected(store.path(), rejection));
    let business = store.new_business_id().await.map_err(rejected)?;
    let credentials = Credentials::generate(business, live)
        .map_err(|failure| StartError::keys(address, failure))?;
    store.admit(&credentials).await.map_err(rejected)?;
    Ok(credentials)
}
