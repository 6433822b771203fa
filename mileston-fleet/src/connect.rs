//! Connections to Redis or Valkey, and a time limit for each command.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{IntoConnectionInfo, RedisError};

use crate::StoreFailure;

/// Prepares a connection to a Redis or Valkey server, such as `redis://127.0.0.1:6379`. It connects with the first
/// request, and again after a failure, but never waits for more than a second, whatever the caller's timeout is.
///
/// Any other connection of the crate `redis` works as well, such as one to a cluster.
///
/// # Errors
///
/// Returns an error if the text isn't the URL of a server, or if no Tokio runtime is running here.
pub fn connect(url: impl IntoConnectionInfo) -> Result<ConnectionManager, StoreFailure> {
    // The connection works in its own task, and starting one outside a runtime panics.
    tokio::runtime::Handle::try_current().map_err(StoreFailure::new)?;
    let limit = Some(Duration::from_secs(1));
    let config = ConnectionManagerConfig::new()
        // With the crate's defaults, a command blocks for seconds while the server is down.
        .set_number_of_retries(0)
        .set_connection_timeout(limit)
        .set_response_timeout(limit);
    redis::Client::open(url)
        .and_then(|client| ConnectionManager::new_lazy_with_config(client, config))
        .map_err(StoreFailure::new)
}

/// Waits for a command for at most this time. A command that doesn't respond may still be executed.
pub(crate) async fn asked<T>(
    limit: Duration,
    command: impl Future<Output = Result<T, RedisError>>,
) -> Result<T, StoreFailure> {
    match tokio::time::timeout(limit, command).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) if error.is_timeout() => Err(StoreFailure::Timeout(limit)),
        Ok(Err(error)) => Err(StoreFailure::new(error)),
        Err(_) => Err(StoreFailure::Timeout(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_runtime_is_an_error() {
        assert!(matches!(connect("redis://127.0.0.1:1"), Err(StoreFailure::Error(_))));
    }
}
