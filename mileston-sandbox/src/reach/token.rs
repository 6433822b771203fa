//! The token that a client needs to control a sandbox if other machines can reach the sandbox.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use mileston_api::SecretText;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::ReachError;
use crate::random;

/// The number of random letters and digits in a generated token. 40 of them have 238 bits of entropy.
const LENGTH: usize = 40;

/// The minimum and maximum length of a token. A shorter token could be guessed.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=256;

/// A token that a request must present to control the sandbox. It is compared in constant time and never shown by
/// `Debug`.
#[derive(Clone, Debug)]
pub(crate) struct ControlToken(SecretText);

impl ControlToken {
    /// Creates a random token.
    pub(super) fn generate() -> Result<Self, ReachError> {
        // The request log removes text that begins with this prefix, wherever a client sends it.
        Ok(ControlToken(SecretText::new(format!("sandboxtoken{}", random::letters(LENGTH)?))))
    }

    /// Checks a token that the user chose.
    pub(super) fn check(token: SecretText) -> Result<Self, ReachError> {
        let text = token.expose_secret();
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ReachError::Token(
                "must contain only visible ASCII characters, without spaces",
            ));
        }
        if !LENGTHS.contains(&text.len()) {
            return Err(ReachError::Token(
                "must have 16 to 256 characters: a shorter one could be guessed",
            ));
        }
        let start = text.to_ascii_lowercase();
        if ["mileston_", "sandboxwalletsecret"].iter().any(|mark| start.starts_with(mark)) {
            return Err(ReachError::Token(
                "must not be a key or a wallet secret, which have a different purpose",
            ));
        }
        Ok(ControlToken(token))
    }

    /// Returns the token as text, to show it to the person who started the sandbox.
    pub(crate) fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }

    /// Returns whether the bytes are the token.
    pub(crate) fn matches(&self, sent: &[u8]) -> bool {
        self.expose_secret().as_bytes().ct_eq(sent).into()
    }

    /// Returns the cookie value for a browser that has presented the token. The token can't be derived from the cookie.
    /// The cookie is valid as long as the token is.
    pub(crate) fn session(&self) -> Option<String> {
        let mac = Hmac::<Sha256>::new_from_slice(self.expose_secret().as_bytes()).ok()?;
        let mac = mac.chain_update(b"mileston-sandbox session").finalize();
        Some(URL_SAFE_NO_PAD.encode(mac.into_bytes()))
    }

    /// Returns whether the text is the cookie's value.
    pub(crate) fn has_session(&self, sent: &str) -> bool {
        self.session().is_some_and(|session| session.as_bytes().ct_eq(sent.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::redact;

    #[test]
    fn only_the_complete_token_matches() {
        let token = ControlToken::check("fake-token-0123456789".into()).unwrap();
        assert!(token.matches(b"fake-token-0123456789"));
        for sent in ["", "fake-token-012345678", "fake-token-01234567890", "Fake-token-0123456789"]
        {
            assert!(!token.matches(sent.as_bytes()) && !token.has_session(sent));
        }
        assert!(token.has_session(&token.session().unwrap()));
    }

    #[test]
    fn a_token_is_never_shown() {
        let token = ControlToken::check("fake-token-0123456789".into()).unwrap();
        assert!(!token.session().unwrap().contains("fake"));
        assert!(!format!("{token:?}").contains("fake"));
    }

    #[test]
    fn a_generated_token_is_random_but_recognised_in_text() {
        let generated = ControlToken::generate().unwrap();
        assert_ne!(generated.expose_secret(), ControlToken::generate().unwrap().expose_secret());
        assert!(!redact(generated.expose_secret()).contains(&generated.expose_secret()[20..]));
        ControlToken::check(generated.expose_secret().into()).unwrap();
    }

    #[test]
    fn a_weak_token_is_rejected_without_being_repeated() {
        for text in ["", "hunter2", "hunter2 hunter2 hunter2", "Mileston_TEST_hunter2hunter2"] {
            let said = ControlToken::check(text.into()).unwrap_err().to_string();
            assert!(said.starts_with("the token must") && !said.contains("hunter2"), "{said}");
        }
    }
}
