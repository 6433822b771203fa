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
use crate::transport::default_transport::{self, Sender};
#[cfg(not(target_family = "wasm"))]
use crate::transport::native::{Configure, Forced, HttpBuilder};

/// The settings of a client. The `ClientBuilder<K>` of a generated crate is a newtype around this type.
///
/// | setting | default |
/// | --- | --- |
/// | [`origin`](CoreBuilder::origin) | the document's servers |
/// | [`connect_timeout`](CoreBuilder::connect_timeout) | 10 seconds |
/// | [`total_timeout`](CoreBuilder::total_timeout) | 30 seconds |
/// | [`retries`](CoreBuilder::retries) | 2, for reads and for writes that were not sent |
/// | [`retry_budget`](CoreBuilder::retry_budget) | 20 retries |
/// | [`governor`](CoreBuilder::governor) | none |
/// | [`max_response_bytes`](CoreBuilder::max_response_bytes) | 8 MiB |
/// | [`default_header`](CoreBuilder::default_header) | none |
/// | [`observer`](CoreBuilder::observer) | none |
/// | [`clock`](CoreBuilder::clock) | [`DefaultClock`](crate::DefaultClock) |
/// | [`transport`](CoreBuilder::transport) | reqwest, or `fetch` in browsers |
/// | [`configure_http`](CoreBuilder::configure_http) | no proxy; the system's root certificates and DNS |
#[must_use = "a builder does nothing until you call `build`"]
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

    /// Returns the authenticator, which adds credentials.
    #[must_use]
    pub fn authenticator(&self) -> &A {
        &self.authenticator
    }

    /// Sends every request to one origin, `http(s)://host[:port]`, e.g. a sandbox, instead of the servers in the
    /// OpenAPI document.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`](crate::ErrorKind::InvalidOrigin) if the text doesn't have this form, or the
    /// authenticator's [`origin_policy`](Authenticate::origin_policy) doesn't accept the origin.
    pub fn origin(mut self, origin: &str) -> Result<Self, Error> {
        self.settings.origin = Some(Origin::judged(origin, self.authenticator.origin_policy())?);
        Ok(self)
    }

    /// Sets the [`origin`](CoreBuilder::origin) and checks it with `policy` instead of the authenticator's own policy.
    /// If `policy` allows more origins, call this only from a method whose name warns about that.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`origin`](CoreBuilder::origin).
    pub fn origin_under(mut self, origin: &str, policy: &dyn OriginPolicy) -> Result<Self, Error> {
        self.settings.origin = Some(Origin::judged(origin, policy)?);
        Ok(self)
    }

    /// Sets how long to wait for a connection, including TLS. If this limit is reached, the request was
    /// not sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets how long a call may take, from connecting to the last byte of the response, including all attempts and the
    /// waits between them. [`Call::timeout`](crate::Call::timeout) sets this limit for a single call.
    ///
    /// Make this longer than the connect timeout. If the time expires while the client waits for a connection, the
    /// outcome of the call is unknown. A write that could not connect is retried only if there is time for another full
    /// connect timeout.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = timeout;
        self
    }

    /// Sets how many times a call is retried and how long the client waits between attempts. The policy doesn't change
    /// which failures are retried: see [`RetryPolicy`]. [`Call::retries`](crate::Call::retries) sets the policy of a
    /// single call.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.settings.retries = policy;
        self
    }

    /// Turns retries off.
    pub fn without_retries(self) -> Self {
        self.retries(RetryPolicy::never())
    }

    /// Sets the size of the retry budget, which a client shares with its clones.
    ///
    /// Each retry takes 1 from the budget, and each successful call adds 0.1, up to this size. While a server is down,
    /// the budget is soon used up. From then on, each call is attempted only once, so the client doesn't make an outage
    /// worse.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.settings.retry_budget = retries;
        self
    }

    /// Registers a governor that delays requests to stay within a server's rate limits. Each attempt counts as a
    /// request.
    ///
    /// All clones share the governor, and so do clients that [`ClientCore::with_origin`] creates.
    pub fn governor(mut self, governor: impl Governor + 'static) -> Self {
        self.settings.governor = Some(Arc::new(governor));
        self
    }

    /// Sets the size limit of a response body in bytes. A larger body is reported as
    /// [`ErrorKind::BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_body = limit;
        self
    }

    /// Sends a header with every request, except for calls that set the header themselves. A second value for the same
    /// name replaces the first.
    ///
    /// [`build`](CoreBuilder::build) rejects the headers that [`Call::header`](crate::Call::header) always rejects:
    /// those that the client sets itself, e.g. for credentials, and those that belong to the connection. It also
    /// rejects `accept`, because each call has its own.
    pub fn default_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.has_too_many_headers |= self.settings.headers.try_insert(name, value).is_err();
        self
    }

    /// Registers an observer that receives every attempt and call, for metrics.
    ///
    /// All clones share the observer, and so do clients that [`ClientCore::with_origin`] creates.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.settings.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the source of time and randomness.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.settings.clock = Arc::new(clock);
        self
    }

    /// Sends requests with this transport instead of reqwest. [`configure_http`](CoreBuilder::configure_http) and
    /// [`connect_timeout`](CoreBuilder::connect_timeout) then have no effect on connections.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Configures the HTTP client for a particular network: a proxy, certificates, a local address, a DNS resolver.
    ///
    /// The closure receives a new builder from the version of [`reqwest`](crate::reqwest) that this crate uses. A
    /// second closure replaces the first. The closure is called when a client is built. [`ClientCore::with_origin`]
    /// doesn't call it, because the new client shares connections with the original.
    ///
    /// The settings that protect credentials and outcomes are applied after the closure and can't be changed: no
    /// redirects, no `Referer`, no retries by reqwest, HTTP/1.1, no decompression, no logging of raw bytes, the
    /// timeouts of this builder, an idle timeout of 4 seconds for connections, and the `User-Agent`.
    ///
    /// Certificates are checked even if the closure disables the check with reqwest's own settings
    /// (`tls_danger_accept_invalid_certs`, `tls_danger_accept_invalid_hostnames`).
    ///
    /// Everything else in the closure is trusted, e.g. a root certificate that the closure adds. A TLS configuration
    /// from the closure (`tls_backend_preconfigured`) replaces the default configuration, including its certificate
    /// checks. A configuration that accepts every certificate exposes the credential to anyone between this machine and
    /// the server. A proxy can read everything that is sent over plain http. Variables such as `HTTPS_PROXY` are
    /// ignored, so set the proxy explicitly.
    #[cfg(not(target_family = "wasm"))]
    pub fn configure_http(
        mut self,
        configure: impl Fn(HttpBuilder) -> HttpBuilder + Send + Sync + 'static,
    ) -> Self {
        self.settings.configure = Some(Configure::new(configure));
        self
    }

    /// Builds the core of a client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Setup`](crate::ErrorKind::Setup) if TLS can't be set up, e.g. because the system has no
    /// root certificates, or because this crate was built without TLS and a server uses https. Returns the same error
    /// if a setting from `configure_http` is invalid.
    ///
    /// Returns [`ErrorKind::InvalidArgument`](crate::ErrorKind::InvalidArgument) if a
    /// [`default_header`](CoreBuilder::default_header) isn't allowed, or if there are too many default headers.
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
            None => Carrier::Default(sender(profile, &settings)?),
        };
        let shared = Shared::new(carrier, profile, settings, authenticator.clone());
        Ok(ClientCore { shared: Arc::new(shared), authenticator })
    }
}

#[cfg(not(target_family = "wasm"))]
fn sender(profile: &Profile, settings: &Settings) -> Result<Sender, Error> {
    default_transport::check_tls(settings.origin.as_ref().map(Origin::as_str), profile.package)?;
    let forced =
        Forced { user_agent: profile.user_agent, connect_timeout: settings.connect_timeout };
    default_transport::sender(&forced, settings.configure.as_ref())
}

/// Creates the transport. A browser sets its own `User-Agent`, makes its own connections, and always has TLS.
#[cfg(target_family = "wasm")]
fn sender(_: &Profile, _: &Settings) -> Result<Sender, Error> {
    Ok(default_transport::sender())
}

// `Clone` isn't derived because that would require `A: Clone`.
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

/// Shows the output of the authenticator's [`show`](Authenticate::show). By default, that is the authenticator's label.
impl<A: Authenticate> fmt::Debug for CoreBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("credential", &Shown(&*self.authenticator))
            .field("settings", &self.settings)
            .finish()
    }
}
