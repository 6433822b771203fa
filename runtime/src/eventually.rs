//! Defines the return type of trait methods that usually return immediately but sometimes have to wait.

use std::fmt;

use crate::platform::{BoxFuture, MaybeSend};

/// A value, or a future that returns the value.
///
/// Methods of traits such as [`Authenticate`](crate::Authenticate) and [`Governor`](crate::Governor) return this type.
/// A value that is available immediately needs no allocation, and an implementation that queries a server can return a
/// future.
///
/// ```
/// use openapi_keys_runtime::Eventually;
///
/// let now: Eventually<'_, u8> = Eventually::Now(1);
/// let later = Eventually::later(async { 2 });
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!((now.get().await, later.get().await), (1, 2));
/// # });
/// ```
#[must_use = "a `Later` future does nothing until it is awaited: add `.get().await`"]
pub enum Eventually<'a, T> {
    /// The value itself.
    Now(T),
    /// A future that returns the value.
    Later(BoxFuture<'a, T>),
}

impl<'a, T> Eventually<'a, T> {
    /// Boxes a future as [`Later`](Eventually::Later).
    pub fn later(future: impl Future<Output = T> + MaybeSend + 'a) -> Self {
        Eventually::Later(Box::pin(future))
    }

    /// Returns the value, waiting for it if necessary.
    pub async fn get(self) -> T {
        match self {
            Eventually::Now(value) => value,
            Eventually::Later(future) => future.await,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Eventually<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Eventually::Now(value) => f.debug_tuple("Now").field(value).finish(),
            Eventually::Later(_) => f.write_str("Later(…)"),
        }
    }
}
