//! Creates clients from a key and the business that it belongs to. The rest of a client is generated.

use mileston_keys::{
    ApiKey, BusinessId, CheckoutKey, Credential, Live, NoKey, NormalKey, WalletKey,
};
use openapi_keys_runtime::{Error, ErrorKind, HeaderName, HeaderValue, Origin};

use crate::credentials::Held;
use crate::generated::{Client, ClientBuilder};
use crate::origin::Anywhere;

/// A backend's client: payment links, invoices, recurring payments. Live by default.
pub type NormalClient<M = Live> = Client<NormalKey<M>>;

/// A frontend's client: shows a payment, reports it, checks whether it arrived. Live by default.
pub type CheckoutClient<M = Live> = Client<CheckoutKey<M>>;

/// The client of a backend that also signs wallet requests. Live by default.
pub type WalletClient<M = Live> = Client<WalletKey<M>>;

/// The client without a key: checks whether the services are up.
pub type OpenClient = Client<NoKey>;

impl<K: ApiKey> Client<K> {
    /// Creates a client for the production hosts, with the default settings. Nothing is sent.
    ///
    /// Test and live use the same hosts (`mileston-payments` 0.2.3, `dist/apis/*.js`); the key distinguishes them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: TLS can't be set up, e.g. because the system has no root certificates.
    ///
    /// ```
    /// use mileston_api::{BusinessId, CheckoutClient, CheckoutKey, Client, Test};
    ///
    /// let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse()?;
    /// let client: CheckoutClient<Test> = Client::new(key, "my-business".parse()?)?;
    /// assert_eq!(client.business_id().map(BusinessId::as_str), Some("my-business"));
    /// assert!(!format!("{client:?}").contains("fake0123"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(key: K, business_id: BusinessId) -> Result<Self, Error> {
        Self::builder(key, business_id).build()
    }

    /// Returns a builder, to change the default settings.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use mileston_api::{BusinessId, Client, NormalKey, RetryPolicy, Test};
    ///
    /// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
    /// let business: BusinessId = "my-business".parse()?;
    /// let client = Client::builder(key, business)
    ///     .origin("http://127.0.0.1:4010")?
    ///     .total_timeout(Duration::from_secs(5))
    ///     .retries(RetryPolicy::new(4))
    ///     .build()?;
    /// assert_eq!(client.origin(), Some("http://127.0.0.1:4010"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(key: K, business_id: BusinessId) -> ClientBuilder<K> {
        ClientBuilder::around(Held::new(key, Some(business_id)))
    }
}

impl Client<NoKey> {
    /// Creates a client that can only call operations that need no key.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`]: TLS can't be set up, e.g. because the system has no root certificates.
    ///
    /// ```
    /// let client: mileston_api::OpenClient = mileston_api::Client::without_key()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn without_key() -> Result<Self, Error> {
        Self::builder_without_key().build()
    }

    /// Returns a builder for a client without a key, to change the default settings.
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
    pub fn builder_without_key() -> ClientBuilder<NoKey> {
        ClientBuilder::around(Held::new(NoKey, None))
    }
}

impl<K: Credential> Client<K> {
    /// Returns the same client, but sends every request, including a live key, to one origin on any host. See
    /// [`ClientBuilder::send_live_key_to`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: the text doesn't have the form `https://host[:port]`.
    pub fn send_live_key_to(self, origin: &str) -> Result<Self, Error> {
        let mode = self.credential().mode();
        Ok(Client { core: self.core.with_origin_under(origin, &Anywhere { mode })? })
    }

    /// Returns the client's credential.
    ///
    /// ```
    /// use mileston_api::{Client, NoKey};
    ///
    /// assert_eq!(Client::without_key()?.credential(), &NoKey);
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn credential(&self) -> &K {
        self.core.authenticator().key()
    }

    /// Returns the business that the client acts for. `None` without a key.
    pub fn business_id(&self) -> Option<&BusinessId> {
        self.core.authenticator().business_id()
    }
}

impl<K: Credential> ClientBuilder<K> {
    /// Sends every request, including a live key, to one origin on any host over https, e.g. to your own gateway.
    ///
    /// The operator of that host receives the key and can do with it what you can. In all other cases use
    /// [`origin`](ClientBuilder::origin), which allows a live key only for the platform's servers and this machine.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: the text doesn't have the form `https://host[:port]`.
    ///
    /// ```
    /// use mileston_api::{Client, ErrorKind, Live, NormalKey};
    ///
    /// let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse()?;
    /// let builder = Client::builder(key, "my-business".parse()?);
    /// let error = builder.clone().origin("https://gateway.shop.example").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
    /// let client = builder.send_live_key_to("https://gateway.shop.example")?.build()?;
    /// assert_eq!(client.origin(), Some("https://gateway.shop.example"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn send_live_key_to(mut self, origin: &str) -> Result<Self, Error> {
        let mode = self.core.authenticator().key().mode();
        self.core = self.core.origin_under(origin, &Anywhere { mode })?;
        Ok(self)
    }

    /// Sends an `Origin` header, as a browser with a page from this origin would.
    ///
    /// According to the vendor's documentation ("API Status Check"), the checkout service may respond with 500 without
    /// one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: the text doesn't have the form `http(s)://host[:port]`.
    ///
    /// ```
    /// let builder = mileston_api::Client::builder_without_key();
    /// let client = builder.browser_origin("https://shop.example")?.build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn browser_origin(mut self, origin: &str) -> Result<Self, Error> {
        // Nothing is sent to this origin, so plain http is fine.
        let value = HeaderValue::try_from(Origin::parse(origin)?.as_str()).map_err(|_| {
            Error::new(ErrorKind::InvalidOrigin)
                .with_detail("the given origin can't be sent in a header")
        })?;
        self.core = self.core.default_header(HeaderName::from_static("origin"), value);
        Ok(self)
    }
}
