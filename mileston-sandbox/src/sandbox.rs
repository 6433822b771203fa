//! The sandbox for tests: starts on a free port, stops when it is dropped.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret};

use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::faults::{Fault, FaultPlan};
use crate::host::{Host, Port};
use crate::key_store::KeyStore;
use crate::options::Options;
use crate::payer::ChainPayment;
use crate::rate_limits::RateLimits;
use crate::readings::Readings;
use crate::store::{Rules, Settlement, Store, StoreError};
use crate::stored::StoredSandboxBuilder;
use crate::webhooks::{WebhookSettings, Webhooks};

/// An emulated platform that listens on a port of this machine until it is dropped.
///
/// It runs on the tokio runtime in which it was started, and stops with it. Its data is in memory and lost when it
/// stops. Any number of sandboxes can run in one process; they share nothing.
///
/// # Example: a sandbox for a test
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), mileston_sandbox::StartError> {
/// use mileston_sandbox::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// assert!(sandbox.url().starts_with("http://127.0.0.1:"));
/// assert_eq!(format!("{:?}", sandbox.normal_key()), "NormalKey<Test>(Mileston_TEST_…)");
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    host: Host,
    credentials: Credentials,
}

/// Options for a sandbox, from [`Sandbox::builder`].
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct SandboxBuilder {
    port: u16,
    options: Options,
    rules: Rules,
}

impl Sandbox {
    /// Starts a sandbox for test mode on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// Returns an error if it can't listen on the port, or outside a tokio runtime.
    pub async fn start() -> Result<Self, StartError> {
        Sandbox::builder().start().await
    }

    /// Returns a builder, for a fixed port, live keys and other options.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), mileston_sandbox::StartError> {
    /// use mileston_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().port(0).live_keys(true).start().await?;
    /// assert!(sandbox.live_normal_key().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder { port: 0, options: Options::default(), rules: Rules::default() }
    }

    /// Returns its origin, without a trailing slash: `http://127.0.0.1:` and the port.
    pub fn url(&self) -> &str {
        &self.host.url
    }

    /// Returns the credentials of the business that it was started with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns its keys, to list, create, roll and revoke them.
    pub fn keys(&self) -> KeyStore {
        KeyStore::of(self.host.store())
    }

    /// Injects a fault that a network, a proxy or an overloaded platform could cause.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mileston_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// // The payment is made, but the client gets no response.
    /// let lost = sandbox.fault(Fault::AnswerLost).on("sendPayment").times(1)?;
    /// // Every call fails with a probability of 10 %; each run fails the same calls.
    /// sandbox.fault(Fault::ServiceUnavailable).with_probability(0.1, 42)?;
    /// assert_eq!(lost.made(), 0);
    /// # Ok(())
    /// # }
    /// ```
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
    /// Returns an error if the operating system provides no random bytes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), mileston_sandbox::StartError> {
    /// let sandbox = mileston_sandbox::Sandbox::start().await?;
    /// let other = sandbox.add_business().await?;
    /// assert_ne!(other.business_id(), sandbox.business_id());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn add_business(&self) -> Result<Credentials, StartError> {
        self.host.add_business().await
    }

    /// Returns the id of the business.
    pub fn business_id(&self) -> &BusinessId {
        self.credentials.business_id()
    }

    /// Returns the Normal key for test mode.
    pub fn normal_key(&self) -> &NormalKey<Test> {
        self.credentials.normal_key()
    }

    /// Returns the Checkout key for test mode.
    pub fn checkout_key(&self) -> &CheckoutKey<Test> {
        self.credentials.checkout_key()
    }

    /// Returns the wallet secret.
    pub fn wallet_secret(&self) -> &WalletSecret {
        self.credentials.wallet_secret()
    }

    /// Returns the Normal key for live mode, if it was started with live keys.
    pub fn live_normal_key(&self) -> Option<&NormalKey<Live>> {
        self.credentials.live_normal_key()
    }

    /// Returns the Checkout key for live mode, if it was started with live keys.
    pub fn live_checkout_key(&self) -> Option<&CheckoutKey<Live>> {
        self.credentials.live_checkout_key()
    }

    /// Moves the sandbox's clock forward and returns its new time. Everything in the sandbox uses this clock:
    /// confirmations, due dates, expiring keys. It never goes back.
    ///
    /// # Errors
    ///
    /// Returns an error if the clock would pass the start of the year 9999.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    /// use mileston_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().seed(7).start().await?;
    /// let now = sandbox.advance(Duration::from_secs(3600)).await?;
    /// assert_eq!(now.to_string(), "2025-01-01T01:00:00.000Z");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn advance(&self, by: Duration) -> Result<Timestamp, StoreError> {
        self.host.advance(by).await
    }

    /// Makes a payment on a simulated chain, as anyone with a wallet could, and returns its transaction. The sandbox's
    /// clock confirms it, and verifying finds it; it isn't reported with save-payment.
    ///
    /// # Errors
    ///
    /// Returns an error if the chain doesn't have the token, the address isn't in this sandbox, or the store failed.
    ///
    /// # Example: a payer on the wrong network
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mileston_api::types::{Chain, EvmChain, Token};
    /// use mileston_api::{Client, token_amount};
    /// use mileston_sandbox::{ChainPayment, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let client = Client::new(sandbox.checkout_key().clone(), sandbox.business_id())?;
    /// let client = client.with_origin(sandbox.url())?;
    /// let wallet = client.checkout().get_evm_payment_wallet().evm_chain(EvmChain::Base).await?;
    ///
    /// // The right token to the right address, but on Ethereum: no verification on Base finds it.
    /// let address = wallet.public_key.unwrap_or_default();
    /// let stray = ChainPayment::new(Chain::Eth, Token::Usdc, token_amount!("12.50"), address);
    /// assert!(sandbox.pay(stray).await?.starts_with("0x"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        self.host.pay(payment).await
    }

    /// Stops the sandbox: accepts no more requests and waits up to 5 seconds for those in progress. When this returns,
    /// the port is free. Dropping a sandbox also frees the port, but doesn't wait for requests.
    pub async fn stop(self) {
        self.host.stop().await;
    }
}

