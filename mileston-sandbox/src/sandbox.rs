//! A sandbox in a test: starts on a free port, ends when it is dropped.

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
/// It runs on the tokio runtime in which it was started, and ends with it. Its data is in memory and ends with the
/// sandbox. Any number of sandboxes can run in one process; they share nothing.
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

/// How a sandbox shall be: made by [`Sandbox::builder`].
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
    /// The port can't be listened on, or there is no tokio runtime.
    pub async fn start() -> Result<Self, StartError> {
        Sandbox::builder().start().await
    }

    /// For a certain port or live keys.
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

    /// Its origin, without a slash at the end: `http://127.0.0.1:` and the port.
    pub fn url(&self) -> &str {
        &self.host.url
    }

    /// The credentials of the business that it was started with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Its keys: to list, make, roll and revoke them.
    pub fn keys(&self) -> KeyStore {
        KeyStore::of(self.host.store())
    }

    /// Orders a fault: what a network, a proxy or an overloaded platform does to a call.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mileston_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// // The payment is made, and whoever sent it never learns of it.
    /// let lost = sandbox.fault(Fault::AnswerLost).on("sendPayment").times(1)?;
    /// // Every tenth call of anything, by chance: the same ones in each run.
    /// sandbox.fault(Fault::ServiceUnavailable).with_probability(0.1, 42)?;
    /// assert_eq!(lost.made(), 0);
    /// # Ok(())
    /// # }
    /// ```
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
    /// The operating system gave no random bytes.
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

    /// The id of the business.
    pub fn business_id(&self) -> &BusinessId {
        self.credentials.business_id()
    }

    /// The Normal key for test mode.
    pub fn normal_key(&self) -> &NormalKey<Test> {
        self.credentials.normal_key()
    }

    /// The Checkout key for test mode.
    pub fn checkout_key(&self) -> &CheckoutKey<Test> {
        self.credentials.checkout_key()
    }

    /// The wallet secret.
    pub fn wallet_secret(&self) -> &WalletSecret {
        self.credentials.wallet_secret()
    }

    /// The Normal key for live mode, if it was started with live keys.
    pub fn live_normal_key(&self) -> Option<&NormalKey<Live>> {
        self.credentials.live_normal_key()
    }

    /// The Checkout key for live mode, if it was started with live keys.
    pub fn live_checkout_key(&self) -> Option<&CheckoutKey<Live>> {
        self.credentials.live_checkout_key()
    }

    /// Moves the sandbox's clock on and gives the time that it is there then. Everything in the sandbox goes by this
    /// clock: confirmations, due dates, keys that expire. It never goes back.
    ///
    /// # Errors
    ///
    /// The clock would go beyond the start of the year 9999.
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

    /// Makes a payment on a simulated chain, as anyone with a wallet could, and returns its transaction. It is confirmed by
    /// the sandbox's clock and found by verifying; nobody reports it.
    ///
    /// # Errors
    ///
    /// The chain doesn't have the token, nobody here has the address, or the store failed.
    ///
    /// # Example: a payer on the wrong network
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mileston_api::Client;
    /// use mileston_api::types::{Chain, EvmChain, Token};
    /// use mileston_sandbox::{ChainPayment, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let client = Client::new(sandbox.checkout_key().clone(), sandbox.business_id().clone())?;
    /// let client = client.with_origin(sandbox.url())?;
    /// let wallet = client.checkout().get_evm_payment_wallet().evm_chain(EvmChain::Base).await?;
    ///
    /// // The right token to the right address, but on Ethereum: no verification on Base finds it.
    /// let address = wallet.public_key.unwrap_or_default();
    /// let stray = ChainPayment::new(Chain::Eth, Token::Usdc, "12.50".parse()?, address);
    /// assert!(sandbox.pay(stray).await?.starts_with("0x"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        self.host.pay(payment).await
    }

    /// Stops it: takes no more requests and waits for those under way, for 5 seconds at most. Once this returns, the
    /// port is free. Dropping a sandbox frees the port at once, and stops it a little later and without waiting.
    pub async fn stop(self) {
        self.host.stop().await;
    }
}

/// Shows no secret.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.host.url)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl SandboxBuilder {
    /// The port of 127.0.0.1 to listen on; 0, as without this, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Whether live keys are given out and accepted too. No real money moves either way.
    pub fn live_keys(mut self, live: bool) -> Self {
        self.options.live = live;
        self
    }

    /// Whether a call may ask for a fault of its own by the header `x-sandbox-fault`: yes, as without this. If not, the
    /// header is not looked at. [`Sandbox::fault`] works either way.
    pub fn faults_by_header(mut self, allowed: bool) -> Self {
        self.options.faults_by_header = allowed;
        self
    }

    /// How many requests there may be with a key; more are refused with 429 and `Retry-After`. Without this there is no
    /// such limit.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.options.rate_limits = Some(limits);
        self
    }

    /// Draws ids and addresses from a seed, and lets time begin at 2025-01-01T00:00:00.000Z and stand until it is
    /// moved ([`Sandbox::advance`]): the same requests, one after the other, then get the same answers, byte for byte.
    /// Keys and the wallet secret are random all the same.
    ///
    /// A file keeps the seed that it was made with, and goes on from where it was.
    pub fn seed(mut self, seed: u64) -> Self {
        self.rules.seed = Some(seed);
        self
    }

    /// When payments are settled that wallets send. As long as nobody says otherwise, [`Settlement::OnSecondLook`].
    pub fn settlement(mut self, settlement: Settlement) -> Self {
        self.rules.settlement = settlement;
        self
    }

    /// How it reads what the vendor's sources leave open or contradict, where either way is plausible.
    pub fn readings(mut self, readings: Readings) -> Self {
        self.rules.readings = readings;
        self
    }

    /// How webhooks are delivered: whereto, how soon again, and whether an adversary makes trouble.
    pub fn webhooks(mut self, settings: WebhookSettings) -> Self {
        self.options.webhooks = settings;
        self
    }

    /// Keeps its data in a file, which is made if there is none. Without this it is in memory.
    ///
    /// The file has the wallet secret as it is, since checking a signature takes it, and tokens of webhooks, since they
    /// are sent; of keys it has only hashes. On Unix it is made so that nobody else can read it, and refused if somebody
    /// else can. A name such as `:memory:` or a URI is refused, too.
    pub fn store(self, path: impl Into<PathBuf>) -> StoredSandboxBuilder {
        let SandboxBuilder { port, options, rules } = self;
        StoredSandboxBuilder { port, options, rules, path: path.into() }
    }

    /// Starts it. Once this returns, requests are answered.
    ///
    /// # Errors
    ///
    /// The port can't be listened on, or there is no tokio runtime.
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
