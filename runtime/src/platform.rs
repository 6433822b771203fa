//! The difference between a native program and a browser, in one place: whether a future has to be `Send`.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;

/// `Send` on native platforms. In a browser it requires nothing, because values there belong to one thread.
///
/// For bounds only: it is implemented for every type that can have it.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_family = "wasm"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// `Sync` on native platforms. In a browser it requires nothing.
///
/// For bounds only: it is implemented for every type that can have it.
#[cfg(not(target_family = "wasm"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_family = "wasm"))]
impl<T: Sync + ?Sized> MaybeSync for T {}

/// `Send` on native platforms. In a browser it requires nothing, because values there belong to one thread.
#[cfg(target_family = "wasm")]
pub trait MaybeSend {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSend for T {}

/// `Sync` on native platforms. In a browser it requires nothing.
#[cfg(target_family = "wasm")]
pub trait MaybeSync {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized> MaybeSync for T {}

/// A boxed future: `Send` on native platforms, not in a browser.
#[cfg(not(target_family = "wasm"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future: `Send` on native platforms, not in a browser.
#[cfg(target_family = "wasm")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A boxed response body.
#[cfg(not(target_family = "wasm"))]
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E> + Send>>;

/// A boxed response body.
#[cfg(target_family = "wasm")]
pub(crate) type BoxBody<E> = Pin<Box<dyn http_body::Body<Data = Bytes, Error = E>>>;
