//! Defines what a rate limit does while its store is unavailable.

/// What happens to requests while the store can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IfUnavailable {
    /// Requests fail with [`ErrorKind::RateLimited`](mileston_api::ErrorKind::RateLimited), and nothing is sent.
    Refuse,
    /// Each process keeps to its share: the quota divided by the number of processes.
    LocalShare,
}
