//! The client: a credential, a business, and where to send.

use std::fmt;
use std::sync::Arc;

use mileston_keys::{
    ApiKey, BusinessId, CheckoutKey, Credential, Live, NoKey, NormalKey, WalletKey,
};

use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::http;
use crate::runtime::operation::Operation;
use crate::runtime::origin::{self, LiveKey};
use crate::runtime::transport::Shared;
use crate::runtime::{HttpClient, HttpRequest};

/// A client of the Mileston platform that holds a credential of type `K`, which decides what it can call.
///
/// A clone is cheap and shares the connections: make one client and clone it. `Debug` shows no secret.
///
/// # Example: a backend
///
/// ```
/// use mileston_api::{BusinessId, Client, NormalClient, NormalKey, Test};
///
/// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
/// let business: BusinessId = "my-business".parse()?;
/// let client: NormalClient<Test> = Client::new(key, business)?;
/// assert!(!format!("{client:?}").contains("fake0123"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Client<K> {
    shared: Arc<Shared<K>>,
}

/// The client of a backend: payment links, invoices, recurring payments. Live unless it says otherwise.
pub type NormalClient<M = Live> = Client<NormalKey<M>>;

/// The client of a frontend: shows a payment, reports it, asks whether it arrived. Live unless it says otherwise.
pub type CheckoutClient<M = Live> = Client<CheckoutKey<M>>;

/// The client of a backend that also signs. Live unless it says otherwise.
pub type WalletClient<M = Live> = Client<WalletKey<M>>;

/// The client without a key: whether the services are up.
pub type OpenClient = Client<NoKey>;

impl<K: ApiKey> Client<K> {
    /// A client for the production hosts, with the default settings. Nothing is sent.
    ///
    /// Test and live share the hosts (`mileston-payments` 0.2.3, `dist/apis/*.js`); the key tells them apart.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: TLS cannot be set up, e.g. because the machine trusts no authority at all.
    ///
    /// ```
    /// use mileston_api::{BusinessId, CheckoutClient, CheckoutKey, Client, Test};
    ///
    /// let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse()?;
    /// let client: CheckoutClient<Test> = Client::new(key, "my-business".parse()?)?;
    /// assert_eq!(client.business_id().map(BusinessId::as_str), Some("my-business"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(key: K, business_id: BusinessId) -> Result<Self, Error> {
        Self::builder(key, business_id).build()
    }

    /// Starts a client with other settings than the default ones; [`ClientBuilder`] has an example.
    pub fn builder(key: K, business_id: BusinessId) -> ClientBuilder<K> {
        ClientBuilder::new(key, Some(business_id))
    }
}

impl Client<NoKey> {
    /// A client that can only call what is open to anyone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: TLS cannot be set up, e.g. because the machine trusts no authority at all.
    ///
    /// ```
    /// let client: mileston_api::OpenClient = mileston_api::Client::without_key()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn without_key() -> Result<Self, Error> {
        Self::builder_without_key().build()
    }

    /// Starts a client without a key, with other settings than the default ones.
    pub fn builder_without_key() -> ClientBuilder<NoKey> {
        ClientBuilder::new(NoKey, None)
    }
}

impl<K: Credential> Client<K> {
    /// The same client, but sending everything to one origin: short for [`ClientBuilder::origin`].
    ///
    /// It is for a sandbox, so a live key goes to the platform's servers and to this machine only.
    /// [`send_live_key_to`](Client::send_live_key_to) sends it elsewhere.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of the form `http(s)://host[:port]`, or not a place for this key.
    ///
    /// ```
    /// use mileston_api::{BusinessId, Client, ErrorKind, Live, NormalKey};
    ///
    /// let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse()?;
    /// let client = Client::new(key, "my-business".parse()?)?;
    /// let error = client.with_origin("http://127.0.0.1:4010").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
    /// assert!(error.to_string().contains("a live key is never sent over plain http"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_origin(self, origin: &str) -> Result<Self, Error> {
        self.at(origin, LiveKey::StaysHome)
    }

    /// Returns the same client, but sending everything, a live key included, to one origin on any host: short for
    /// [`ClientBuilder::send_live_key_to`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of the form `https://host[:port]`.
    pub fn send_live_key_to(self, origin: &str) -> Result<Self, Error> {
        self.at(origin, LiveKey::GoesAnywhere)
    }

    fn at(self, origin: &str, live: LiveKey) -> Result<Self, Error> {
        let Shared { http, settings, business_id, key, .. } = &*self.shared;
        let mut settings = settings.clone();
        settings.origin = Some(origin::check(origin, key.mode(), live)?);
        http::check_tls(settings.origin.as_deref())?;
        let (http, business_id, key) = (http.clone(), business_id.clone(), key.clone());
        // The other place has its own good and bad times.
        Ok(Self::of(Shared::new(http, settings, business_id, key)))
    }

    /// The one origin that everything goes to, if one was set.
    pub fn origin(&self) -> Option<&str> {
        self.shared.settings.origin.as_deref()
    }

    /// The credential that it holds.
    ///
    /// ```
    /// use mileston_api::{Client, NoKey};
    ///
    /// assert_eq!(Client::without_key()?.credential(), &NoKey);
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn credential(&self) -> &K {
        &self.shared.key
    }

    /// The business that it acts for. `None` without a key.
    pub fn business_id(&self) -> Option<&BusinessId> {
        self.shared.business_id.as_ref()
    }

    pub(crate) fn of(shared: Shared<K>) -> Self {
        Client { shared: Arc::new(shared) }
    }

    #[cfg(test)]
    pub(crate) fn shared(&self) -> &Shared<K> {
        &self.shared
    }

    /// For generated code: an operation with one server.
    ///
    /// `build` is given the base of the URL without a slash at the end.
    pub(crate) fn call<T>(
        &self,
        operation: &'static Operation,
        build: impl FnOnce(&HttpClient, &str) -> Result<HttpRequest, Error>,
    ) -> Call<T> {
        match operation.servers.first() {
            Some(server) => self.call_at(operation, server, build),
            None => {
                let error = Error::new(ErrorKind::InvalidOrigin)
                    .with_detail("the document names no server for it");
                Call::new(self.shared.clone(), operation, "", Err(error))
            }
        }
    }

    #[allow(dead_code, reason = "whether generated code calls it depends on the document")]
    /// For generated code: an operation whose server the caller picks. An origin that was set goes first.
    pub(crate) fn call_at<T>(
        &self,
        operation: &'static Operation,
        server: &'static str,
        build: impl FnOnce(&HttpClient, &str) -> Result<HttpRequest, Error>,
    ) -> Call<T> {
        let base = self.origin().unwrap_or(server);
        Call::new(self.shared.clone(), operation, server, build(&self.shared.http, base))
    }
}

// Written out, for a derived `Clone` would ask for `K: Clone`.
impl<K> Clone for Client<K> {
    fn clone(&self) -> Self {
        Client { shared: self.shared.clone() }
    }
}

// `Debug` of every credential shows its public prefix only.
impl<K: fmt::Debug> fmt::Debug for Client<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("key", &self.shared.key)
            .field("business_id", &self.shared.business_id)
            .field("settings", &self.shared.settings)
            .finish()
    }
}
