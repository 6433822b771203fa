//! Serves the emulated platform on a port of this machine, for in-memory sandboxes and for sandboxes with a file.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{BusinessId, WalletSecret};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::assembly::Assembly;
use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::{StartError, StartErrorKind};
use crate::faults::Faults;
use crate::fixed_credentials::FixedCredentials;
use crate::fixtures::{FixtureRecords, Loader};
use crate::options::Options;
use crate::payer::ChainPayment;
use crate::reach::{Reach, ReachError};
use crate::serving::{self, Listening};
use crate::store::{Rules, Store, StoreError};
use crate::webhooks::{Courier, WebhookSettings};

/// How long [`Host::stop`] waits for requests in progress.
const PATIENCE: Duration = Duration::from_secs(5);

/// A bound port that doesn't accept requests yet.
pub(crate) struct Port {
    listener: TcpListener,
    address: SocketAddr,
    reach: Arc<Reach>,
    fixed: FixedCredentials,
}

/// A platform that serves requests until it is dropped.
pub(crate) struct Host {
    address: SocketAddr,
    reach: Arc<Reach>,
    records: FixtureRecords,
    live: bool,
    #[cfg(feature = "cli")]
    are_keys_fixed: bool,
    store: Arc<Store>,
    faults: Arc<Faults>,
    courier: Arc<Courier>,
    /// Sending on this channel, or dropping it, shuts the server down gracefully.
    shutdown: Option<oneshot::Sender<()>>,
    listening: Listening,
    server: JoinHandle<std::io::Result<()>>,
}

impl Port {
    /// Binds a port (0 picks a free one), and checks the options that don't depend on the store.
    pub(crate) async fn take(
        port: u16,
        options: &Options,
        rules: Rules,
    ) -> Result<Self, StartError> {
        let wanted = SocketAddr::new(options.reach.host, port);
        let fixed = fixed(options, rules).map_err(|problem| {
            StartError::because(StartErrorKind::InvalidOption, wanted, problem)
        })?;
        if Handle::try_current().is_err() {
            return Err(StartError::new(StartErrorKind::NoRuntime, wanted));
        }
        let listening = |error| StartError::listening(wanted, error);
        let listener = TcpListener::bind(wanted).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let reach = Reach::new(&options.reach, address).map_err(|error| {
            let kind = match error {
                ReachError::Random(_) => StartErrorKind::Random,
                _ => StartErrorKind::InvalidOption,
            };
            StartError::because(kind, address, error)
        })?;
        Ok(Port { listener, address, reach: Arc::new(reach), fixed })
    }

    /// Creates credentials for a business, and adds the business.
    pub(crate) async fn admit(&self, store: &Store, live: bool) -> Result<Credentials, StartError> {
        admit(store, self.address, live, &self.fixed).await
    }

    /// Checks that the fixed credentials are valid in a store that already has a business.
    pub(crate) fn expect_fixed(
        &self,
        store: &Store,
        business: &BusinessId,
    ) -> Result<(), StartError> {
        let is_business = self.fixed.business_id.as_ref().is_none_or(|fixed| fixed == business);
        let is_granted =
            |key: &str| store.owner(key).is_some_and(|(owner, _)| owner.business == *business);
        let is_valid = self.fixed.exposed_keys().into_iter().all(is_granted);
        let secret = self.fixed.wallet_secret.as_ref().map(WalletSecret::expose_secret);
        let known = store.wallet_secret(business);
        let known = known.as_ref().map(WalletSecret::expose_secret);
        let is_secret = secret.is_none() || secret == known;
        match is_business && is_valid && is_secret {
            true => Ok(()),
            false => Err(StartError::new(StartErrorKind::OtherCredentials, self.address)),
        }
    }

    /// Returns the test-mode credentials of a business that is already in the store. If the keys and the wallet secret
    /// aren't all fixed, returns `None`.
    pub(crate) fn known(&self, business: &BusinessId) -> Result<Option<Credentials>, StartError> {
        if !self.fixed.are_all_keys() {
            return Ok(None);
        }
        let known = Credentials::generate(business.clone(), false, &self.fixed);
        known.map(Some).map_err(|failure| StartError::keys(self.address, failure))
    }

    /// Turns the adversary on or off. This is called every time the sandbox starts.
    pub(crate) async fn set_adversary(
        &self,
        store: &Store,
        webhooks: &WebhookSettings,
    ) -> Result<(), StartError> {
        let set = store.set_adversary(webhooks.adversary, webhooks.first_wait).await;
        set.map_err(|rejection| self.store(StoreError::rejected(store.path(), rejection)))
    }

    /// Converts a store error to a start error.
    pub(crate) fn store(&self, error: StoreError) -> StartError {
        StartError::store(self.address, error)
    }

