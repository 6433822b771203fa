//! Reads the credentials of HTTP Basic (RFC 7617).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the user and the password, or `None` if the text isn't base64-encoded UTF-8 that
/// contains a colon.
pub(crate) fn decode(text: &str) -> Option<(String, String)> {
    let pair = String::from_utf8(base64(text)?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn base64(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = ALPHABET.iter().position(|each| *each == digit)?;
        bits = (bits << 6 | u32::try_from(value).ok()?) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn a_user_and_a_password_are_read() {
        for (text, user, password) in [
            ("QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"),
            ("Zzpw", "g", "p"),
            ("Zzpwcw==", "g", "ps"),
            ("Zzpwc3c=", "g", "psw"),
            ("OmE6Yg==", "", "a:b"),
            ("ZzrDqS8+", "g", "é/>"),
            ("ZzrCo8O/", "g", "£ÿ"),
        ] {
            assert_eq!(decode(text), Some((user.to_owned(), password.to_owned())), "{text}");
        }
    }

    #[test]
    fn invalid_text_is_rejected() {
        for text in ["", "Z", "Zg==", "Zzp", "Zz!w", "Zzpw=", "=Zzp", "Zzr/", "Z===", "é:"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
