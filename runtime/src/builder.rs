//! Builds the core of a client from its settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderName, HeaderValue};

use crate::authenticate::{Authenticate, Shown};
use crate::client_core::ClientCore;
use crate::clock::Clock;
use crate::error::Error;
use crate::governor::Governor;
use crate::observer::Observer;
use crate::options;
use crate::origin::{Origin, OriginPolicy};
use crate::profile::Profile;
use crate::retry::RetryPolicy;
use crate::settings::Settings;
use crate::shared::Shared;
use crate::transport::Transport;
use crate::transport::carrier::Carrier;
use crate::transport::native::{self, Configure, Forced, HttpBuilder, Native};

/// What can be set about a client. A generated crate's `ClientBuilder<K>` is a newtype of it.
///
/// | setting | default |
/// | --- | --- |
/// | [`origin`](CoreBuilder::origin) | the servers of the document |
/// | [`connect_timeout`](CoreBuilder::connect_timeout) | 10 seconds |
/// | [`total_timeout`](CoreBuilder::total_timeout) | 30 seconds |
/// | [`retries`](CoreBuilder::retries) | 2, of reads, and of writes that were not sent |
/// | [`retry_budget`](CoreBuilder::retry_budget) | 20 retries |
/// | [`governor`](CoreBuilder::governor) | none |
/// | [`max_response_bytes`](CoreBuilder::max_response_bytes) | 8 MiB |
/// | [`default_header`](CoreBuilder::default_header) | none |
/// | [`observer`](CoreBuilder::observer) | none |
/// | [`clock`](CoreBuilder::clock) | [`TokioClock`](crate::TokioClock) |
/// | [`transport`](CoreBuilder::transport) | reqwest |
/// | [`configure_http`](CoreBuilder::configure_http) | no proxy, the roots and names of the machine |
#[must_use = "a builder does nothing until `build` makes a client of it"]
pub struct CoreBuilder<A> {
    authenticator: Arc<A>,
    profile: &'static Profile,
    settings: Settings,
    has_too_many_headers: bool,
}

impl<A: Authenticate> CoreBuilder<A> {
    /// Starts with the default settings.
    pub fn new(authenticator: A, profile: &'static Profile) -> Self {
        let (authenticator, settings) = (Arc::new(authenticator), Settings::default());
        CoreBuilder { authenticator, profile, settings, has_too_many_headers: false }
    }

    /// Returns what adds credentials.
    #[must_use]
    pub fn authenticator(&self) -> &A {
        &self.authenticator
    }

    /// Sends everything to one origin, `http(s)://host[:port]`, instead of the servers of the document: for a sandbox, if the
    /// authenticator's [`origin_policy`](Authenticate::origin_policy) lets it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`](crate::ErrorKind::InvalidOrigin): not of this form, or not a place for this credential.
    pub fn origin(mut self, origin: &str) -> Result<Self, Error> {
        self.settings.origin = Some(Origin::judged(origin, self.authenticator.origin_policy())?);
        Ok(self)
    }

    /// Does what [`origin`](CoreBuilder::origin) does, under another policy: for a method that says by its name that a
    /// credential goes further than it usually may.
    ///
    /// # Errors
    ///
    /// Those of [`origin`](CoreBuilder::origin).
    pub fn origin_under(mut self, origin: &str, policy: &dyn OriginPolicy) -> Result<Self, Error> {
        self.settings.origin = Some(Origin::judged(origin, policy)?);
        Ok(self)
    }

