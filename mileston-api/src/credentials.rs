//! Adds a key to requests. This module connects `mileston-keys` and the runtime, which don't depend on each other.

use std::fmt;

use mileston_keys::{
    ApiKey, BusinessId, Credential, CredentialKind, ModeName, NoKey, public_prefix,
};
use openapi_keys_runtime::credential::secret_header;
use openapi_keys_runtime::generated::argument;
use openapi_keys_runtime::{
    Authenticate, Error, Eventually, HeaderName, HeaderValue, OriginPolicy, Outgoing, Redactor,
    RequiredScheme,
};

use crate::{IntoBusinessId, sign};

/// The name of the security scheme that signed requests use.
pub(crate) const SIGNATURE_SCHEME: &str = "walletSignature";

const API_KEY: HeaderName = HeaderName::from_static("apikey");
const BUSINESS_ID: HeaderName = HeaderName::from_static("businessid");
const SIGNATURE: HeaderName = HeaderName::from_static("x-request-signature");

/// The authenticator of a client: a key, and the business that it belongs to.
pub(crate) struct Held<K> {
    key: K,
    business_id: Option<BusinessId>,
    /// The values of the headers. They are created only once so that a call doesn't copy the key.
    api_key_header: Option<HeaderValue>,
    business_id_header: Option<HeaderValue>,
}

/// Returns the authenticator for `Client::new` and `Client::builder`.
pub(crate) fn keyed<K: ApiKey>(key: K, business_id: impl IntoBusinessId) -> Result<Held<K>, Error> {
    let business_id = argument("business_id", business_id.into_business_id())?;
    Ok(Held::new(key, Some(business_id)))
}

/// Returns the authenticator for `Client::without_key` and `Client::builder_without_key`.
pub(crate) fn without_key() -> Held<NoKey> {
    Held::new(NoKey, None)
}

impl<K: Credential> Held<K> {
    pub(crate) fn new(key: K, business_id: Option<BusinessId>) -> Self {
        let api_key_header = key.expose_api_key().and_then(secret_header);
        let business_id_header = business_id.as_ref().and_then(|id| secret_header(id.as_str()));
        Held { key, business_id, api_key_header, business_id_header }
    }
}

impl<K> Held<K> {
    pub(crate) fn key(&self) -> &K {
        &self.key
    }

    pub(crate) fn business_id(&self) -> Option<&BusinessId> {
        self.business_id.as_ref()
    }
}

impl<K: Credential> Authenticate for Held<K> {
    fn holds(&self, required: &RequiredScheme) -> bool {
        satisfied(K::KIND).contains(&required.name)
    }

    fn authenticate<'a>(&'a self, mut request: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
        Eventually::Now(self.add_to(&mut request))
    }

    fn redact(&self, redactor: &mut Redactor) {
        if let Some(secret) = self.key.expose_wallet_secret() {
            redactor.add(secret);
        }
        if let Some(key) = self.key.expose_api_key() {
            let (public, private) = key.split_at(public_prefix(key).len());
            redactor.add_with_prefix(public, private);
        }
    }

    fn label(&self) -> Option<&'static str> {
        self.key.mode().map(|mode| match mode {
            ModeName::Test => "test",
            ModeName::Live => "live",
        })
    }

    /// Writes the credential's `Debug` output, which shows only the public prefix.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.key)?;
        match &self.business_id {
            Some(business_id) => write!(f, " of {business_id:?}"),
            None => Ok(()),
        }
    }

    fn origin_policy(&self) -> &dyn OriginPolicy {
        self
    }
}

impl<K: Credential> Held<K> {
    fn add_to(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        for scheme in request.requirement().names() {
            let (name, value) = match scheme {
                "normalKey" | "checkoutKey" => (API_KEY, &self.api_key_header),
                "businessId" => (BUSINESS_ID, &self.business_id_header),
                SIGNATURE_SCHEME => {
                    let signature = self.signature(request.body().ok_or_else(streamed)?)?;
                    request.insert_transient(SIGNATURE, signature)?;
                    continue;
                }
                _ => return Err(missing(scheme)),
            };
            request.insert(name, value.clone().ok_or_else(|| missing(scheme))?)?;
        }
        Ok(())
    }

    fn signature(&self, body: &[u8]) -> Result<HeaderValue, Error> {
        let secret = self.key.expose_wallet_secret().ok_or_else(|| missing(SIGNATURE_SCHEME))?;
        secret_header(&sign::signature(secret, body)?).ok_or_else(|| missing(SIGNATURE_SCHEME))
    }
}

/// Returns the OpenAPI security schemes that a credential and a business id together satisfy.
fn satisfied(kind: CredentialKind) -> &'static [&'static str] {
    match kind {
        CredentialKind::None => &[],
        CredentialKind::Checkout => &["checkoutKey", "businessId"],
        CredentialKind::Normal => &["normalKey", "businessId"],
        CredentialKind::Wallet => &["normalKey", "businessId", SIGNATURE_SCHEME],
    }
}

/// Returns the error for a streamed body. A signature covers the complete body, so the complete body must be known
/// before the first byte is sent.
fn streamed() -> Error {
    Error::authentication(
        "a body that is read while it is sent can't be signed: read it into memory first",
    )
}

fn missing(scheme: &str) -> Error {
    Error::missing_credential(format!(
        "the client doesn't have the credential for the `{scheme}` security scheme"
    ))
}

#[cfg(test)]
mod tests;
