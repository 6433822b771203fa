//! What all clones of a client and all its calls share.

use crate::profile::Profile;
use crate::retry::Budget;
use crate::settings::Settings;
use crate::transport::carrier::Carrier;

/// The parts of a client. With the type of the authenticator erased, it is what a call holds.
pub(crate) struct Shared<A: ?Sized> {
    pub(crate) carrier: Carrier,
    pub(crate) profile: &'static Profile,
    pub(crate) settings: Settings,
    /// Shared by all clones.
    pub(crate) budget: Budget,
    pub(crate) authenticator: A,
}

impl<A> Shared<A> {
    pub(crate) fn new(
        carrier: Carrier,
        profile: &'static Profile,
        settings: Settings,
        authenticator: A,
    ) -> Self {
        let budget = Budget::new(settings.retry_budget);
        Shared { carrier, profile, settings, budget, authenticator }
    }
}

impl<A: ?Sized> Shared<A> {
    /// Returns the base URL of a call whose operation has this server in production.
    pub(crate) fn base<'s>(&'s self, server: &'s str) -> &'s str {
        self.settings.origin.as_ref().map_or(server, |origin| origin.as_str())
    }
}
