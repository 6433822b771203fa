//! A running sandbox, with its data in memory or in a file.

use std::fmt;
use std::net::SocketAddr;
#[cfg(feature = "cli")]
use std::path::Path;
use std::time::Duration;

use mileston_api::Timestamp;
use mileston_keys::{BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret};

use crate::control_error::ControlError;
use crate::credentials::Credentials;
use crate::error::StartError;
use crate::faults::{Fault, FaultPlan};
use crate::fixtures::FixtureRecords;
use crate::host::Host;
use crate::key_store::KeyStore;
use crate::payer::ChainPayment;
#[cfg(feature = "cli")]
use crate::reach::Reach;
use crate::store::StoreError;
use crate::webhooks::Webhooks;

/// An emulated platform that listens on a port on this machine. It stops when it is dropped.
///
/// The sandbox runs on the tokio runtime in which it was started, and stops with that runtime. Its data is either in
/// memory, where it is lost when the sandbox stops, or in a file ([`StoredSandbox`](crate::StoredSandbox)). Any number
/// of sandboxes can run in one process. They share nothing.
///
/// `C` is [`Credentials`] for an in-memory sandbox. For a sandbox with a file, it is `Option<Credentials>`, because the
/// keys of an existing file are usually unknown. A function that accepts both kinds of sandbox takes a `&Sandbox<C>`
/// for any `C`.
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
pub struct Sandbox<C = Credentials> {
    host: Host,
    business: BusinessId,
    credentials: C,
}

impl<C> Sandbox<C> {
    pub(crate) fn of(host: Host, business: BusinessId, credentials: C) -> Self {
        Sandbox { host, business, credentials }
    }

    /// Returns the URL at which clients reach the sandbox, without a trailing slash. This is the [public
    /// URL](crate::SandboxBuilder::public_url) if there is one. Otherwise it consists of `http://`, a host and the
    /// port. The host is the first [allowed host](crate::SandboxBuilder::allow_host). If there is none, it is the
    /// sandbox's address, or `127.0.0.1` if the sandbox listens on all addresses.
    pub fn url(&self) -> &str {
        self.host.reach().url()
    }

    /// Returns the credentials. For a sandbox with a file, this is `None` if they are unknown.
    pub(crate) fn known(&self) -> &C {
        &self.credentials
    }

    #[cfg(feature = "cli")]
    pub(crate) fn file(&self) -> Option<&Path> {
        self.host.store().file()
    }

    #[cfg(feature = "cli")]
    pub(crate) fn are_keys_fixed(&self) -> bool {
        self.host.are_keys_fixed()
    }

    #[cfg(feature = "cli")]
    pub(crate) fn reach(&self) -> &Reach {
        self.host.reach()
    }

    /// Returns the address that the sandbox listens on.
    pub fn address(&self) -> SocketAddr {
        self.host.address()
    }

    /// Returns the token that is required to control the sandbox, or `None` if any program on this machine may control
    /// it. See [`SandboxBuilder::token`](crate::SandboxBuilder::token).
    pub fn control_token(&self) -> Option<&str> {
        self.host.reach().token().map(|token| token.expose_secret())
    }

    /// Returns the ids of the records that the [fixtures](crate::SandboxBuilder::fixtures) created. If the data is in a
    /// file, records are created only when the file is created. If the file already existed, no ids are returned.
    pub fn fixtures(&self) -> &FixtureRecords {
        self.host.records()
    }

    /// Returns the id of the business that the sandbox was started with, or that its file was created with.
    pub fn business_id(&self) -> &BusinessId {
        &self.business
    }

    /// Returns the sandbox's key store, to list, create, roll and revoke keys.
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
    /// // Every call fails with a probability of 10%. The same calls fail in each run.
    /// sandbox.fault(Fault::ServiceUnavailable).with_probability(0.1, 42)?;
    /// assert_eq!(lost.made(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn fault(&self, fault: Fault) -> FaultPlan {
        FaultPlan::new(self.host.faults(), fault)
    }

    /// Returns the sandbox's webhooks in test mode, to register endpoints, list deliveries and send deliveries again.
    pub fn webhooks(&self) -> Webhooks {
        Webhooks::of(self.host.courier(), &self.business)
    }

    /// Adds another business, with separate data.
    ///
    /// # Errors
    ///
    /// Returns an error if the operating system provides no random bytes or the file can't be written.
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

    /// Moves the sandbox's clock forward and returns its new time. Confirmations, due dates and key expiry use this
    /// clock. The clock never goes back. If the data is in a file, the time is stored there too.
    ///
    /// # Errors
    ///
    /// Returns an error if the clock would pass the start of the year 9999 or the file can't be written.
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

    /// Makes a payment on a simulated chain, as anyone with a wallet could, and returns the hash of its transaction.
    /// The payment is confirmed after a few seconds on the sandbox's clock. From then on, a verification finds it. This
    /// method doesn't send a `save-payment` request.
    ///
    /// # Errors
    ///
    /// Returns an error if the chain doesn't have the token, no wallet in this sandbox has the address, or the store
    /// fails.
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
    /// // The right token to the right address, but on Ethereum: a verification on Base doesn't find it.
    /// let address = wallet.public_key.unwrap_or_default();
    /// let stray = ChainPayment::new(Chain::Eth, Token::Usdc, token_amount!("12.50"), address);
    /// assert!(sandbox.pay(stray).await?.starts_with("0x"));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn pay(&self, payment: ChainPayment) -> Result<String, ControlError> {
        self.host.pay(payment).await
    }

    /// Stops the sandbox: accepts no more requests, and waits up to 5 seconds for requests in progress. Once this
    /// returns, the port is free, and another sandbox may use the file. Dropping a sandbox also frees the port, but
    /// doesn't wait for requests. If another sandbox is then started on the same file, it waits up to a second for the
    /// file. Whether a sandbox is stopped or dropped, the file contains all changes from requests that got a response.
    pub async fn stop(self) {
        self.host.stop().await;
    }
}

impl Sandbox {
    /// Returns the credentials of the business that the sandbox was started with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
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

    /// Returns the Normal key for live mode, if the sandbox was started with live keys.
    pub fn live_normal_key(&self) -> Option<&NormalKey<Live>> {
        self.credentials.live_normal_key()
    }

    /// Returns the Checkout key for live mode, if the sandbox was started with live keys.
    pub fn live_checkout_key(&self) -> Option<&CheckoutKey<Live>> {
        self.credentials.live_checkout_key()
    }
}

/// Shows no secrets.
impl<C> fmt::Debug for Sandbox<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url())
            .field("business_id", &self.business)
            .field("store", &self.host.store().file())
            .finish_non_exhaustive()
    }
}
