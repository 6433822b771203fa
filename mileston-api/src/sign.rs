//! The signature of wallet requests.

use hmac::{Hmac, Mac as _};
use mileston_keys::WalletSecret;
use sha2::Sha256;

use openapi_keys_runtime::Error;

/// What the header `x-request-signature` holds for a body with these very bytes: HMAC-SHA256 under the wallet secret, as
/// 64 lower-case hexadecimal digits. Without a body it is that of `{}` (`mileston-payments` 0.2.3,
/// `dist/core/BaseAPI.js`).
///
/// Calls of this crate sign themselves. This is for requests that are made by other means, and for a server of one's
/// own that looks at signatures. Whoever has a signature can send that body: keep it like a secret.
///
/// # Errors
///
/// None that is known: HMAC takes secrets of any length.
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

/// HMAC-SHA256 of the body's very bytes under the wallet secret, as 64 lower-case digits.
///
/// Secret and body are taken as they are; a secret that looks like hexadecimal is still text
/// (`mileston-payments` 0.2.3, `dist/core/BaseAPI.js`).
pub(crate) fn signature(secret: &str, body: &[u8]) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| {
        // HMAC takes keys of any length; this is for the signature of the function only.
        Error::missing_credential("the wallet secret cannot sign")
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

    /// Recorded from the vendor's SDK at its call of the HMAC.
    #[test]
    fn it_signs_as_the_vendor_does() {
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
