//! Clients that sign their requests with the wallet secret.

use hmac::{Hmac, Mac};
use mileston_keys::WalletSecret;
use mileston_sandbox::{Credentials, Sandbox};
use serde_json::Value;
use sha2::Sha256;

use crate::http::{Client, Reply};

pub(crate) const SIGNATURE: &str = "x-request-signature";

/// Returns the signature of a body.
pub(crate) fn sign(secret: &WalletSecret, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).unwrap();
    let bytes = mac.chain_update(body).finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A backend that signs.
pub(crate) struct Signer {
    client: Client,
    secret: WalletSecret,
}

impl Signer {
    pub(crate) fn new(client: Client, secret: &WalletSecret) -> Self {
        Signer { client, secret: secret.clone() }
    }

    pub(crate) fn of(sandbox: &Sandbox) -> Self {
        Signer::new(Client::backend(sandbox), sandbox.wallet_secret())
    }

    pub(crate) fn of_other(sandbox: &Sandbox, credentials: &Credentials) -> Self {
        let client = Client::backend_of(sandbox, credentials);
        Signer::new(client, credentials.wallet_secret())
    }

    pub(crate) async fn get(&self, target: &str) -> Reply {
        self.send("GET", target, "").await
    }

    /// Sends a DELETE with an empty object as its signed body, as the vendor's SDK does.
    pub(crate) async fn delete(&self, target: &str) -> Reply {
        self.send("DELETE", target, "{}").await
    }

    pub(crate) async fn post(&self, target: &str, body: &Value) -> Reply {
        self.send("POST", target, &body.to_string()).await
    }

    pub(crate) async fn send(&self, method: &str, target: &str, body: &str) -> Reply {
        let signed = if body.is_empty() { "{}" } else { body };
        let client = self.client.clone().header(SIGNATURE, &sign(&self.secret, signed));
        client.send(method, target, (!body.is_empty()).then_some(body)).await
    }
}
