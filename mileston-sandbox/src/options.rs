//! The options that in-memory sandboxes and sandboxes with a store file have in common.

use crate::fixed_credentials::FixedCredentials;
use crate::fixtures::Fixtures;
use crate::rate_limits::RateLimits;
use crate::reach::ReachOptions;
use crate::webhooks::WebhookSettings;

/// The options that in-memory sandboxes and sandboxes with a store file have in common.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Whether live keys are created and accepted.
    pub(crate) live: bool,
    /// Whether a request may select a fault with a header.
    pub(crate) faults_by_header: bool,
    /// The maximum number of requests with each key; `None` for no limits.
    pub(crate) rate_limits: Option<RateLimits>,
    /// How webhooks are delivered.
    pub(crate) webhooks: WebhookSettings,
    /// The address that the sandbox listens on, and the names under which it is served.
    pub(crate) reach: ReachOptions,
    /// The credentials that have fixed values.
    pub(crate) fixed: FixedCredentials,
    /// Whether the test keys and the wallet secret are derived from the seed, unless they are fixed.
    pub(crate) seed_keys: bool,
    /// The records that the sandbox creates at startup.
    pub(crate) fixtures: Option<Fixtures>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            live: false,
            faults_by_header: true,
            rate_limits: None,
            webhooks: WebhookSettings::new(),
            reach: ReachOptions::default(),
            fixed: FixedCredentials::new(),
            seed_keys: false,
            fixtures: None,
        }
    }
}
