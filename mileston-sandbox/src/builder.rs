//! Builds sandboxes for Rust tests.

use std::net::IpAddr;
use std::path::PathBuf;

use mileston_api::SecretText;

use crate::error::StartError;
use crate::fixed_credentials::FixedCredentials;
use crate::fixtures::Fixtures;
use crate::host::Port;
use crate::options::Options;
use crate::rate_limits::RateLimits;
use crate::readings::Readings;
use crate::sandbox::Sandbox;
use crate::store::{Rules, Settlement, Store};
use crate::stored::StoredSandboxBuilder;
use crate::webhooks::WebhookSettings;

/// Options for a sandbox, from [`Sandbox::builder`].
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct SandboxBuilder {
    port: u16,
    options: Options,
    rules: Rules,
}

// These functions aren't in `sandbox.rs`, because that file would have to import this one. This file already imports
// `sandbox.rs`, and two files must not import each other.
impl Sandbox {
    /// Starts a sandbox for test mode on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox can't listen on the port, or if this is called outside a tokio runtime.
    pub async fn start() -> Result<Self, StartError> {
        Sandbox::builder().start().await
    }

    /// Returns a builder, to set options such as a fixed port or live keys.
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
}

impl SandboxBuilder {
    /// Sets the port. The default, 0, picks a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the IP address to listen on. The default is 127.0.0.1, which only this machine can reach. `0.0.0.0` means
    /// all IPv4 addresses of this machine.
    ///
    /// If other machines can reach the sandbox, a [token](Self::token) is required to control it and to open the
    /// developers' pages.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), mileston_sandbox::StartError> {
    /// use std::net::Ipv4Addr;
    /// use mileston_sandbox::Sandbox;
    ///
    /// let builder = Sandbox::builder().host(Ipv4Addr::UNSPECIFIED).allow_host("sandbox");
    /// let sandbox = builder.start().await?;
    /// assert!(sandbox.url().starts_with("http://sandbox:"));
    /// assert!(sandbox.control_token().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn host(mut self, host: impl Into<IpAddr>) -> Self {
        self.options.reach.host = host.into();
        self
    }

    /// Also serves requests with this name in `Host`, such as a container's name. Call this once for each name. The
    /// sandbox rejects requests to any other name with 421, so that no website can point its own name at the sandbox
    /// (DNS rebinding). `127.0.0.1`, `localhost`, the sandbox's address and the host of the
    /// [public URL](Self::public_url) are always served.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.options.reach.allowed.push(name.into());
        self
    }

    /// Sets the URL at which clients reach the sandbox through a proxy, such as `https://dev.example/sandbox`. All
    /// links begin with this URL. The proxy may remove the path or pass it on.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.options.reach.public_url = Some(url.into());
        self
    }

    /// Sets the token that is required to control the sandbox: 16 to 256 visible ASCII characters. Programs send it in
    /// the `mileston-sandbox` header, and users enter it once in a browser. If no token is set and other machines can
    /// reach the sandbox, a token is generated. [`Sandbox::control_token`] returns it.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.options.reach.token = Some(SecretText::new(token));
        self
    }

    /// Sets fixed credentials for test mode, which stay the same after a restart. An existing store file must have been
    /// created with the same credentials.
    pub fn credentials(mut self, fixed: FixedCredentials) -> Self {
        self.options.fixed = fixed;
        self
    }

    /// Sets whether the wallet secret and the keys for test mode are derived from the [seed](Self::seed), so that they
    /// stay the same after a restart. Anyone who knows the seed then knows these keys and the secret. Live keys are
    /// always random.
    pub fn seed_keys(mut self, derive: bool) -> Self {
        self.options.seed_keys = derive;
        self
    }

    /// Creates the records that a fixtures file lists, for the first business. If the data is kept in a store file, the
    /// records are created only when that file is created.
    pub fn fixtures(mut self, fixtures: Fixtures) -> Self {
        self.options.fixtures = Some(fixtures);
        self
    }

    /// Sets whether live keys are also created and accepted. No real money is moved in either mode.
    pub fn live_keys(mut self, live: bool) -> Self {
        self.options.live = live;
        self
    }

    /// Sets whether a request may choose its fault with the `x-sandbox-fault` header. By default it may. With `false`,
    /// the header is ignored. [`Sandbox::fault`] works either way.
    pub fn faults_by_header(mut self, allowed: bool) -> Self {
        self.options.faults_by_header = allowed;
        self
    }

    /// Limits the number of requests with each key. The sandbox rejects requests above a limit with 429 and
    /// `Retry-After`. By default there are no limits.
    pub fn rate_limits(mut self, limits: RateLimits) -> Self {
        self.options.rate_limits = Some(limits);
        self
    }

    /// Derives ids and addresses from a seed, and stops the clock at 2025-01-01T00:00:00.000Z until it is moved
    /// ([`Sandbox::advance`]). The same requests in the same order then get the same responses, byte for byte. Keys and
    /// the wallet secret are still random, unless [`seed_keys`](Self::seed_keys) is set.
    ///
    /// A store file keeps the seed that it was created with. After a restart, the seed's sequence continues.
    pub fn seed(mut self, seed: u64) -> Self {
        self.rules.seed = Some(seed);
        self
    }

    /// Sets when transfers from wallets complete. The default is [`Settlement::OnSecondLook`].
    pub fn settlement(mut self, settlement: Settlement) -> Self {
        self.rules.settlement = settlement;
        self
    }

    /// Sets how the sandbox behaves where the vendor's sources are silent or contradict each other.
    pub fn readings(mut self, readings: Readings) -> Self {
        self.rules.readings = readings;
        self
    }

    /// Sets how webhooks are delivered: the hosts they may go to, the retry interval, and whether an adversary disrupts
    /// them.
    pub fn webhooks(mut self, settings: WebhookSettings) -> Self {
        self.options.webhooks = settings;
        self
    }

    /// Keeps the data in a file. The file is created if it doesn't exist. By default, data is kept in memory.
    ///
    /// The file contains the wallet secret and webhook tokens in plain text, because they are needed to check
    /// signatures and to send webhooks. It contains only hashes of the keys. On Unix, the file is created so that no
    /// other user can read it, and a file that another user can read is rejected. A name such as `:memory:` or a URI is
    /// also rejected.
    pub fn store(self, path: impl Into<PathBuf>) -> StoredSandboxBuilder {
        let SandboxBuilder { port, options, rules } = self;
        StoredSandboxBuilder { port, options, rules, path: path.into() }
    }

    /// Starts the sandbox. When this returns, the sandbox accepts requests.
    ///
    /// # Errors
    ///
    /// Returns an error if the sandbox can't listen on the port, if this is called outside a tokio runtime, or if an
    /// option, a fixed credential or a record in the fixtures is invalid.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let port = Port::take(self.port, &self.options, self.rules).await?;
        let store = Store::in_memory(self.rules).map_err(|error| port.store(error))?;
        let credentials = port.admit(&store, self.options.live).await?;
        if self.options.webhooks.adversary.is_some() {
            port.set_adversary(&store, &self.options.webhooks).await?;
        }
        let host = port.serve(store, &self.options, Some(&credentials)).await?;
        Ok(Sandbox::of(host, credentials.business_id().clone(), credentials))
    }
}