/// Shows no secrets.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.host.url)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl SandboxBuilder {
    /// Sets the port of 127.0.0.1. The default 0 picks a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets whether live keys are also created and accepted. No real money moves in either mode.
    pub fn live_keys(mut self, live: bool) -> Self {
        self.options.live = live;
        self
    }

    /// Sets whether a request may choose its fault with the `x-sandbox-fault` header; the default is yes. With `false`
    /// the header is ignored. [`Sandbox::fault`] works either way.
    pub fn faults_by_header(mut self, allowed: bool) -> Self {
        self.options.faults_by_header = allowed;
        self
    }

    /// Limits the requests with each key; above the limits they get 429 and `Retry-After`. By default there are no
    /// limits.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.options.rate_limits = Some(limits);
        self
    }

    /// Derives ids and addresses from a seed, and stops the clock at 2025-01-01T00:00:00.000Z until it is moved
    /// ([`Sandbox::advance`]). The same requests, one after the other, then get the same responses, byte for byte. Keys
    /// and the wallet secret are still random.
    ///
    /// A file keeps the seed that it was created with, and continues its sequence.
    pub fn seed(mut self, seed: u64) -> Self {
        self.rules.seed = Some(seed);
        self
    }

    /// Sets when transfers from wallets complete. The default is [`Settlement::OnSecondLook`].
    pub fn settlement(mut self, settlement: Settlement) -> Self {
        self.rules.settlement = settlement;
        self
    }

    /// Sets how it reads what the vendor's sources leave open or contradict, where either way is plausible.
    pub fn readings(mut self, readings: Readings) -> Self {
        self.rules.readings = readings;
        self
    }

    /// Sets how webhooks are delivered: where to, the retry interval, and whether an adversary disturbs them.
    pub fn webhooks(mut self, settings: WebhookSettings) -> Self {
        self.options.webhooks = settings;
        self
    }

    /// Keeps the data in a file, which is created if it doesn't exist. By default data is in memory.
    ///
    /// The file contains the wallet secret and the tokens of webhooks in plain text, because they are needed to check
    /// signatures and to send webhooks; of keys it has only hashes. On Unix it is created so that no other user can
    /// read it, and rejected if another user can. A name such as `:memory:` or a URI is also rejected.
    pub fn store(self, path: impl Into<PathBuf>) -> StoredSandboxBuilder {
        let SandboxBuilder { port, options, rules } = self;
        StoredSandboxBuilder { port, options, rules, path: path.into() }
    }

    /// Starts it. When this returns, it accepts requests.
    ///
    /// # Errors
    ///
    /// Returns an error if it can't listen on the port, or outside a tokio runtime.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let port = Port::take(self.port).await?;
        let store = Store::in_memory(self.rules).map_err(|error| port.store(error))?;
        let credentials = port.admit(&store, self.options.live).await?;
        if self.options.webhooks.adversary.is_some() {
            port.set_adversary(&store, &self.options.webhooks).await?;
        }
        Ok(Sandbox { host: port.serve(store, &self.options), credentials })
    }
}
