//! The signature of wallet operations: the HMAC-SHA256 of the body, in lower-case hexadecimal.

use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The text that is signed if there is no body (`mileston-payments` 0.2.3, `dist/core/BaseAPI.js`).
const NO_PAYLOAD: &[u8] = b"{}";

/// Returns the bytes to sign.
pub(super) fn message(body: &[u8]) -> &[u8] {
    if body.is_empty() { NO_PAYLOAD } else { body }
}

/// Parses 64 lower-case hexadecimal digits. Returns `None` for anything else.
pub(super) fn parse(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

fn digit(text: u8) -> Option<u8> {
    match text {
        b'0'..=b'9' => Some(text - b'0'),
        b'a'..=b'f' => Some(text - b'a' + 10),
        _ => None,
    }
}

/// Returns whether the secret produces this signature for the message. The signatures are compared in constant time.
pub(crate) fn is_signature_of(message: &[u8], secret: &str, signature: &[u8; 32]) -> bool {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.chain_update(message).verify_slice(signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const RFC: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn only_the_unchanged_rfc_example_verifies() {
        let mut signature = parse(RFC).unwrap();
        assert!(is_signature_of(b"what do ya want for nothing?", "Jefe", &signature));
        assert!(!is_signature_of(b"what do ya want for nothing!", "Jefe", &signature));
        assert!(!is_signature_of(b"what do ya want for nothing?", "jefe", &signature));
        signature[31] ^= 1;
        assert!(!is_signature_of(b"what do ya want for nothing?", "Jefe", &signature));
    }

    #[test]
    fn only_64_lower_case_digits_are_a_signature() {
        for text in
            ["", "0", &RFC[1..], &RFC.to_uppercase(), &RFC.replace('5', "g"), &"é".repeat(32)]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_missing_body_is_signed_as_an_empty_object() {
        assert_eq!(message(b""), b"{}");
        assert_eq!(message(b"{ }"), b"{ }");
    }
}
