//! The credential that a request presents for a security scheme, valid or not.

use openapi_keys_runtime::{Location, SchemeKind, SecurityScheme};

use super::Incoming;
use super::basic;

/// The header in which a TLS terminator in front of the server passes the subject of a client certificate. The
/// terminator removes the header from requests without a certificate. A real server must not trust the header unless a
/// terminator is in front of it. These tests have no terminator.
pub const CERTIFICATE: &str = "x-client-certificate";

/// A credential.
#[derive(Debug, PartialEq, Eq)]
pub enum Presented<'r> {
    /// The value of a header, a query parameter or a cookie.
    Key(&'r str),
    /// A user and a password.
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// A bearer token.
    Token(&'r str),
    /// The text after the scheme's name in `Authorization`, for schemes other than Basic and Bearer.
    Authorization(&'r str),
    /// The subject of the client certificate.
    Certificate(&'r str),
    /// An unreadable credential of the right kind.
    Unreadable,
}

impl<'r> Presented<'r> {
    /// Returns the credential that a request presents for a scheme, if any.
    pub(super) fn of(scheme: &SecurityScheme, incoming: &'r Incoming) -> Option<Self> {
        match scheme.kind {
            SchemeKind::Key { location, name, .. } => {
                let text = match location {
                    Location::Header => incoming.header_text(name),
                    Location::Query => incoming.query_text(name),
                    Location::Cookie => incoming.cookie_text(name),
                    _ => None,
                };
                text.map(Presented::Key)
            }
            SchemeKind::Http { scheme: "basic", .. } => {
                let pair = authorization(incoming, "basic")?;
                Some(match basic::decode(pair) {
                    Some((user, password)) => Presented::Basic { user, password },
                    None => Presented::Unreadable,
                })
            }
            SchemeKind::Http { scheme: "bearer", .. }
            | SchemeKind::OAuth2
            | SchemeKind::OpenIdConnect => authorization(incoming, "bearer").map(Presented::Token),
            SchemeKind::Http { scheme, .. } => {
                authorization(incoming, scheme).map(Presented::Authorization)
            }
            SchemeKind::MutualTls => incoming.header_text(CERTIFICATE).map(Presented::Certificate),
            // A kind that OpenAPI adds in the future is never accepted.
            _ => None,
        }
    }
}

/// Returns the text after the name of a scheme, ignoring the name's case.
fn authorization<'r>(incoming: &'r Incoming, scheme: &str) -> Option<&'r str> {
    let (name, rest) = incoming.header_text("authorization")?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim_start())
}
