//! A listener that another task can close at once, so that a new sandbox can use a dropped sandbox's port.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpStream};

/// A listener with two owners: a task that accepts connections, and the sandbox, which closes the listener.
#[derive(Clone, Debug)]
pub(crate) struct Listening(Arc<Mutex<Option<TcpListener>>>);

impl Listening {
    pub(crate) fn new(listener: TcpListener) -> Self {
        Listening(Arc::new(Mutex::new(Some(listener))))
    }

    /// Returns the next connection, or `None` if the listener was closed.
    pub(super) fn poll_next(
        &self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<TcpStream>>> {
        let listener = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(listener) = &*listener else { return Poll::Ready(None) };
        listener.poll_accept(context).map(|taken| Some(taken.map(|(stream, _)| stream)))
    }

    /// Closes the listener. When this returns, the port is free.
    pub(crate) fn close(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
