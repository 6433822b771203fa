//! Describes how far a failed request got. That determines whether it is safe to retry.

/// How far a failed request got.
///
/// The outcome is returned by [`Error::outcome`](crate::Error::outcome). A request that may have been executed is never
/// reported as not executed. If the client can't be sure, the outcome is `Unknown`.
///
/// ```
/// use openapi_keys_runtime::Outcome;
///
/// fn is_safe_to_retry(outcome: Outcome) -> bool {
///     matches!(outcome, Outcome::NotSent)
/// }
/// assert!(!is_safe_to_retry(Outcome::Unknown));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The request was not sent. It is safe to retry.
    NotSent,
    /// The server responded, but did not execute the request.
    Refused,
    /// The server executed the request and sent a success response. However, the response lacks a field, or one of its
    /// headers can't be read. Don't send a write again.
    Executed,
    /// The request was sent, and it is unknown whether it was executed. Check before you retry a write.
    Unknown,
}
