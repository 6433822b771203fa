//! Defines the state that all clones of a client and all its calls share.

use std::sync::Arc;

use crate::authenticate::Authenticate;
use crate::profile::Profile;
use crate::retry::Budget;
use crate::settings::Settings;
use crate::transport::carrier::Carrier;

/// The parts of a client that its calls hold. The type of the authenticator is erased.
pub(crate) struct Shared {
    pub(crate) carrier: Carrier,
    pub(crate) profile: &'static Profile,
    pub(crate) settings: Settings,
    /// The retry budget, which all clones share.
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

    /// Returns the base URL for a call to an operation. `server` is the operation's production server.
    pub(crate) fn base<'s>(&'s self, server: &'s str) -> &'s str {
        self.settings.origin.as_ref().map_or(server, |origin| origin.as_str())
    }
}
