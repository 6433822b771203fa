//! What a sandbox does and lets happen, whatever it remembers in.

use crate::rate_limits::RateLimits;
use crate::webhooks::WebhookSettings;

/// What a sandbox does and lets happen.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Whether keys for live mode are given out and accepted.
    pub(crate) live: bool,
    /// Whether a call may ask for a fault of its own.
    pub(crate) faults_by_header: bool,
    /// How many requests there may be with a key; `None`: as many as come.
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
