//! Queries the store with a script, in one round trip and with a timeout.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::Script;
use redis::aio::ConnectionLike;

use super::quota::Quota;
use crate::StoreFailure;
use crate::connect::asked;
use crate::digest::digest;

/// How long to wait after a failure before querying the store again.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// How long a credential's list is kept after its latest request.
const LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The store of one credential's admissions.
pub(super) struct Store<C> {
    connection: C,
    script: Script,
    key: String,
    timeout: Duration,
    life: Duration,
    /// The time on the client's clock until which the store isn't queried.
    paused: Mutex<Option<Duration>>,
}

/// What the script returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// How long to wait; zero if the request was admitted and counted.
    pub(super) wait: Duration,
    /// How long the store has counted this credential's requests without a gap.
    pub(super) age: Duration,
}

/// Returns the name of a credential's list. In a cluster, the braces keep all of the credential's data on the same node.
pub(super) fn name(credential: &str) -> String {
    let digest = digest(credential);
    format!("mileston:{{{}}}:admitted", digest.get(..16).unwrap_or(&digest))
}

impl<C: ConnectionLike + Clone> Store<C> {
    pub(super) fn new(connection: C, key: String, timeout: Duration, longest: Duration) -> Self {
        Store {
            connection,
            script: Script::new(include_str!("admit.lua")),
            key,
            timeout,
            life: LIFE.max(longest.saturating_mul(2)),
            paused: Mutex::new(None),
        }
    }

    /// Requests one admission. `own` contains, for each quota, how long this process would have to wait if it could use
    /// only its share.
    ///
    /// # Errors
    ///
    /// Returns the failure, or `None` if the store isn't queried because it has just failed.
    pub(super) async fn ask(
        &self,
        quotas: &[Quota],
        own: &[Duration],
        now: Duration,
    ) -> Result<Reply, Option<StoreFailure>> {
        if self.lock().is_some_and(|until| now < until) {
            return Err(None);
        }
        let mut invocation = self.script.key(&self.key);
        let kept = quotas.iter().map(|quota| quota.requests).max().unwrap_or(1);
        invocation.arg(kept).arg(whole(self.life.as_millis()));
        for (quota, own) in quotas.iter().zip(own) {
            invocation.arg(quota.requests).arg(whole(quota.window.as_micros()));
            invocation.arg(whole(own.as_micros()));
        }
        let mut connection = self.connection.clone();
        let asking = invocation.invoke_async::<(u64, i64)>(&mut connection);
        let failure = match asked(self.timeout, asking).await {
            Ok((wait, age)) => {
                *self.lock() = None;
                let age = Duration::from_micros(u64::try_from(age).unwrap_or(0));
                return Ok(Reply { wait: Duration::from_micros(wait), age });
            }
            Err(failure) => failure,
        };
        *self.lock() = Some(now.saturating_add(PAUSE));
        Err(Some(failure))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Duration>> {
        self.paused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> fmt::Debug for Store<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connection is left out, because it may contain a password.
        f.debug_struct("Store")
            .field("key", &self.key)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Converts a number for the script, which calculates with floats. They are exact up to 2^53.
fn whole(number: u128) -> u64 {
    const LARGEST: u64 = 1 << 53;
    u64::try_from(number).unwrap_or(LARGEST).min(LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect;

    #[test]
    fn a_credential_is_not_in_the_name_of_its_list() {
        let name = name("Mileston_TEST_fake0123");
        assert!(!name.contains("Mileston_TEST") && !name.contains("fake"), "{name}");
        assert_eq!(name, super::name("Mileston_TEST_fake0123"));
        assert_ne!(name, super::name("Mileston_TEST_fake0124"));
        assert_eq!(name.len(), "mileston:{}:admitted".len() + 16);
    }

    #[tokio::test]
    async fn a_password_is_not_shown() {
        let connection = connect("redis://:hush@127.0.0.1:1").unwrap();
        let store = Store::new(connection, name("key"), PAUSE, PAUSE);
        assert!(!format!("{store:?}").contains("hush"));
        let failure = connect("redis://:hush@[:::").unwrap_err();
        assert!(!format!("{failure} {failure:?}").contains("hush"), "{failure:?}");
    }
}
