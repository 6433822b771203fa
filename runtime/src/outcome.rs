//! How far a failed request got: the question that matters when money moves.

/// What became of a request that failed.
///
/// [`Error::outcome`](crate::Error::outcome) gives it. What may have happened is never reported as what did
/// not: whatever is not certain is `Unknown`.
///
/// ```
/// use openapi_keys_runtime::Outcome;
///
/// fn may_be_repeated(outcome: Outcome) -> bool {
///     matches!(outcome, Outcome::NotSent)
/// }
/// assert!(!may_be_repeated(Outcome::Unknown));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The request never left: the server knows nothing of it. Repeating it is safe.
    NotSent,
    /// The server answered and did not carry it out.
    Refused,
    /// The request left, and whether it was carried out is not known. Look before repeating a write.
    Unknown,
}
