//! Defines the settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::clock::{Clock, DefaultClock};
use crate::governor::Governor;
use crate::observer::Observer;
use crate::origin::Origin;
use crate::retry::RetryPolicy;
use crate::transport::carrier::SendOwn;
#[cfg(not(target_family = "wasm"))]
use crate::transport::native::Configure;

/// The settings of a client. Each has a default.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The origin that replaces the OpenAPI document's servers.
    pub(crate) origin: Option<Origin>,
    /// The headers that are sent with every request unless the call sets them.
    pub(crate) headers: HeaderMap,
    pub(crate) max_body: usize,
    pub(crate) connect_timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) retries: RetryPolicy,
    pub(crate) retry_budget: u32,
    pub(crate) governor: Option<Arc<dyn Governor>>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The user's own transport, or `None` for the default one.
    pub(crate) transport: Option<Arc<dyn SendOwn>>,
    /// The user's configuration of reqwest.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) configure: Option<Configure>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            origin: None,
            headers: HeaderMap::new(),
            max_body: 8 * 1024 * 1024,
            connect_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(30),
            retries: RetryPolicy::default(),
            retry_budget: 20,
            governor: None,
            observer: None,
            clock: Arc::new(DefaultClock::default()),
            transport: None,
            #[cfg(not(target_family = "wasm"))]
            configure: None,
        }
    }
}

impl Settings {
    #[cfg(not(target_family = "wasm"))]
    fn has_configured_http(&self) -> bool {
        self.configure.is_some()
    }

    #[cfg(target_family = "wasm")]
    fn has_configured_http(&self) -> bool {
        false
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("origin", &self.origin.as_ref().map(Origin::as_str))
            .field("default_headers", &self.headers.keys().collect::<Vec<_>>())
            .field("max_response_bytes", &self.max_body)
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("retries", &self.retries)
            .field("retry_budget", &self.retry_budget)
            .field("governed", &self.governor.is_some())
            .field("observed", &self.observer.is_some())
            .field("own_transport", &self.transport.is_some())
            .field("configured_http", &self.has_configured_http())
            .finish()
    }
}
