//! The settings of a client, each with its default.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use mileston_keys::{BusinessId, Credential};
use reqwest::header::HeaderValue;

use crate::runtime::client::Client;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::governor::Governor;
use crate::runtime::http::{self, Configure};
use crate::runtime::observer::Observer;
use crate::runtime::origin;
use crate::runtime::retry::{self, Budget, RetryPolicy};
use crate::runtime::transport::Shared;

/// What can be set about a client. [`Client::builder`] starts one.
///
/// | setting | default |
/// | --- | --- |
/// | [`origin`](ClientBuilder::origin) | each service at its production host |
/// | [`connect_timeout`](ClientBuilder::connect_timeout) | 10 seconds |
/// | [`total_timeout`](ClientBuilder::total_timeout) | 30 seconds |
/// | [`retries`](ClientBuilder::retries) | 2, of reads, and of writes that were not sent |
/// | [`retry_budget`](ClientBuilder::retry_budget) | 20 retries |
/// | [`governor`](ClientBuilder::governor) | none |
/// | [`max_response_bytes`](ClientBuilder::max_response_bytes) | 8 MiB |
/// | [`browser_origin`](ClientBuilder::browser_origin) | none |
/// | [`observer`](ClientBuilder::observer) | none |
/// | [`configure_http`](ClientBuilder::configure_http) | no proxy, the roots and names of the machine |
///
/// ```
/// use std::time::Duration;
///
/// use mileston_api::{BusinessId, Client, NormalKey, Test};
///
/// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
/// let business: BusinessId = "my-business".parse()?;
/// let client = Client::builder(key, business)
///     .origin("http://127.0.0.1:4010")?
///     .total_timeout(Duration::from_secs(5))
///     .build()?;
/// assert_eq!(client.origin(), Some("http://127.0.0.1:4010"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` makes a client of it"]
pub struct ClientBuilder<K> {
    key: K,
    business_id: Option<BusinessId>,
    settings: Settings,
}

/// What the transport keeps in mind.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Replaces the production origins. Without a slash at the end.
    pub(crate) origin: Option<String>,
    pub(crate) browser_origin: Option<HeaderValue>,
    pub(crate) max_body: usize,
    pub(crate) total_timeout: Duration,
    pub(crate) retries: RetryPolicy,
    retry_budget: u32,
    pub(crate) governor: Option<Arc<dyn Governor>>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    /// Where chance comes from.
    pub(crate) random: fn() -> f64,
    pub(crate) connect_timeout: Duration,
    /// What the user adds to the HTTP client.
    pub(crate) configure: Option<Configure>,
}

impl<K: Credential> ClientBuilder<K> {
    pub(crate) fn new(key: K, business_id: Option<BusinessId>) -> Self {
        let settings = Settings {
            origin: None,
            browser_origin: None,
            max_body: 8 * 1024 * 1024,
            total_timeout: Duration::from_secs(30),
            retries: RetryPolicy::default(),
            retry_budget: 20,
            governor: None,
            observer: None,
            random: retry::random,
            connect_timeout: Duration::from_secs(10),
            configure: None,
        };
        ClientBuilder { key, business_id, settings }
    }

    /// Sends everything to one origin, `http(s)://host[:port]`, instead of the production hosts: for the sandbox.
    ///
    /// The key goes there, so plain http is for this machine only (`127.0.0.0/8`, `[::1]`, `localhost`), and for a
    /// live key not even there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of this form, or not a place for this key.
    pub fn origin(mut self, origin: &str) -> Result<Self, Error> {
        self.settings.origin = Some(origin::check(origin, self.key.mode())?);
        Ok(self)
    }

