//! Restricts access to the core of a call.

use std::fmt;
use std::marker::PhantomData;

/// Permits access to the [`CallCore`](crate::generated::CallCore) of a `C`. Only this crate creates one, and only to
/// send that `C`.
///
/// The core contains the client's credential, and [`BuildRequest`](crate::generated::BuildRequest) decides what is sent
/// with it. Other code with access to the core could wrap a call that the client may make and send a different request
/// with its credential, or swap the cores of two calls.
pub struct Access<C>(PhantomData<fn(C) -> C>);

impl<C> Access<C> {
    pub(super) fn new() -> Self {
        Access(PhantomData)
    }
}

impl<C> fmt::Debug for Access<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access")
    }
}
