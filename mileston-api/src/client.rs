//! Defines the hand-written part of a client: type aliases, accessors, and methods that set an origin.

use mileston_keys::{BusinessId, CheckoutKey, Credential, NoKey, NormalKey, PlainHttp, WalletKey};
use openapi_keys_runtime::{Error, ErrorKind, HeaderName, HeaderValue, Origin};

use crate::generated::{Client, ClientBuilder};
use crate::origin::{Anywhere, InClear};
use crate::origin_variable::{in_variable, read};

/// The client for a backend. It manages payment links, invoices and recurring payments.
pub type NormalClient<M> = Client<NormalKey<M>>;

/// The client for a frontend. It fetches a payment link, invoice or recurring payment, reports that it was paid, and
/// checks whether the payment has arrived.
pub type CheckoutClient<M> = Client<CheckoutKey<M>>;

/// The client for a backend that also makes signed wallet requests.
pub type WalletClient<M> = Client<WalletKey<M>>;

/// A client without a key. It checks whether the services are up.
pub type OpenClient = Client<NoKey>;

impl<K: Credential> Client<K> {
    /// Returns a client that sends every request to this origin. The origin may be on any host, even if the key is
    /// live. See [`ClientBuilder::send_live_key_to`].
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text doesn't have the form `https://host[:port]`.
    pub fn send_live_key_to(self, origin: &str) -> Result<Self, Error> {
        let mode = self.credential().mode();
        Ok(Client { core: self.core.with_origin_under(origin, &Anywhere { mode })? })
    }

    /// Returns a client that sends every request, with its test key, to this origin. The origin may be on any host and
    /// may use plain http. See [`ClientBuilder::plain_http_origin`].
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text doesn't have the form `http(s)://host[:port]`.
    pub fn with_plain_http_origin(self, origin: &str) -> Result<Self, Error>
    where
        K: PlainHttp,
    {
        Ok(Client { core: self.core.with_origin_under(origin, &InClear)? })
    }

    /// Returns a client that sends every request to the origin in an environment variable, such as
    /// `MILESTON_URL`. When the sandbox starts, it prints an `export` line that sets this variable.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the variable isn't set, or if
    /// [`with_origin`](Client::with_origin) rejects its value. The error names the variable and never
    /// quotes its value.
    ///
    /// ```
    /// use mileston_api::{Client, NormalKey, Test};
    ///
    /// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
    /// let client = Client::new(key, "my-business")?;
    /// let error = client.with_origin_from_env("MY_SANDBOX_URL").unwrap_err();
    /// assert!(error.to_string().starts_with("environment variable `MY_SANDBOX_URL` isn't set"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_origin_from_env(self, variable: &str) -> Result<Self, Error> {
        self.with_origin(&read(variable)?).map_err(|error| in_variable(variable, &error))
    }

    /// Like [`with_plain_http_origin`](Client::with_plain_http_origin), but reads the origin from an environment
    /// variable.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the variable isn't set, or if its value doesn't have the form
    /// `http(s)://host[:port]`. The error names the variable and never quotes its value.
    pub fn with_plain_http_origin_from_env(self, variable: &str) -> Result<Self, Error>
    where
        K: PlainHttp,
    {
        let client = self.with_plain_http_origin(&read(variable)?);
        client.map_err(|error| in_variable(variable, &error))
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

    /// Returns the id of the business that the client acts for, or `None` if the client has no key.
    pub fn business_id(&self) -> Option<&BusinessId> {
        self.core.authenticator().business_id()
    }
}

impl<K: Credential> ClientBuilder<K> {
    /// Sends every request to this https origin, e.g. your own gateway. The origin may be on any host, even if the key
    /// is live.
    ///
    /// The operator of that host receives the key and can do anything with it that you can. Prefer
    /// [`origin`](ClientBuilder::origin), which allows a live key only for the platform's servers and this machine.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text doesn't have the form `https://host[:port]`.
    ///
    /// ```
    /// use mileston_api::{Client, ErrorKind, Live, NormalKey};
    ///
    /// let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse()?;
    /// let builder = Client::builder(key, "my-business")?;
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

    /// Sends every request, with its test key, to this origin, e.g. a sandbox in another container. The origin may be
    /// on any host and may use plain http.
    ///
    /// Anyone on the network between this machine and that host can read the key and the requests. Therefore this
    /// method exists only for test keys, which can't move real money. With a live key, or a key that is generic over
    /// its mode, the call doesn't compile. The key is sent only to this origin, because redirects aren't followed.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text doesn't have the form `http(s)://host[:port]`.
    ///
    /// ```
    /// use mileston_api::{Client, ErrorKind, NormalKey, Test};
    ///
    /// let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse()?;
    /// let builder = Client::builder(key, "my-business")?;
    /// let error = builder.clone().origin("http://sandbox:7357").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidOrigin);
    /// let client = builder.plain_http_origin("http://sandbox:7357")?.build()?;
    /// assert_eq!(client.origin(), Some("http://sandbox:7357"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// ```compile_fail,E0277
    /// # use mileston_api::{Client, Live, NormalKey};
    /// # let key: NormalKey<Live> = "Mileston_LIVE_fake0123".parse().unwrap();
    /// # let builder = Client::builder(key, "my-business").unwrap();
    /// // error[E0277]: only a test key may be sent over plain http to another machine
    /// let client = builder.plain_http_origin("http://sandbox:7357");
    /// ```
    pub fn plain_http_origin(mut self, origin: &str) -> Result<Self, Error>
    where
        K: PlainHttp,
    {
        self.core = self.core.origin_under(origin, &InClear)?;
        Ok(self)
    }

    /// Sends the `Origin` header that a browser sends for a page from this origin.
    ///
    /// According to the vendor's documentation ("API Status Check"), the checkout service may respond with 500 if a
    /// request doesn't contain this header.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`] if the text doesn't have the form `http(s)://host[:port]`.
    ///
    /// ```
    /// let builder = mileston_api::Client::builder_without_key();
    /// let client = builder.browser_origin("https://shop.example")?.build()?;
    /// # Ok::<(), mileston_api::Error>(())
    /// ```
    pub fn browser_origin(mut self, origin: &str) -> Result<Self, Error> {
        // No request is sent to this origin, so plain http is allowed.
        let value = HeaderValue::try_from(Origin::parse(origin)?.as_str()).map_err(|_| {
            Error::new(ErrorKind::InvalidOrigin)
                .with_detail("the given origin can't be sent in a header")
        })?;
        self.core = self.core.default_header(HeaderName::from_static("origin"), value);
        Ok(self)
    }
}
