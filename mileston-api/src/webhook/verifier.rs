//! Judges the token of a delivery, in constant time, and only then looks at its body.

use std::fmt;

use mileston_keys::WebhookToken;
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::HeaderMap;
use crate::webhook::error::{WebhookError, WebhookErrorKind};
use crate::webhook::event::Delivery;
use crate::webhook::read;
use crate::webhook::wire::SIGNATURE_HEADER;

/// Tells deliveries of the platform from those of strangers, by the verification token.
///
/// It holds SHA-256 of the token and not the token, which is wiped. Digests are what it compares, always all of
/// them and always to the end, so that the time says neither how much of a guess was right nor how long the token is.
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
    /// Takes deliveries that hold this token.
    pub fn new(token: WebhookToken) -> Self {
        Verifier { current: Fingerprint::of_token(&token), previous: None }
    }

    /// Takes deliveries that hold this token as well: the one that was used before.
    ///
    /// A third one is not kept: called again, it replaces the previous token.
    #[must_use]
    pub fn and_previous(mut self, token: WebhookToken) -> Self {
        self.previous = Some(Fingerprint::of_token(&token));
        self
    }

    /// Judges a delivery, then reads it. The body is not looked at if the token is wrong.
    ///
    /// # Errors
    ///
    /// The header `X-Webhook-Signature` is missing, is there more than once or holds another token; the body is too
    /// large, no JSON, or not of the form `{event, payload}`. An event that this version doesn't know is no error.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, WebhookError> {
        self.check_token(headers)?;
        read::delivery(body)
    }

    /// The same for servers with other types of headers: `signature` is the value of `X-Webhook-Signature`.
    ///
    /// A request with two such headers is to be refused before; it tells `verify_parts` nothing.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Verifier::verify).
    pub fn verify_parts(
        &self,
        signature: Option<&[u8]>,
        body: &[u8],
    ) -> Result<Delivery, WebhookError> {
        self.check_signature(signature)?;
        read::delivery(body)
    }

    /// Judges the headers alone, so that a server need not read the body of a stranger.
    ///
    /// # Errors
    ///
    /// The header `X-Webhook-Signature` is missing, is there more than once or holds another token.
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

/// Says how many tokens are taken, and nothing of them.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.previous.is_some() { "Verifier(…, …)" } else { "Verifier(…)" })
    }
}

/// SHA-256 of a token: of one length whatever the token's is.
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