    /// How long to wait for a connection, TLS included. What fails within it was not sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// How long a call may take, from the start of connecting to the last byte of the answer: all attempts and the
    /// waits between them.
    ///
    /// [`Call::timeout`](crate::Call::timeout) sets it for a single call.
    ///
    /// Give it more than the connect timeout: where it ends the wait for a connection, the outcome of the call
    /// counts as unknown, and a write that had no connection is tried again only if there is time for a whole such
    /// wait.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = timeout;
        self
    }

    /// How often a call is tried again, and how long it waits in between. What is tried again stays the same: see
    /// [`RetryPolicy`].
    ///
    /// [`Call::retries`](crate::Call::retries) sets it for a single call.
    ///
    /// ```
    /// use mileston_api::{Client, RetryPolicy};
    ///
    /// let client = Client::builder_without_key().retries(RetryPolicy::new(4)).build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.settings.retries = policy;
        self
    }

    /// Nothing is tried again.
    ///
    /// ```
    /// let client = mileston_api::Client::builder_without_key().without_retries().build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn without_retries(self) -> Self {
        self.retries(RetryPolicy::never())
    }

    /// How many retries the client and its clones have in stock together.
    ///
    /// Each retry takes one, each call that succeeds gives a tenth of one back. When the platform is down, the stock
    /// is soon empty, and then every call is attempted once: a client does not make an outage worse.
    ///
    /// ```
    /// let client = mileston_api::Client::builder_without_key().retry_budget(100).build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.settings.retry_budget = retries;
        self
    }

    /// Holds requests back, so that the platform's limits are not run into. Each attempt is a request.
    ///
    /// All clones share it, and clients that [`with_origin`](Client::with_origin) makes.
    ///
    /// ```
    /// use mileston_api::{Client, RateLimit};
    ///
    /// let client = Client::builder_without_key().governor(RateLimit::documented()).build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn governor(mut self, governor: impl Governor + 'static) -> Self {
        self.settings.governor = Some(Arc::new(governor));
        self
    }

    /// The largest body of an answer that is read, in bytes; a larger one is [`ErrorKind::BodyTooLarge`].
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_body = limit;
        self
    }

    /// Sends an `Origin` header, as the browser of a page at this address would.
    ///
    /// The vendor's documentation ("API Status Check") says that the checkout service may answer 500 without one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of the form `http(s)://host[:port]`.
    ///
    /// ```
    /// let builder = mileston_api::Client::builder_without_key();
    /// let client = builder.browser_origin("https://shop.example")?.build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn browser_origin(mut self, origin: &str) -> Result<Self, Error> {
        let origin = origin::of_page(origin)?;
        let value = HeaderValue::try_from(origin).map_err(|_| {
            Error::new(ErrorKind::InvalidOrigin).with_detail("the given origin cannot be a header")
        })?;
        self.settings.browser_origin = Some(value);
        Ok(self)
    }

    /// Adds to the HTTP client what a network asks for: a proxy, certificates, a local address, a resolver of names.
    ///
    /// The closure gets a fresh builder of the version of [`reqwest`] that this crate uses. A second closure replaces
    /// the first. It is called when a client is built, and not by [`Client::with_origin`], which shares connections.
    ///
    /// What guards keys and outcomes is set after it and cannot be changed: no redirects, no `Referer`, no retries of
    /// reqwest's own, HTTP/1.1, no decompression, no log of raw bytes, the limits of time of this builder, 4 seconds
    /// for an idle connection, and `User-Agent`.
    ///
    /// Invalid certificates are refused again if the closure accepts them. It is trusted in all else: a proxy sees what
    /// goes over plain http, and a preconfigured TLS backend decides which certificates it accepts. Variables such as `HTTPS_PROXY` are not looked at; name the
    /// proxy.
    ///
    /// ```
    /// use mileston_api::{Client, reqwest};
    ///
    /// let proxy = reqwest::Proxy::https("http://proxy.shop.example:3128")?;
    /// let client = Client::builder_without_key()
    ///     .configure_http(move |http| http.proxy(proxy.clone()))
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.configure = Some(Configure::new(configure));
        self
    }

    /// Tells this one of every attempt and every call, for metrics. [`Observer`] has an example.
    ///
    /// All clones share it, and clients that [`with_origin`](Client::with_origin) makes.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: TLS cannot be set up, e.g. because the machine trusts no authority at all, or because
    /// this crate was built without TLS and the origin is https; or what `configure_http` added is no good.
    pub fn build(self) -> Result<Client<K>, Error> {
        let ClientBuilder { key, business_id, settings } = self;
        let http = http::client(&settings)?;
        Ok(Client::of(Shared::new(http, settings, business_id, key)))
    }
}

impl Settings {
    pub(crate) fn budget(&self) -> Budget {
        Budget::new(self.retry_budget)
    }
}

/// Shows what the key shows of itself, which is its public prefix.
impl<K: fmt::Debug> fmt::Debug for ClientBuilder<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("key", &self.key)
            .field("business_id", &self.business_id)
            .field("settings", &self.settings)
            .finish()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("origin", &self.origin)
            .field("browser_origin", &self.browser_origin)
            .field("max_response_bytes", &self.max_body)
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retries", &self.retries)
            .field("retry_budget", &self.retry_budget)
            .field("governed", &self.governor.is_some())
            .field("observed", &self.observer.is_some())
            .field("configured_http", &self.configure.is_some())
            .finish()
    }
}
