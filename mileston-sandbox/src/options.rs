//! The options of a sandbox, in memory or in a file.

use crate::rate_limits::RateLimits;
use crate::webhooks::WebhookSettings;

/// The options of a sandbox, in memory or in a file.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Whether live keys are created and accepted.
    pub(crate) live: bool,
    /// Whether a request may choose its fault.
    pub(crate) faults_by_header: bool,
    /// The limits for requests with one key; `None` for no limits.
    pub(crate) rate_limits: Option<RateLimits>,
    /// How webhooks are delivered.
    pub(crate) webhooks: WebhookSettings,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            live: false,
            faults_by_header: true,
            rate_limits: None,
            webhooks: WebhookSettings::new(),
        }
    }
}
