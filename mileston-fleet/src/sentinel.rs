//! A connection to the master of a group of Redis servers. The address comes from Redis Sentinel.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::sentinel::{SentinelClient, SentinelServerType};
use redis::{
    AsyncConnectionConfig, Cmd, ErrorKind, IntoConnectionInfo, Pipeline, RedisError, RedisFuture,
    RedisResult, ServerErrorKind, Value,
};
use tokio::task::JoinError;

use crate::StoreFailure;
use crate::connect::LIMIT;

/// A connection to the current master of a group of Redis servers. The connection is made when the first command is
/// sent. After a failure, or if the server is no longer the master, the next command queries the Sentinels again.
///
/// ```no_run
/// use mileston_fleet::{RedisInbox, SentinelConnection};
///
/// # fn example() -> Result<(), mileston_fleet::StoreFailure> {
/// let sentinels = ["redis://10.0.0.1:26379", "redis://10.0.0.2:26379", "redis://10.0.0.3:26379"];
/// let inbox = RedisInbox::new(SentinelConnection::new(sentinels, "mymaster")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SentinelConnection {
    client: Arc<tokio::sync::Mutex<SentinelClient>>,
    current: Arc<Mutex<Option<MultiplexedConnection>>>,
}

impl SentinelConnection {
    /// Prepares a connection from the Sentinels' URLs and their name for the group.
    ///
    /// # Errors
    ///
    /// Returns an error if a URL is invalid, or if there are no URLs.
    #[allow(clippy::unnecessary_to_owned, reason = "without `redis-tls`, `build` needs a `String`")]
    pub fn new(
        sentinels: impl IntoIterator<Item = impl IntoConnectionInfo>,
        name: &str,
    ) -> Result<Self, StoreFailure> {
        let sentinels = sentinels.into_iter().collect();
        let master = SentinelServerType::Master;
        let client = SentinelClient::build(sentinels, name.to_owned(), None, master);
        client.map(Self::with_client).map_err(StoreFailure::new)
    }

    /// Prepares a connection that uses this `SentinelClient`, for example a client with passwords or TLS.
    #[must_use]
    pub fn with_client(client: SentinelClient) -> Self {
        let client = Arc::new(tokio::sync::Mutex::new(client));
        SentinelConnection { client, current: Arc::default() }
    }

    async fn connected(&self) -> RedisResult<MultiplexedConnection> {
        if let Some(connection) = &*lock(&self.current) {
            return Ok(connection.clone());
        }
        let (client, current) = (Arc::clone(&self.client), Arc::clone(&self.current));
        // The connection is made in its own task, because the caller may stop waiting for it. The next command then
        // finds the connection ready.
        let connecting = tokio::spawn(async move {
            let mut client = client.lock().await;
            if let Some(connection) = &*lock(&current) {
                return Ok(connection.clone());
            }
            let config = AsyncConnectionConfig::new()
                .set_connection_timeout(Some(LIMIT))
                .set_response_timeout(Some(LIMIT));
            let connection = client.get_async_connection_with_config(&config).await?;
            *lock(&current) = Some(connection.clone());
            Ok(connection)
        });
        connecting.await.unwrap_or_else(|error| Err(stopped(&error)))
    }
}

/// A command that waits for its response. If it is dropped before the response arrives, the server may have disappeared
/// silently, so the next command queries the Sentinels again.
struct Waiting<'c>(Option<&'c Mutex<Option<MultiplexedConnection>>>);

impl Waiting<'_> {
    /// Keeps the connection if it can be used for the next command.
    fn end<T>(mut self, result: RedisResult<T>) -> RedisResult<T> {
        let is_usable = result.as_ref().err().is_none_or(|error| {
            !(error.is_io_error()
                || error.is_unrecoverable_error()
                || error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly))
        });
        if is_usable {
            self.0 = None;
        }
        result
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(current) = self.0 {
            *lock(current) = None;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the error for a runtime that ended while a connection was being made.
fn stopped(error: &JoinError) -> RedisError {
    RedisError::from((ErrorKind::Io, "connecting was stopped", error.to_string()))
}

impl ConnectionLike for SentinelConnection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        Box::pin(async move {
            let mut connection = self.connected().await?;
            let waiting = Waiting(Some(&self.current));
            let result = connection.req_packed_command(command).await;
            waiting.end(result)
        })
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        Box::pin(async move {
            let mut connection = self.connected().await?;
            let waiting = Waiting(Some(&self.current));
            let result = connection.req_packed_commands(pipeline, offset, count).await;
            waiting.end(result)
        })
    }

    fn get_db(&self) -> i64 {
        lock(&self.current).as_ref().map_or(0, ConnectionLike::get_db)
    }
}

impl fmt::Debug for SentinelConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection is left out, because it may contain a password.
        f.debug_struct("SentinelConnection").finish_non_exhaustive()
    }
}
