//! Verifies the token of a delivery in constant time, and only then reads its body.

use std::fmt;

use mileston_keys::WebhookToken;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::HeaderMap;
use crate::webhook::error::{WebhookError, WebhookErrorKind};
use crate::webhook::event::Delivery;
use crate::webhook::read;
use crate::webhook::wire::SIGNATURE_HEADER;

/// Verifies that deliveries contain the correct token.
///
/// A verifier keeps the SHA-256 digest of the token and wipes the token itself from memory. Digests are compared in
/// constant time, so the time reveals neither how much of a guess was correct nor how long the token is.
///
/// # Example: while the token is being changed
///
/// ```
/// use mileston_api::webhook::Verifier;
///
/// let verifier = Verifier::new("fake-new-token".parse()?).and_previous("fake-old-token".parse()?);
/// let body = br#"{"event":"invoice-paid","payload":{}}"#;
/// assert!(verifier.verify_parts(Some(b"fake-new-token"), body).is_ok());
/// assert!(verifier.verify_parts(Some(b"fake-old-token"), body).is_ok());
/// assert!(verifier.verify_parts(Some(b"fake-token"), body).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    current: Fingerprint,
    previous: Option<Fingerprint>,
}

impl Verifier {
    /// Creates a verifier that accepts deliveries with this token.
    pub fn new(token: WebhookToken) -> Self {
        Verifier { current: Fingerprint::of_token(&token), previous: None }
    }

    /// Also accepts deliveries with the previous token.
    ///
    /// There is only one previous token, and a second call replaces it.
    #[must_use]
    pub fn and_previous(mut self, token: WebhookToken) -> Self {
        self.previous = Some(Fingerprint::of_token(&token));
        self
    }

    /// Verifies a delivery, and then reads it. If the token is wrong, the body isn't read.
    ///
    /// # Errors
    ///
    /// Returns a [`WebhookError`] if the `X-Webhook-Signature` header is missing or repeated, or doesn't contain an
    /// accepted token. Also returns one if the body is too large, isn't JSON, or doesn't have the form
    /// `{event, payload}`. An event that this version doesn't recognise isn't an error.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, WebhookError> {
        self.check_token(headers)?;
        read::delivery(body)
    }

    /// Verifies and reads a delivery, for a server that doesn't use [`HeaderMap`]. `signature` is the value of
    /// `X-Webhook-Signature`.
    ///
    /// If a request has more than one such header, reject it without calling this method.
    ///
    /// # Errors
    ///
    /// Returns the same errors as [`verify`](Verifier::verify), except for a repeated header.
    pub fn verify_parts(
        &self,
        signature: Option<&[u8]>,
        body: &[u8],
    ) -> Result<Delivery, WebhookError> {
        self.check_signature(signature)?;
        read::delivery(body)
    }

    /// Verifies only the headers. A server can call this first, so that it doesn't have to read the body of an
    /// unverified request.
    ///
    /// # Errors
    ///
    /// Returns a [`WebhookError`] if the `X-Webhook-Signature` header is missing or repeated, or doesn't contain an
    /// accepted token.
    pub fn check_token(&self, headers: &HeaderMap) -> Result<(), WebhookError> {
        let mut values = headers.get_all(SIGNATURE_HEADER).iter();
        let first = values.next();
        if values.next().is_some() {
            return Err(WebhookErrorKind::RepeatedToken.into());
        }
        self.check_signature(first.map(|value| value.as_bytes()))
    }

    fn check_signature(&self, signature: Option<&[u8]>) -> Result<(), WebhookError> {
        let signature = signature.ok_or(WebhookErrorKind::MissingToken)?;
        let found = Fingerprint::of(signature);
        let mut right = found.is(&self.current);
        if let Some(previous) = &self.previous {
            right |= found.is(previous);
        }
        if bool::from(right) { Ok(()) } else { Err(WebhookErrorKind::WrongToken.into()) }
    }
}

/// Shows the number of accepted tokens, but no part of them.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.previous.is_some() { "Verifier(…, …)" } else { "Verifier(…)" })
    }
}

/// The SHA-256 digest of a token. All digests have the same length.
#[derive(Clone)]
struct Fingerprint([u8; 32]);

impl Fingerprint {
    fn of_token(token: &WebhookToken) -> Self {
        Fingerprint::of(token.expose_secret().as_bytes())
    }

    fn of(bytes: &[u8]) -> Self {
        Fingerprint(Sha256::digest(bytes).into())
    }

    fn is(&self, other: &Fingerprint) -> Choice {
        self.0.ct_eq(&other.0)
    }
}
