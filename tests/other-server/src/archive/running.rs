//! Runs the archive on a local port.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::generated::server::{Services, router};
use super::journal::{Entry, Journal, write};
use super::{Desk, Issuer, login};

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    issuer: Arc<Issuer>,
    journal: Journal,
    task: JoinHandle<()>,
}

impl Running {
    /// Starts the archive and its token endpoint on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (issuer, journal) = (Arc::new(Issuer::default()), Journal::default());
        let app = router(Arc::clone(&issuer), Services { desk: Desk })
            .merge(login::routes().with_state(Arc::clone(&issuer)))
            .layer(from_fn_with_state(journal.clone(), write));
        let task = tokio::spawn(async move {
            // The server runs until the task is aborted. If the server fails earlier, the test can't connect.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Running { address, issuer, journal, task })
    }

    /// Returns the origin: `http://127.0.0.1:…`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the token issuer, which can also revoke tokens.
    #[must_use]
    pub fn login(&self) -> &login::Login {
        &self.issuer.login
    }

    /// Returns all requests so far, including those for tokens.
    #[must_use]
    pub fn requests(&self) -> Vec<Entry> {
        self.journal.entries()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
