//! A browser: whatever JavaScript returns stays on its thread, and so do futures that wait for it.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
/// An asynchronous lock.
pub(crate) use futures_util::lock::{Mutex as Turn, MutexGuard as TurnGuard};

/// `Send` on native platforms. In a browser it requires nothing, because futures there stay on one thread.
///
/// For bounds only: it is implemented for every type that can have it.
pub trait MaybeSend {}
impl<T: ?Sized> MaybeSend for T {}

/// A boxed future: `Send` on native platforms, not in a browser.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed response body.
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E>>>;

/// Takes the lock if it is free.
pub(crate) fn try_turn(turn: &Turn<()>) -> Option<TurnGuard<'_, ()>> {
    turn.try_lock()
}