    /// Creates the fixtures' records in a temporary in-memory store. If the fixtures contain a mistake, this fails
    /// before anything is written to the store file.
    pub(crate) async fn rehearse(&self, options: &Options, rules: Rules) -> Result<(), StartError> {
        if options.fixtures.is_none() {
            return Ok(());
        }
        let store = Store::in_memory(rules).map_err(|error| self.store(error))?;
        let credentials = self.admit(&store, options.live).await?;
        let courier = courier(&Arc::new(store), options);
        let assembly = Assembly::new(&self.reach, options, Arc::clone(&courier));
        let loaded = self.load(options, &assembly, &credentials).await;
        courier.abort();
        loaded.map(drop)
    }

    /// Starts serving requests. If a business was just added, first creates the fixtures' records for this business.
    pub(crate) async fn serve(
        self,
        store: Store,
        options: &Options,
        added: Option<&Credentials>,
    ) -> Result<Host, StartError> {
        let store = Arc::new(store);
        let courier = courier(&store, options);
        let assembly = Assembly::new(&self.reach, options, Arc::clone(&courier));
        let records = match added {
            None => FixtureRecords::default(),
            Some(credentials) => {
                let loaded = self.load(options, &assembly, credentials).await;
                loaded.inspect_err(|_| courier.abort())?
            }
        };
        #[cfg(feature = "cli")]
        let are_keys_fixed = self.fixed.are_all_keys();
        let Port { listener, address, reach, .. } = self;
        let faults = Arc::clone(assembly.faults());
        let (shutdown, stopping) = oneshot::channel();
        let listening = Listening::new(listener);
        let (base, router) = (reach.base().to_owned(), assembly.into_router());
        let server = tokio::spawn(serving::serve(listening.clone(), router, base, stopping));
        let (live, shutdown) = (options.live, Some(shutdown));
        Ok(Host {
            address,
            reach,
            records,
            live,
            #[cfg(feature = "cli")]
            are_keys_fixed,
            store,
            faults,
            courier,
            shutdown,
            listening,
            server,
        })
    }

    async fn load(
        &self,
        options: &Options,
        assembly: &Assembly,
        credentials: &Credentials,
    ) -> Result<FixtureRecords, StartError> {
        let Some(fixtures) = &options.fixtures else { return Ok(FixtureRecords::default()) };
        let token = self.reach.token().map_or("fixtures", |token| token.expose_secret());
        let loaded = Loader::new(assembly.bare_router(), credentials, token).load(fixtures).await;
        loaded.map_err(|error| StartError::because(StartErrorKind::Fixtures, self.address, error))
    }
}

impl Host {
    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Returns whether the keys for test mode and the wallet secret stay the same after a restart.
    #[cfg(feature = "cli")]
    pub(crate) fn are_keys_fixed(&self) -> bool {
        self.are_keys_fixed
    }

    /// Returns the address that the platform listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the ids of the records that the fixtures created when this sandbox started.
    pub(crate) fn records(&self) -> &FixtureRecords {
        &self.records
    }

    /// Adds another business.
    pub(crate) async fn add_business(&self) -> Result<Credentials, StartError> {
        admit(&self.store, self.address, self.live, &FixedCredentials::new()).await
    }

    /// Advances the clock.
    pub(crate) async fn advance(&self, by: Duration) -> Result<Timestamp, StoreError> {
        let moved = self.store.advance(by).await;
        moved.map_err(|rejection| StoreError::rejected(self.store.path(), rejection))
    }

    /// Adds a payment to a simulated chain, and returns the transaction hash.
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

    /// Stops accepting requests, waits for requests in progress, and closes the store.
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

async fn admit(
    store: &Store,
    address: SocketAddr,
    live: bool,
    fixed: &FixedCredentials,
) -> Result<Credentials, StartError> {
    let rejected =
        |rejection| StartError::store(address, StoreError::rejected(store.path(), rejection));
    let business = match &fixed.business_id {
        Some(business) => business.clone(),
        None => store.new_business_id().await.map_err(rejected)?,
    };
    let credentials = Credentials::generate(business, live, fixed)
        .map_err(|failure| StartError::keys(address, failure))?;
    store.admit(&credentials).await.map_err(rejected)?;
    Ok(credentials)
}

/// Returns the fixed credentials from the options. With `seed_keys`, derives the missing ones from the seed.
fn fixed(options: &Options, rules: Rules) -> Result<FixedCredentials, String> {
    options.fixed.check().map_err(str::to_owned)?;
    let fixed = options.fixed.clone();
    match (options.seed_keys, rules.seed) {
        (false, _) => Ok(fixed),
        (true, None) => {
            Err("keys can be derived from a seed only if there is one: set a seed".to_owned())
        }
        (true, Some(seed)) => fixed.or_of_seed(seed).map_err(|error| error.to_string()),
    }
}

fn courier(store: &Arc<Store>, options: &Options) -> Arc<Courier> {
    Arc::new(Courier::new(Arc::clone(store), options.webhooks.clone(), Handle::current()))
}
