//! What all clones of a client and all of its calls share.

use std::sync::Arc;

use crate::authenticate::Authenticate;
use crate::profile::Profile;
use crate::retry::Budget;
use crate::settings::Settings;
use crate::transport::carrier::Carrier;

/// What a client is made of, and what a call holds. The type of the authenticator is forgotten.
pub(crate) struct Shared {
    pub(crate) carrier: Carrier,
    pub(crate) profile: &'static Profile,
    pub(crate) settings: Settings,
    /// One for all clones.
    pub(crate) budget: Budget,
    pub(crate) authenticator: Arc<dyn Authenticate>,
}

impl Shared {
    pub(crate) fn new(
        carrier: Carrier,
        profile: &'static Profile,
        settings: Settings,
        authenticator: Arc<dyn Authenticate>,
    ) -> Self {
        let budget = Budget::new(settings.retry_budget);
        Shared { carrier, profile, settings, budget, authenticator }
    }

    /// Where a call goes whose operation is served there in production.
    pub(crate) fn base<'s>(&'s self, server: &'s str) -> &'s str {
        self.settings.origin.as_ref().map_or(server, |origin| origin.as_str())
    }
}
