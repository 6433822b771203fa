//! The steps of most commands: identify the running sandbox, send it a request, and print the response.

use std::error::Error;
use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::executor::block_on;
use super::failure::Failure;
use super::identity::Identity;
use super::output::report;
use super::remote::Remote;
use super::target::Target;

/// A running sandbox that was identified.
pub(super) struct Session {
    remote: Remote,
    sandbox: Identity,
    json: bool,
}

/// Identifies the sandbox, and then runs the command.
pub(super) fn with_sandbox(
    target: &Target,
    command: impl AsyncFnOnce(&Session) -> Result<(), Box<dyn Error>>,
) -> Result<(), Failure> {
    let remote = target.remote()?;
    Ok(block_on(async {
        let sandbox = remote.identify().await?;
        command(&Session { remote, sandbox, json: target.json }).await
    })?)
}

impl Session {
    /// Returns the identity of the sandbox.
    pub(super) fn sandbox(&self) -> &Identity {
        &self.sandbox
    }

    /// Prints a result, and the sandbox that it comes from.
    pub(super) fn print(&self, what: &(impl Serialize + Display)) -> Result<(), Box<dyn Error>> {
        report(what, &self.sandbox, self.json)
    }

    /// Sends a GET, and prints the response.
    pub(super) async fn get<T>(&self, path: &str) -> Result<(), Box<dyn Error>>
    where
        T: DeserializeOwned + Serialize + Display,
    {
        self.print(&self.remote.get::<T>(path).await?)
    }

    /// Sends a POST, and prints the response.
    pub(super) async fn post<T>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<(), Box<dyn Error>>
    where
        T: DeserializeOwned + Serialize + Display,
    {
        self.print(&self.remote.post::<T>(path, body).await?)
    }

    /// Sends a DELETE, and returns the response.
    pub(super) async fn delete<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<T, Box<dyn Error>> {
        self.remote.delete(path).await
    }
}
