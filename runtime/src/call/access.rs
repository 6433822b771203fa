//! Restricts access to the core of a call.

use std::fmt;
use std::marker::PhantomData;

/// Grants access to the [`CallCore`](crate::generated::CallCore) of a call of type `C`. Only this crate creates an
/// `Access`, and only to send that call.
///
/// The core contains the client's credential, and [`BuildRequest`](crate::generated::BuildRequest) decides what is sent
/// with it. If other code had access to the core, it could wrap an allowed call, and then send a different request with
/// the client's credential. It could also swap the cores of two calls.
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
