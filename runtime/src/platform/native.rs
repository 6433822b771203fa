//! A native program: futures move between threads.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
/// An asynchronous lock.
pub(crate) use tokio::sync::{Mutex as Turn, MutexGuard as TurnGuard};

/// `Send` on native platforms. In a browser it requires nothing, because futures there stay on one thread.
///
/// For bounds only: it is implemented for every type that can have it.
pub trait MaybeSend: Send {}
impl<T: Send + ?Sized> MaybeSend for T {}

/// A boxed future: `Send` on native platforms, not in a browser.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed response body.
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E> + Send>>;

/// Takes the lock if it is free.
pub(crate) fn try_turn(turn: &Turn<()>) -> Option<TurnGuard<'_, ()>> {
    turn.try_lock().ok()
}
