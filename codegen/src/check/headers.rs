//! Checks the names of headers: each must be an HTTP token, and must not be a header that HTTP or
//! the client sets.

/// The headers that the client or HTTP itself sets.
const OWN: &[&str] = &[
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Returns whether a name is a token (RFC 9110, section 5.1).
pub(crate) fn is_token(name: &str) -> bool {
    let token = |each: char| each.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(each);
    !name.is_empty() && name.chars().all(token)
}

/// Returns whether a header is set by HTTP or by the client.
pub(crate) fn is_own(name: &str) -> bool {
    OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
}
