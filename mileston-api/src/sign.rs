//! Signs wallet requests.

use hmac::{Hmac, Mac as _};
use mileston_keys::WalletSecret;
use sha2::Sha256;

use openapi_keys_runtime::Error;

/// Returns the value of the `x-request-signature` header for a body of exactly these bytes: HMAC-SHA256 with the wallet
/// secret, as 64 lower-case hexadecimal digits. For a request without a body, sign `{}` (`mileston-payments` 0.2.3,
/// `dist/core/BaseAPI.js`).
///
/// This crate signs its own calls automatically. Use this function for requests that you send by other means, or to
/// check signatures on your own server. Keep signatures secret, because anyone who has one can send the same body
/// again.
///
/// # Errors
///
/// Never fails in practice, because HMAC accepts secrets of any length.
///
/// ```
/// use mileston_api::{WalletSecret, raw};
///
/// let secret: WalletSecret = "plainly-fake".parse()?;
/// let signature = raw::signature(&secret, b"{}")?;
/// assert_eq!(signature.len(), 64);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn signature_of(secret: &WalletSecret, body: &[u8]) -> Result<String, Error> {
    signature(secret.expose_secret(), body)
}

/// Returns the HMAC-SHA256 of the exact bytes of the body with the wallet secret, as 64 lower-case hexadecimal digits.
///
/// The secret and the body are used unchanged. A secret that looks like hexadecimal is not decoded (`mileston-payments`
/// 0.2.3, `dist/core/BaseAPI.js`).
pub(crate) fn signature(secret: &str, body: &[u8]) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| {
        // HMAC accepts keys of any length, so `new_from_slice` never fails here.
        Error::missing_credential("the wallet secret can't be used to sign")
    })?;
    mac.update(body);
    Ok(hex(&mac.finalize().into_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The golden traces were recorded at the point where the vendor's SDK calls HMAC.
    #[test]
    fn signatures_are_the_same_as_in_the_vendors_sdk() {
        let traces = include_str!("../tests/data/signatures.jsonl");
        assert_eq!(traces.lines().count(), 7);
        for line in traces.lines() {
            let trace: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| trace[field].as_str().unwrap().to_owned();
            let signature = signature(&text("secret"), text("body").as_bytes()).unwrap();
            assert_eq!(signature, text("signature"), "{}", text("id"));
        }
    }
}
