//! Encodes the parts of a token request. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

/// Returns whether the text is a valid RFC 6749 `scope-token`.
pub(super) fn is_scope(scope: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    !scope.is_empty() && scope.bytes().all(fits)
}

/// Returns the value of the `Authorization` header: `Basic`, then the form-encoded id and secret, joined by a colon and
/// encoded in base64 (RFC 6749, section 2.3.1).
pub(super) fn basic(id: &str, secret: &str) -> Zeroizing<String> {
    // The capacities are large enough that no reallocation leaves part of the secret in memory.
    let mut plain = Zeroizing::new(String::with_capacity(3 * (id.len() + secret.len()) + 1));
    plain.extend(byte_serialize(id.as_bytes()));
    plain.push(':');
    plain.extend(byte_serialize(secret.as_bytes()));
    let mut header = Zeroizing::new(String::with_capacity(2 * plain.len() + 16));
    header.push_str("Basic ");
    STANDARD.encode_string(plain.as_bytes(), &mut header);
    header
}

/// Form-encodes the pairs.
pub(super) fn form(pairs: &[(&str, &str)]) -> Zeroizing<String> {
    let length = pairs.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
    let mut form = Zeroizing::new(String::with_capacity(length));
    for (name, value) in pairs {
        if !form.is_empty() {
            form.push('&');
        }
        form.extend(byte_serialize(name.as_bytes()));
        form.push('=');
        form.extend(byte_serialize(value.as_bytes()));
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_form_encoded_before_base64() {
        // This is the example from RFC 6749, section 2.3.1.
        let header = basic("s6BhdRkqt3", "gX1fBat3bV");
        assert_eq!(*header, "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
        let header = basic("a:b", "p w+é");
        assert_eq!(*header, format!("Basic {}", STANDARD.encode("a%3Ab:p+w%2B%C3%A9")));
    }

    #[test]
    fn forms_are_escaped_and_never_reallocated() {
        let pairs = [("grant_type", "x"), ("scope", "a:b c"), ("é", "&=")];
        let form = form(&pairs);
        assert_eq!(*form, "grant_type=x&scope=a%3Ab+c&%C3%A9=%26%3D");
        let length: usize = pairs.iter().map(|(a, b)| 3 * (a.len() + b.len()) + 2).sum();
        assert_eq!(form.capacity(), length);
    }

    #[test]
    fn scopes_follow_rfc_6749() {
        for scope in ["read", "https://a.example/read", "a:b!"] {
            assert!(is_scope(scope), "{scope}");
        }
        for scope in ["", "a b", "a\"", "a\\", "é", "a\n"] {
            assert!(!is_scope(scope), "{scope}");
        }
    }
}
