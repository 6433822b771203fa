//! The core of a client: what it holds, and where it sends. Its operations are generated around it.

use std::fmt;
use std::sync::Arc;

use crate::authenticate::{Authenticate, Shown};
use crate::clock::Clock;
use crate::error::Error;
use crate::origin::{Origin, OriginPolicy};
use crate::shared::Shared;
use crate::transport::native;

/// The core of a generated client: a credential (or an adapter around one), settings and connections, without operations.
///
/// A generated crate's `Client<K>` is a newtype of it, since its operations are inherent methods, which only the crate of a
/// type can have. A clone is cheap and shares the connections. [`CoreBuilder`](crate::CoreBuilder) makes one.
pub struct ClientCore<A> {
    pub(crate) shared: Arc<Shared>,
    /// The one that `shared` has, with its type.
    pub(crate) authenticator: Arc<A>,
}

impl<A: Authenticate> ClientCore<A> {
    /// Returns what adds credentials.
    #[must_use]
    pub fn authenticator(&self) -> &A {
        &self.authenticator
    }

    /// Returns the one origin that everything goes to, if one was set.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.shared.settings.origin.as_ref().map(Origin::as_str)
    }

    /// Returns where time and chance come from, for code around calls that waits as well.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.shared.settings.clock
    }

    /// Returns a client with the same credential and connections that sends everything to one origin, if the
    /// authenticator's [`origin_policy`](Authenticate::origin_policy) lets it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidOrigin`](crate::ErrorKind::InvalidOrigin): not of the form `http(s)://host[:port]`, or not a
    /// place for this credential.
    pub fn with_origin(self, origin: &str) -> Result<Self, Error> {
        let origin = Origin::judged(origin, self.authenticator.origin_policy())?;
        self.at(origin)
    }

    /// Does what [`with_origin`](ClientCore::with_origin) does, under another policy: for a method that says by its name
    /// that a credential goes further than it usually may.
    ///
    /// # Errors
    ///
    /// Those of [`with_origin`](ClientCore::with_origin).
    pub fn with_origin_under(self, origin: &str, policy: &dyn OriginPolicy) -> Result<Self, Error> {
        let origin = Origin::judged(origin, policy)?;
        self.at(origin)
    }

    fn at(self, origin: Origin) -> Result<Self, Error> {
        let Shared { carrier, profile, settings, authenticator, .. } = &*self.shared;
        if settings.transport.is_none() {
            native::check_tls(Some(origin.as_str()), profile.package)?;
        }
        let mut settings = settings.clone();
        settings.origin = Some(origin);
        // The other place has its own good and bad times, so a budget of its own.
        let shared = Shared::new(carrier.clone(), profile, settings, authenticator.clone());
        Ok(ClientCore { shared: Arc::new(shared), authenticator: self.authenticator })
    }
}

// Written out, for a derived `Clone` would ask for `A: Clone`.
impl<A> Clone for ClientCore<A> {
    fn clone(&self) -> Self {
        ClientCore { shared: self.shared.clone(), authenticator: self.authenticator.clone() }
    }
}

/// Shows what the authenticator [shows](Authenticate::show) of itself: by default its label only.
impl<A: Authenticate> fmt::Debug for ClientCore<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("credential", &Shown(&*self.authenticator))
            .field("settings", &self.shared.settings)
            .finish()
    }
}

/// Threads can share a client, and a task can own one: checked when this crate is compiled.
#[cfg(not(target_family = "wasm"))]
const _: () = {
    #[allow(dead_code, reason = "it has only to compile")]
    fn can_be_shared<A: Authenticate>(core: ClientCore<A>) -> impl Send + Sync + 'static {
        core
    }
};
