//! Tests security schemes of every kind and their scopes, with generated and hand-written
//! credentials.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first error")]

mod bounds;
mod json;
mod kinds;
mod large;
mod missing;
#[path = "../mistakes/mod.rs"]
mod mistakes;
mod scopes;
mod undeclared;

use mistakes::sound;
use openapi_keys::{Bound, Diagnostics, Settings, Strictness, check_text};

/// Schemes of every kind.
const KINDS: &str = "
    header: { type: apiKey, in: header, name: X-Key }
    authorization: { type: apiKey, in: header, name: Authorization }
    query: { type: apiKey, in: query, name: api key }
    cookie: { type: apiKey, in: cookie, name: connect.sid }
    basic: { type: http, scheme: basic }
    bearer: { type: http, scheme: Bearer, bearerFormat: JWT }
    digest: { type: http, scheme: digest }
    token:
      type: oauth2
      flows:
        implicit: { authorizationUrl: /login, scopes: { books.read: Reads. } }
        password: { tokenUrl: /token, scopes: {} }
        clientCredentials: { tokenUrl: /token, refreshUrl: /again, scopes: { books.write: Writes. } }
        authorizationCode: { authorizationUrl: /login, tokenUrl: /token, scopes: { all: '' } }
        x-flow: 1
    device: { type: oauth2, flows: { deviceAuthorization: { deviceAuthorizationUrl: /d, tokenUrl: /t } } }
    bare: { type: oauth2 }
    openId: { type: openIdConnect, openIdConnectUrl: https://library.example/id }
    certificate: { type: mutualTLS, description: A client certificate. }
    other: { $ref: '#/components/securitySchemes/token' }
    odd_name-1.x: { type: http, scheme: bearer, x-evidence: none }
";

const NAMES: [&str; 14] = [
    "header",
    "authorization",
    "query",
    "cookie",
    "basic",
    "bearer",
    "digest",
    "token",
    "device",
    "bare",
    "openId",
    "certificate",
    "other",
    "odd_name-1.x",
];

fn generated() -> Settings {
    Settings::new("cargo run -p my-codegen", "openapi.yaml").with_strictness(Strictness::Strict)
}

fn by_hand(bounds: &[(&str, &[&[&str]])]) -> Settings {
    let bounds = bounds.iter().map(|(name, requirement)| {
        Bound::new(name, &format!("crate::scope::{name}"), name, requirement)
    });
    generated().with_credential("crate::scope::Credential").with_bounds(bounds)
}

/// Returns a document that declares all kinds, where `getBook` has this `security` and `addBook` is
/// open.
fn document(security: &str) -> String {
    let declared = format!("  securitySchemes:{KINDS}");
    let document = sound()
        .replace("  securitySchemes:\n", &declared)
        .replace("        - staff: []\n          branch: []\n", "        []\n");
    document.replace("\n        - reader: []\n", &format!(" {security}\n"))
}

#[track_caller]
fn refused(document: &str, settings: &Settings) -> Diagnostics {
    check_text("openapi.yaml", document, settings).unwrap_err()
}

#[track_caller]
fn codes(document: &str, settings: &Settings) -> Vec<&'static str> {
    refused(document, settings).list().iter().map(|mistake| mistake.code).collect()
}
