//! Checks the names of headers: each must be an HTTP token, and must not be reserved.

/// The reserved headers, which a document can't use for parameters or API keys. The client or its
/// HTTP library controls them, except `set-cookie`, which only responses have.
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

/// Returns whether a header is reserved. Ignores case.
pub(crate) fn is_own(name: &str) -> bool {
    OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
}
