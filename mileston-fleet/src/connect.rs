//! Connections to Redis or Valkey, and a time limit for each command.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::TcpSettings;
use redis::{IntoConnectionInfo, RedisError};

use crate::StoreFailure;

/// Prepares a connection to a Redis or Valkey server, such as `redis://127.0.0.1:6379`. The connection is made when the
/// first command is sent, and again after a failure. Connecting never takes more than a second, regardless of the
/// caller's timeout.
///
/// * **TLS.** A `rediss://` URL needs the feature `redis-tls`. The server's certificate must be signed by one of
///   the machine's root certificates, directly or through a chain.
/// * **Cluster.** Use a `redis::cluster_async::ClusterConnection` instead (feature `cluster-async` of the `redis`
///   crate). All keys used by a script have the same hash tag, so they are on the same node.
/// * **Sentinel.** Use a `SentinelConnection` instead (feature `redis-sentinel`).
///
/// A replica that takes over may lack the latest data, because Redis replicates asynchronously. The rate limit then
/// doesn't count the latest requests, and the latest deliveries may be processed again. Redis's `WAIT` command wouldn't
/// prevent that.
///
/// # Errors
///
/// Returns an error if `url` is invalid, or if this function is called outside a Tokio runtime.
pub fn connect(url: impl IntoConnectionInfo) -> Result<ConnectionManager, StoreFailure> {
    // The connection runs in its own task, and starting a task outside a runtime panics.
    tokio::runtime::Handle::try_current().map_err(StoreFailure::new)?;
    let url = url.into_connection_info().map_err(StoreFailure::new)?;
    let config = ConnectionManagerConfig::new()
        // With the `redis` crate's defaults, a command blocks for seconds while the server is down.
        .set_number_of_retries(0)
        .set_connection_timeout(Some(LIMIT))
        .set_response_timeout(Some(LIMIT));
    redis::Client::open(url.set_tcp_settings(tcp()))
        .and_then(|client| ConnectionManager::new_lazy_with_config(client, config))
        .map_err(StoreFailure::new)
}

/// The maximum time to wait for a response, or to connect.
pub(crate) const LIMIT: Duration = Duration::from_secs(1);

/// Returns socket settings. On Linux, they break a connection if the other machine disappears silently. The rate limit
/// and the inbox stop waiting for a response before the connection itself times out.
pub(crate) fn tcp() -> TcpSettings {
    let settings = TcpSettings::default().set_nodelay(true);
    #[cfg(target_os = "linux")]
    let settings = settings.set_user_timeout(2 * LIMIT);
    settings
}

/// Waits for the response to a command for at most `limit`. A command that times out may still be executed.
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
