//! What a client has beside what is generated: names for its types, what it holds, and where a live key may go.

use mileston_keys::{BusinessId, CheckoutKey, Credential, Live, NoKey, NormalKey, WalletKey};
use openapi_keys_runtime::{Error, ErrorKind, HeaderName, HeaderValue, Origin};

use crate::generated::{Client, ClientBuilder};
use crate::origin::Anywhere;

/// The client of a backend: payment links, invoices, recurring payments. Live unless it says otherwise.
pub type NormalClient<M = Live> = Client<NormalKey<M>>;

/// The client of a frontend: shows a payment, reports it, asks whether it arrived. Live unless it says otherwise.
pub type CheckoutClient<M = Live> = Client<CheckoutKey<M>>;

/// The client of a backend that also signs. Live unless it says otherwise.
pub type WalletClient<M = Live> = Client<WalletKey<M>>;

/// The client without a key: whether the services are up.
pub type OpenClient = Client<NoKey>;

impl<K: Credential> Client<K> {
    /// Returns the same client, but sending everything, a live key included, to one origin on any host: short for
    /// [`ClientBuilder::send_live_key_to`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of the form `https://host[:port]`.
    pub fn send_live_key_to(self, origin: &str) -> Result<Self, Error> {
        let mode = self.credential().mode();
        Ok(Client { core: self.core.with_origin_under(origin, &Anywhere { mode })? })
    }

    /// Returns the credential that it holds.
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

    /// Returns the business that it acts for. `None` without a key.
    pub fn business_id(&self) -> Option<&BusinessId> {
        self.core.authenticator().business_id()
    }
}

impl<K: Credential> ClientBuilder<K> {
    /// Sends everything, a live key included, to one origin on any host, over https: for your own gateway.
    ///
    /// Anyone who runs that host gets the key, and can do with it what you can. [`origin`](ClientBuilder::origin) is for
    /// everything else: there, a live key goes to the platform's servers and to this machine only.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`]: not of the form `https://host[:port]`.
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
        // Nothing is sent there, so plain http is fine.
        let value = HeaderValue::try_from(Origin::parse(origin)?.as_str()).map_err(|_| {
            Error::new(ErrorKind::InvalidOrigin).with_detail("the given origin cannot be a header")
        })?;
        self.core = self.core.default_header(HeaderName::from_static("origin"), value);
        Ok(self)
    }
}
