//! A running sandbox: started, asked for its credentials, stopped.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use mileston_keys::{BusinessId, CheckoutKey, Live, NormalKey, Test, WalletSecret};
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::credentials::Credentials;
use crate::error::{StartError, StartErrorKind};
use crate::generated::server;
use crate::log;
use crate::pages;
use crate::platform::Emulation;
use crate::{runtime, serving};

/// How long [`Sandbox::stop`] waits for requests that are under way.
const PATIENCE: Duration = Duration::from_secs(5);

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
    url: String,
    live: bool,
    address: SocketAddr,
    credentials: Credentials,
    platform: Arc<Emulation>,
    /// Sending, or dropping it, lets the server end gracefully.
    shutdown: Option<oneshot::Sender<()>>,
    server: JoinHandle<std::io::Result<()>>,
}

/// How a sandbox shall be: made by [`Sandbox::builder`].
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct SandboxBuilder {
    port: u16,
    live: bool,
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
        SandboxBuilder { port: 0, live: false }
    }

    /// Its origin, without a slash at the end: `http://127.0.0.1:` and the port.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The credentials of the business that it was started with.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
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
    /// let other = sandbox.add_business()?;
    /// assert_ne!(other.business_id(), sandbox.business_id());
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_business(&self) -> Result<Credentials, StartError> {
        let credentials = Credentials::generate(self.live)
            .map_err(|failure| StartError::keys(self.address, failure))?;
        self.platform.admit(&credentials);
        Ok(credentials)
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

    /// Stops it: takes no more requests and waits for those under way, for 5 seconds at most. Once this returns, the
    /// port is free. Dropping a sandbox stops it as well, a little later and without waiting.
    pub async fn stop(mut self) {
        drop(self.shutdown.take());
        let ended = tokio::time::timeout(PATIENCE, &mut self.server).await;
        if ended.is_err() {
            self.server.abort();
            let _ = (&mut self.server).await;
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.shutdown.take());
        self.server.abort();
    }
}

/// Shows no secret.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("url", &self.url)
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
        self.live = live;
        self
    }

    /// Starts it. Once this returns, requests are answered.
    ///
    /// # Errors
    ///
    /// The port can't be listened on, or there is no tokio runtime.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        if Handle::try_current().is_err() {
            return Err(StartError::new(StartErrorKind::NoRuntime, wanted));
        }
        let listening = |error| StartError::listening(wanted, error);
        let listener = TcpListener::bind(wanted).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let url = format!("http://{address}");
        let credentials = Credentials::generate(self.live)
            .map_err(|failure| StartError::keys(wanted, failure))?;
        let platform = Arc::new(Emulation::new(url.clone(), self.live));
        platform.admit(&credentials);
        let (shutdown, told) = oneshot::channel();
        let server = tokio::spawn(serving::serve(listener, router(platform.clone()), told));
        let (live, shutdown) = (self.live, Some(shutdown));
        Ok(Sandbox { url, live, address, credentials, platform, shutdown, server })
    }
}

fn router(platform: Arc<Emulation>) -> Router {
    // Before the layer, which goes around what is there by then: preflights are of a method that has no route.
    server::router(platform.clone())
        .method_not_allowed_fallback(pages::not_found)
        .layer(middleware::from_fn(runtime::share))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(platform.clone(), log::record))
        .layer(middleware::from_fn_with_state(platform.clone(), pages::divert))
        .merge(pages::router(platform))
        .method_not_allowed_fallback(pages::not_found)
        .layer(middleware::map_response(runtime::harden))
}
