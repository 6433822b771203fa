//! Which credentials an operation gets, and the headers that carry them.
//!
//! The operation's `security` decides. An operation that is open to anyone gets no credential, even if the client
//! holds one; one that asks for the key gets no signature.

use mileston_keys::{BusinessId, Credential, CredentialKind, ModeName};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::operation::Operation;
use crate::runtime::sign;

pub(crate) const API_KEY: HeaderName = HeaderName::from_static("apikey");
pub(crate) const BUSINESS_ID: HeaderName = HeaderName::from_static("businessid");
pub(crate) const SIGNATURE: HeaderName = HeaderName::from_static("x-request-signature");

/// A credential of any type. [`Credential`] can be cloned, so it cannot be a trait object itself.
pub(crate) trait Secrets: Send + Sync {
    fn kind(&self) -> CredentialKind;
    fn mode(&self) -> Option<ModeName>;
    fn api_key(&self) -> Option<&str>;
    fn wallet_secret(&self) -> Option<&str>;
}

impl<K: Credential> Secrets for K {
    fn kind(&self) -> CredentialKind {
        K::KIND
    }

    fn mode(&self) -> Option<ModeName> {
        Credential::mode(self)
    }

    fn api_key(&self) -> Option<&str> {
        self.expose_api_key()
    }

    fn wallet_secret(&self) -> Option<&str> {
        self.expose_wallet_secret()
    }
}

/// The security schemes of the document that a credential, together with a business id, satisfies.
fn satisfied(kind: CredentialKind) -> &'static [&'static str] {
    match kind {
        CredentialKind::None => &[],
        CredentialKind::Checkout => &["checkoutKey", "businessId"],
        CredentialKind::Normal => &["normalKey", "businessId"],
        CredentialKind::Wallet => &["normalKey", "businessId", "walletSignature"],
    }
}

/// The first alternative that the credential satisfies, as the schemes to send. Empty: open to anyone.
///
/// # Errors
///
/// It satisfies none. The bounds of generated methods rule that out.
pub(crate) fn choose(
    operation: &'static Operation,
    kind: CredentialKind,
) -> Result<&'static [&'static str], Error> {
    if operation.security.is_empty() {
        return Ok(&[]);
    }
    let held = satisfied(kind);
    let mut alternatives = operation.security.iter();
    alternatives
        .find(|schemes| schemes.iter().all(|scheme| held.contains(scheme)))
        .copied()
        .ok_or_else(|| {
            Error::new(ErrorKind::MissingCredential).with_detail(format!(
                "the operation asks for {}, which the client's credential ({kind:?}) does not give",
                named(operation.security)
            ))
        })
}

/// `normalKey and businessId, or checkoutKey and businessId`.
fn named(security: &[&[&str]]) -> String {
    security.iter().map(|schemes| schemes.join(" and ")).collect::<Vec<_>>().join(", or ")
}

/// The header values of a client, made once: a client makes no copy of its key for a call.
pub(crate) struct Ready {
    api_key: Option<HeaderValue>,
    business_id: Option<HeaderValue>,
}

impl Ready {
    pub(crate) fn new(secrets: &dyn Secrets, business_id: Option<&BusinessId>) -> Self {
        Ready {
            api_key: secrets.api_key().and_then(sensitive),
            business_id: business_id.and_then(|id| sensitive(id.as_str())),
        }
    }
}

/// Marked, so that no log of HTTP shows it.
fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The signature of what is sent, if the schemes ask for one.
pub(crate) fn signature(
    schemes: &[&str],
    secrets: &dyn Secrets,
    signed_bytes: &[u8],
) -> Result<Option<HeaderValue>, Error> {
    if !schemes.contains(&"walletSignature") {
        return Ok(None);
    }
    let secret = secrets.wallet_secret().ok_or_else(|| missing("walletSignature"))?;
    Ok(sensitive(&sign::signature(secret, signed_bytes)?))
}

/// Puts the headers of the schemes to the others.
pub(crate) fn insert(
    schemes: &[&str],
    ready: &Ready,
    signature: Option<HeaderValue>,
    headers: &mut HeaderMap,
) -> Result<(), Error> {
    let mut signature = signature;
    for &scheme in schemes {
        let (name, value) = match scheme {
            "normalKey" | "checkoutKey" => (API_KEY, ready.api_key.clone()),
            "businessId" => (BUSINESS_ID, ready.business_id.clone()),
            "walletSignature" => (SIGNATURE, signature.take()),
            _ => return Err(missing(scheme)),
        };
        headers.insert(name, value.ok_or_else(|| missing(scheme))?);
    }
    Ok(())
}

fn missing(scheme: &str) -> Error {
    Error::new(ErrorKind::MissingCredential)
        .with_detail(format!("the client cannot give what the security scheme `{scheme}` asks for"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::testing::{CREATE, EITHER, OPEN, SEND};

    #[track_caller]
    fn check(operation: &'static Operation, kind: CredentialKind, expected: Option<&[&str]>) {
        assert_eq!(choose(operation, kind).ok(), expected, "{} {kind:?}", operation.id);
    }

    #[test]
    fn the_first_alternative_that_fits_is_chosen() {
        let normal: &[&str] = &["normalKey", "businessId"];
        let checkout: &[&str] = &["checkoutKey", "businessId"];
        let wallet: &[&str] = &["normalKey", "businessId", "walletSignature"];
        for (kind, open, create, either, send) in [
            (CredentialKind::None, Some(&[][..]), None, None, None),
            (CredentialKind::Checkout, Some(&[]), None, Some(checkout), None),
            (CredentialKind::Normal, Some(&[]), Some(normal), Some(normal), None),
            (CredentialKind::Wallet, Some(&[]), Some(normal), Some(normal), Some(wallet)),
        ] {
            check(&OPEN, kind, open);
            check(&CREATE, kind, create);
            check(&EITHER, kind, either);
            check(&SEND, kind, send);
        }
    }

    /// The schemes are known here by name: a new one in the document needs a line in `satisfied` and `insert`.
    #[test]
    fn every_requirement_of_the_document_can_be_met() {
        use CredentialKind::{Checkout, Normal, Wallet};
        for operation in crate::catalogue::OPERATIONS {
            for schemes in operation.security {
                let kinds = [Checkout, Normal, Wallet].map(satisfied);
                let met = |held: &[&str]| schemes.iter().all(|scheme| held.contains(scheme));
                assert!(kinds.into_iter().any(met), "{}: {schemes:?}", operation.id);
            }
        }
    }

    #[test]
    fn the_document_means_the_same_headers() {
        for scheme in crate::catalogue::SECURITY_SCHEMES {
            let key: mileston_keys::NormalKey<mileston_keys::Test> =
                "Mileston_TEST_fake0123".parse().unwrap();
            let wallet = key.with_wallet_secret("secret".parse().unwrap());
            let business = "my-business".parse().unwrap();
            let ready = Ready::new(&wallet, Some(&business));
            let signature = signature(&[scheme.name], &wallet, b"{}").unwrap();
            let mut headers = HeaderMap::new();
            insert(&[scheme.name], &ready, signature, &mut headers).unwrap();
            assert!(headers.values().all(HeaderValue::is_sensitive), "{}", scheme.name);
            assert_eq!(headers.keys().collect::<Vec<_>>(), [scheme.header], "{}", scheme.name);
        }
    }

    #[test]
    fn a_missing_credential_is_named() {
        let error = choose(&EITHER, CredentialKind::None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingCredential);
        assert_eq!(
            error.to_string(),
            "the operation asks for normalKey and businessId, or checkoutKey and businessId, which the client's \
             credential (None) does not give"
        );
    }
}
