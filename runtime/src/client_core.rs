//! Defines the core of a client: its credential, settings and connections. Generated code adds the operations.

use std::fmt;
use std::sync::Arc;

use crate::authenticate::{Authenticate, Shown};
use crate::clock::Clock;
use crate::error::Error;
use crate::origin::{Origin, OriginPolicy};
use crate::shared::Shared;
#[cfg(not(target_family = "wasm"))]
use crate::transport::native;

/// The core of a generated client: a credential (or an adapter around one), settings and connections, without
/// operations.
///
/// The `Client<K>` of a generated crate is a newtype around this type, because operations are inherent methods, which
/// must be defined in the same crate as their type. Clones are cheap and share the connections. To create a core, use
/// [`CoreBuilder`](crate::CoreBuilder).
pub struct ClientCore<A> {
    pub(crate) shared: Arc<Shared>,
    /// The same authenticator as in `shared`, but with its concrete type.
    pub(crate) authenticator: Arc<A>,
}

impl<A: Authenticate> ClientCore<A> {
    /// Returns the authenticator, which adds credentials.
    #[must_use]
    pub fn authenticator(&self) -> &A {
        &self.authenticator
    }

    /// Returns the origin that every request is sent to, or `None` if none was set.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.shared.settings.origin.as_ref().map(Origin::as_str)
    }

    /// Returns the source of time and randomness, for code that waits between calls.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.shared.settings.clock
    }

    /// Returns a client that has the same credential and connections, but sends every request to `origin`.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::InvalidOrigin`](crate::ErrorKind::InvalidOrigin) if `origin` doesn't have the form
    /// `http(s)://host[:port]`, or the authenticator's [`origin_policy`](Authenticate::origin_policy) doesn't accept
    /// it.
    pub fn with_origin(self, origin: &str) -> Result<Self, Error> {
        let origin = Origin::judged(origin, self.authenticator.origin_policy())?;
        self.at(origin)
    }

    /// Does the same as [`with_origin`](ClientCore::with_origin), but checks the origin with `policy` instead of the
    /// authenticator's own policy. If `policy` allows more origins, call this only from a method whose name warns about
    /// that.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`with_origin`](ClientCore::with_origin).
    pub fn with_origin_under(self, origin: &str, policy: &dyn OriginPolicy) -> Result<Self, Error> {
        let origin = Origin::judged(origin, policy)?;
        self.at(origin)
    }

    fn at(self, origin: Origin) -> Result<Self, Error> {
        let Shared { carrier, profile, settings, authenticator, .. } = &*self.shared;
        #[cfg(not(target_family = "wasm"))]
        if settings.transport.is_none() {
            native::check_tls(Some(origin.as_str()), profile.package)?;
        }
        let mut settings = settings.clone();
        settings.origin = Some(origin);
        // A different origin has its own outages, so it needs a separate retry budget.
        let shared = Shared::new(carrier.clone(), profile, settings, authenticator.clone());
        Ok(ClientCore { shared: Arc::new(shared), authenticator: self.authenticator })
    }
}

// `Clone` isn't derived because that would require `A: Clone`.
impl<A> Clone for ClientCore<A> {
    fn clone(&self) -> Self {
        ClientCore { shared: self.shared.clone(), authenticator: self.authenticator.clone() }
    }
}

/// Shows the output of the authenticator's [`show`](Authenticate::show). By default, that is the authenticator's label.
impl<A: Authenticate> fmt::Debug for ClientCore<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credential", &Shown(&*self.authenticator))
            .field("settings", &self.shared.settings)
            .finish()
    }
}

/// Checks at compile time that threads can share a client and that a task can own one. Both must also be possible in a
/// browser, because web frameworks require it for page state.
const _: () = {
    #[allow(dead_code, reason = "it only has to compile")]
    fn can_be_shared<A: Authenticate>(core: ClientCore<A>) -> impl Send + Sync + 'static {
        core
    }
};
