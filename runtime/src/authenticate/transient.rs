//! Represents the secrets that are used for a single attempt.

use http::header::HeaderValue;
use zeroize::Zeroizing;

/// A secret that was added to one attempt, and is removed from its response.
#[derive(Clone)]
pub(crate) enum Transient {
    /// The value of a header.
    Header(HeaderValue),
    /// The value of a query parameter, before escaping.
    Query(&'static str, Zeroizing<String>),
    /// The value of a cookie, without quotes.
    Cookie(Zeroizing<String>),
}
