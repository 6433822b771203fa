//! What a server says to every operation × every kind of credential, over plain HTTP and without the typed client.

use std::collections::BTreeMap;

use hmac::{Hmac, Mac as _};
use mileston_api::operation::{Location, Operation};
use serde::Deserialize;
use sha2::Sha256;

use crate::http;

/// The kinds of credential of the matrix that a running server can be asked with.
pub const KINDS: &[&str] = &["None", "Normal", "Checkout", "Wallet"];

/// What `mileston-sandbox serve --json` prints.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issued {
    /// Where it listens.
    pub url: String,
    /// The business.
    pub business_id: String,
    /// Its Normal test key.
    pub normal_key: String,
    /// Its Checkout test key.
    pub checkout_key: String,
    /// The secret that signs.
    pub wallet_secret: String,
}

impl Issued {
    /// The same of a sandbox in this process.
    #[must_use]
    pub fn of(sandbox: &mileston_sandbox::Sandbox) -> Self {
        Issued {
            url: sandbox.url().to_owned(),
            business_id: sandbox.business_id().to_string(),
            normal_key: sandbox.normal_key().expose_secret().to_owned(),
            checkout_key: sandbox.checkout_key().expose_secret().to_owned(),
            wallet_secret: sandbox.wallet_secret().expose_secret().to_owned(),
        }
    }

    fn headers(&self, kind: &str, body: &str) -> Vec<(&'static str, String)> {
        let key = match kind {
            "None" => return Vec::new(),
            "Checkout" => &self.checkout_key,
            _ => &self.normal_key,
        };
        let mut headers = vec![("apikey", key.clone()), ("businessid", self.business_id.clone())];
        if kind == "Wallet" {
            headers.push(("x-request-signature", sign(&self.wallet_secret, body)));
        }
        headers
    }
}

/// For each operation and kind whether the server let it in: whether it said anything but 401.
///
/// # Errors
/// The server does not answer.
pub async fn table(issued: &Issued) -> Result<BTreeMap<(String, &'static str), bool>, String> {
    let mut table = BTreeMap::new();
    for operation in mileston_api::catalogue::OPERATIONS {
        for kind in KINDS {
            let body = "{}";
            let mut headers = issued.headers(kind, body);
            headers.push(("content-type", "application/json".to_owned()));
            let target = target(operation);
            let status =
                http::send(&issued.url, operation.method.as_str(), &target, &headers, body).await?;
            table.insert((operation.id.to_owned(), *kind), status != 401);
        }
    }
    Ok(table)
}

/// A target that is complete, so that only the credential can be wrong.
fn target(operation: &Operation) -> String {
    let mut target = operation.path.to_owned();
    let mut query = Vec::new();
    for parameter in operation.parameters {
        match parameter.location {
            Location::Path => {
                target = target.replace(&format!("{{{}}}", parameter.name), "some-id")
            }
            Location::Query if parameter.required => query.push(format!("{}=x", parameter.name)),
            _ => {}
        }
    }
    if query.is_empty() { target } else { format!("{target}?{}", query.join("&")) }
}

/// HMAC-SHA256 in lower-case hexadecimal, written here once more so that a mistake in the client is noticed.
fn sign(secret: &str, body: &str) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
