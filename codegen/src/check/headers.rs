//! Names of headers: tokens of HTTP, and none that belong to HTTP or to the client itself.

use super::api::Api;
use crate::{Diagnostic, Node};

/// Headers that the client or HTTP itself sets.
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

/// Whether a name is a token (RFC 9110, section 5.1).
pub(super) fn is_token(name: &str) -> bool {
    let token = |each: char| each.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(each);
    !name.is_empty() && name.chars().all(token)
}

/// Whether a header is set by HTTP or by the client.
pub(super) fn is_own(name: &str) -> bool {
    OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// The headers of security schemes. A key may well be in `Authorization`.
pub(super) fn of_schemes(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for scheme in api.section("securitySchemes") {
        let text = |key: &str| scheme.value.get(key).and_then(Node::as_str);
        let (Some("apiKey"), Some("header"), Some(node)) =
            (text("type"), text("in"), scheme.value.get("name"))
        else {
            continue;
        };
        // What is no text is an API key without a name, which operations are told that use it.
        let Some(name) = node.as_str() else { continue };
        let (label, help) = if !is_token(name) {
            ("not the name of a header", "write letters, digits and `-`, e.g. `X-Api-Key`")
        } else if is_own(name) {
            ("set by HTTP or by the client itself", "write the header that the service reads")
        } else {
            continue;
        };
        let message =
            format!("security scheme `{}` has a header that cannot carry a key", scheme.key);
        found.push(Diagnostic::new("security-header", message).label(node.span, label).help(help));
    }
}
