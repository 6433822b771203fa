//! The credential that a request presents for a security scheme, right or wrong.

use openapi_keys_runtime::{Location, SchemeKind, SecurityScheme};

use super::Incoming;
use super::basic;

/// The header by which a TLS terminator in front of the server passes on who a client certificate is for. There is no such
/// terminator here, and nothing removes the header from other requests: a real server must not read it.
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
    /// What follows the name of another scheme in `Authorization`.
    Authorization(&'r str),
    /// Who the client certificate is for.
    Certificate(&'r str),
    /// Something of the right kind that can't be read.
    Unreadable,
}

impl<'r> Presented<'r> {
    /// Returns what a request presents for a scheme. `None`: nothing.
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
            // A kind that is new in OpenAPI: whatever it is, it isn't right.
            _ => None,
        }
    }
}

/// What follows the name of a scheme, in whatever case the name is.
fn authorization<'r>(incoming: &'r Incoming, scheme: &str) -> Option<&'r str> {
    let (name, rest) = incoming.header_text("authorization")?.split_once(' ')?;
    name.eq_ignore_ascii_case(scheme).then(|| rest.trim_start())
}