    /// Sets how long to wait for a connection, TLS included. What fails within it was not sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets how long a call may take, from the start of connecting to the last byte of the response: all attempts and the
    /// waits between them. [`Call::timeout`](crate::Call::timeout) sets it for a single call.
    ///
    /// Give it more than the connect timeout: where it ends the wait for a connection, the outcome of the call
    /// counts as unknown, and a write that had no connection is tried again only if there is time for a whole such
    /// wait.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = timeout;
        self
    }

    /// Sets how often a call is tried again, and how long it waits in between. What is tried again stays the same: see
    /// [`RetryPolicy`]. [`Call::retries`](crate::Call::retries) sets it for a single call.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.settings.retries = policy;
        self
    }

    /// Switches retries off.
    pub fn without_retries(self) -> Self {
        self.retries(RetryPolicy::never())
    }

    /// Sets how many retries the client and its clones have in stock together.
    ///
    /// Each retry takes one, each call that succeeds gives a tenth of one back. When a server is down, the stock is soon
    /// empty, and then every call is attempted once: a client does not make an outage worse.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.settings.retry_budget = retries;
        self
    }

    /// Holds requests back, so that the limits of a server are kept. Each attempt is a request.
    ///
    /// All clones share it, and clients that [`ClientCore::with_origin`] makes.
    pub fn governor(mut self, governor: impl Governor + 'static) -> Self {
        self.settings.governor = Some(Arc::new(governor));
        self
    }

    /// Sets the largest body of a response that is read, in bytes; a larger one is
    /// [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_body = limit;
        self
    }

    /// Sends a header with every request, unless a call sets it. A second value for the same name replaces the first.
    ///
    /// [`build`](CoreBuilder::build) refuses what [`Call::header`](crate::Call::header) refuses: headers that the client sets
    /// itself, such as those of credentials, and headers about the connection.
    pub fn default_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.has_too_many_headers |= self.settings.headers.try_insert(name, value).is_err();
        self
    }

    /// Tells this one of every attempt and every call, for metrics.
    ///
    /// All clones share it, and clients that [`ClientCore::with_origin`] makes.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Sets where time and chance come from.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Sends requests by this transport instead of reqwest; [`configure_http`](CoreBuilder::configure_http) and
    /// [`connect_timeout`](CoreBuilder::connect_timeout) then have no effect on connections.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Adds to the HTTP client what a network asks for: a proxy, certificates, a local address, a resolver of names.
    ///
    /// The closure gets a fresh builder of the version of [`reqwest`](crate::reqwest) that this crate uses. A second closure
    /// replaces the first. It is called when a client is built, and not by [`ClientCore::with_origin`], which shares
    /// connections.
    ///
    /// What guards credentials and outcomes is set after it and cannot be changed: no redirects, no `Referer`, no retries of
    /// reqwest's own, HTTP/1.1, no decompression, no log of raw bytes, the limits of time of this builder, 4 seconds
    /// for an idle connection, and `User-Agent`.
    ///
    /// The check of certificates is switched on again after the closure, if it was switched off by reqwest's own settings
    /// (`tls_danger_accept_invalid_certs`, `tls_danger_accept_invalid_hostnames`).
    ///
    /// The closure is trusted in everything else. A root certificate that it adds is trusted. A TLS setup that it brings
    /// along (`tls_backend_preconfigured`) replaces ours together with its check of certificates: one that accepts every
    /// certificate gives the credential to anyone between here and the server. A proxy sees what goes over plain http.
    /// Variables such as `HTTPS_PROXY` are not read; name the proxy.
    pub fn configure_http(
        mut self,
        configure: impl Fn(HttpBuilder) -> HttpBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.configure = Some(Configure::new(configure));
        self
    }

    /// Makes the core of a client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup): TLS cannot be set up, e.g. because the machine trusts no authority at
    /// all, or because this crate was built without TLS and a server is https; or what `configure_http` added is no good.
    ///
    /// [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument): a [`default_header`](CoreBuilder::default_header)
    /// can't be set.
    pub fn build(self) -> Result<ClientCore<A>, Error> {
        let CoreBuilder { authenticator, profile, settings, has_too_many_headers } = self;
        if has_too_many_headers {
            return Err(Error::invalid_argument("there are too many default headers"));
        }
        options::check_defaults(&settings.headers, profile.security_schemes)?;
        let carrier = match &settings.transport {
            Some(transport) => {
                let user_agent = HeaderValue::from_str(profile.user_agent).ok();
                Carrier::Own(transport.clone(), user_agent)
            }
            None => Carrier::Native(native_transport(profile, &settings)?),
        };
        let shared = Shared::new(carrier, profile, settings, authenticator.clone());
        Ok(ClientCore { shared: Arc::new(shared), authenticator })
    }
}

fn native_transport(profile: &Profile, settings: &Settings) -> Result<Native, Error> {
    native::check_tls(settings.origin.as_ref().map(Origin::as_str), profile.package)?;
    let forced =
        Forced { user_agent: profile.user_agent, connect_timeout: settings.connect_timeout };
    native::transport(&forced, settings.configure.as_ref())
}

// Written out, for a derived `Clone` would ask for `A: Clone`.
impl<A> Clone for CoreBuilder<A> {
    fn clone(&self) -> Self {
        CoreBuilder {
            authenticator: self.authenticator.clone(),
            profile: self.profile,
            settings: self.settings.clone(),
            has_too_many_headers: self.has_too_many_headers,
        }
    }
}

/// Shows what the authenticator [shows](Authenticate::show) of itself: by default its label only.
impl<A: Authenticate> fmt::Debug for CoreBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credential", &Shown(&*self.authenticator))
            .field("settings", &self.settings)
            .finish()
    }
}
