//! Removes secrets that are encoded as base64, as in `Authorization: Basic`.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::letter::letter;
use super::marks::MARKS;

/// The length of the shortest prefix in base64. Fewer digits can't contain a secret.
const SHORTEST: usize = 12;

/// Returns the text with `…` in place of each secret in base64. The `…` also replaces the base64 digits that follow
/// the secret.
pub(super) fn redact(text: &str) -> Cow<'_, str> {
    let mut redacted = Cow::Borrowed("");
    let (mut done, mut at) = (0, 0);
    while let Some((first, length)) = text.get(at..).and_then(letter) {
        if digit(first).is_none() {
            at += length;
            continue;
        }
        let (digits, ends) = read(text, at);
        if let Some(start) = secret(&digits) {
            let start = start.checked_sub(1).and_then(|before| ends.get(before)).unwrap_or(&at);
            let redacted = redacted.to_mut();
            redacted.push_str(text.get(done..*start).unwrap_or_default());
            redacted.push('…');
            done = ends.last().copied().unwrap_or(at);
        }
        at = ends.last().copied().unwrap_or(at + length);
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    redacted.to_mut().push_str(text.get(done..).unwrap_or_default());
    redacted
}

/// Returns the consecutive base64 digits that begin at position `from`, and the position at which each digit ends.
fn read(text: &str, from: usize) -> (Vec<u8>, Vec<usize>) {
    let (mut digits, mut ends, mut end) = (Vec::new(), Vec::new(), from);
    while let Some((digit, length)) =
        text.get(end..).and_then(letter).and_then(|(letter, length)| Some((digit(letter)?, length)))
    {
        end += length;
        digits.push(digit);
        ends.push(end);
    }
    (digits, ends)
}

/// Converts a digit of standard or URL-safe base64 to standard base64. Returns `None` for other characters.
fn digit(letter: char) -> Option<u8> {
    match letter {
        '-' | '+' => Some(b'+'),
        '_' | '/' => Some(b'/'),
        letter => u8::try_from(letter).ok().filter(u8::is_ascii_alphanumeric),
    }
}

/// Returns the index of the digit at which a secret begins. The digits before the secret may belong to other text, so
/// the secret's base64 can begin at any digit.
fn secret(digits: &[u8]) -> Option<usize> {
    if digits.len() < SHORTEST {
        return None;
    }
    let begins = |offset: usize| {
        let whole = digits.get(offset..)?.chunks_exact(4).flatten().copied().collect::<Vec<_>>();
        let bytes = STANDARD_NO_PAD.decode(whole).ok()?.to_ascii_lowercase();
        let marks = MARKS.iter().filter_map(|mark| {
            bytes.windows(mark.len()).position(|window| window == mark.as_bytes())
        });
        Some(offset + marks.min()? / 3 * 4)
    };
    (0..4).filter_map(begins).min()
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn a_key_in_base64_is_removed_at_any_offset() {
        for key in ["Mileston_TEST_fake0123456789", "MILESTON_LIVE_CHECKOUTKEY_fake01"] {
            for before in ["", "a", "ab", "abc", "shop:"] {
                let text = format!("{before}{key}:~~~???");
                let (plain, url) = (STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text));
                let escaped = plain.replace('+', "%2B").replace('/', "%2f");
                for encoded in [plain, url, escaped] {
                    for text in
                        [format!("/x/{encoded}?a"), format!("{{\"a\":\"Basic {encoded}\"}}")]
                    {
                        let redacted = redact(&text);
                        let left = redacted.trim_end_matches(['=', '"', '}']).len();
                        assert!(redacted.contains('…') && left < 40, "{text}: {redacted}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_text_is_unchanged() {
        let picture = STANDARD.encode("a picture of a milestone, not a secret of mileston");
        for text in ["", "ü", "/payment-link/9f0f7a3c-1d2e-4a5b-8c6d-7e8f90a1b2c3/", "%2", &picture]
        {
            assert!(matches!(redact(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
