//! Removes keys, wallet secrets and signatures from text, because a client may put a secret into a field, a URL, or the
//! method. Secrets that are cut off, escaped, or in a different letter case are also found.

mod base64;
mod letter;
mod marks;

use self::letter::letter;
use self::marks::MARKS;

/// The parts of a prefix that remain if its start was cut off.
const CUT_MARKS: [&str; 4] = ["test_", "live_", "checkoutkey_", "sandbox"];
/// The number of letters and digits that must follow a part in [`CUT_MARKS`]. At least one must be a digit, so that
/// field names aren't removed.
const CUT_LENGTH: usize = 8;
/// Text of this length or longer doesn't need a digit.
const LONG: usize = 24;
/// The public prefixes, which messages may contain.
const PREFIXES: [&str; 5] = [
    "mileston_",
    "mileston_test_",
    "mileston_live_",
    "mileston_test_checkoutkey_",
    "mileston_live_checkoutkey_",
];
/// The number of hexadecimal digits in a signature. A hash has the same number of digits, but it isn't redacted,
/// because it begins with `0x`.
const SIGNATURE: usize = 64;

/// Returns the text with `…` in place of each secret. A secret is also found if letters in it are escaped, or if all of
/// it is encoded as base64.
pub(crate) fn redact(text: &str) -> String {
    let text = base64::redact(text);
    let mut redacted = String::with_capacity(text.len());
    let (mut rest, mut run) = (&*text, Run::default());
    while let Some(first) = rest.chars().next() {
        run.read(rest);
        let secret = run.secret(rest);
        let end = secret.map_or(run.end(), |(_, end)| end);
        match secret {
            _ if end == 0 => redacted.push(first),
            None => redacted.push_str(rest.get(..end).unwrap_or_default()),
            Some((start, _)) => {
                redacted.push_str(rest.get(..start).unwrap_or_default());
                redacted.push('…');
            }
        }
        rest = rest.get(end.max(first.len_utf8())..).unwrap_or_default();
    }
    redacted
}

/// Does the same as [`redact`] for bytes. Bytes that aren't UTF-8 stay unchanged.
pub(crate) fn redact_bytes(bytes: &[u8]) -> Vec<u8> {
    let mut redacted = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        redacted.extend_from_slice(redact(chunk.valid()).as_bytes());
        redacted.extend_from_slice(chunk.invalid());
    }
    redacted
}

/// A run of characters that a secret can contain: letters, digits, `_` and `%`.
#[derive(Default)]
struct Run {
    /// The characters, in lower case and without escapes.
    letters: String,
    /// The position in the text at which each character ends.
    ends: Vec<usize>,
}

impl Run {
    /// Reads the run at the start of the text.
    fn read(&mut self, text: &str) {
        self.letters.clear();
        self.ends.clear();
        while let Some((letter, length)) = text.get(self.end()..).and_then(letter) {
            if !is_of_secret(letter) {
                break;
            }
            self.letters.push(letter.to_ascii_lowercase());
            self.ends.push(self.end() + length);
        }
    }

    fn end(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// Returns the start and end of a secret in the run. The secret extends to the end of the run, or beyond.
    fn secret(&self, text: &str) -> Option<(usize, usize)> {
        let letters = self.letters.as_str();
        let is_signature =
            letters.len() == SIGNATURE && letters.bytes().all(|byte| byte.is_ascii_hexdigit());
        let marks = MARKS.iter().filter_map(|mark| letters.find(mark));
        let cut_marks = CUT_MARKS.iter().filter_map(|mark| {
            let mut found = letters.match_indices(mark).map(|(at, _)| at);
            found.find(|at| is_random(tail(letters, at + mark.len())))
        });
        let first = if is_signature { Some(0) } else { marks.chain(cut_marks).min() }?;
        let end = joined(text, self.end());
        let is_alone = end == self.end();
        if is_alone && PREFIXES.iter().any(|prefix| letters.get(first..) == Some(prefix)) {
            return None;
        }
        let before = first.checked_sub(1).and_then(|before| self.ends.get(before));
        Some((before.copied().unwrap_or_default(), end))
    }
}

/// Returns whether a character can be part of a secret. This includes `%`, because an escape may have been cut off.
fn is_of_secret(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '%')
}

/// Returns the end of a secret that extends at least to position `end`. Future keys may contain characters other than
/// letters and digits, but such a character can also be ordinary text after a key. So it is part of the secret only if
/// more key characters follow (see [`is_of_secret`]).
fn joined(text: &str, mut end: usize) -> usize {
    loop {
        let after_joiners = skip(text, end, |letter| matches!(letter, '-' | '.' | '~' | '+'));
        let next = skip(text, after_joiners, is_of_secret);
        if after_joiners == end || next == after_joiners {
            return end;
        }
        end = next;
    }
}

fn skip(text: &str, from: usize, wanted: impl Fn(char) -> bool) -> usize {
    let mut end = from;
    while let Some((_, length)) =
        text.get(end..).and_then(letter).filter(|(letter, _)| wanted(*letter))
    {
        end += length;
    }
    end
}

fn is_random(text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    text.len() >= LONG || (text.len() >= CUT_LENGTH && has_digit)
}

/// Returns the letters and digits from position `from` to the next `_`.
fn tail(letters: &str, from: usize) -> &str {
    let rest = letters.get(from..).unwrap_or_default();
    rest.split('_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(redact(text), expected);
    }

    #[test]
    fn keys_and_secrets_are_removed_everywhere() {
        check("", "");
        check("/invoice/a?limit=1", "/invoice/a?limit=1");
        check("Mileston_TEST_fake0123", "…");
        check(r#"{"a":"Mileston_TEST_fake0","b":"ü"}"#, r#"{"a":"…","b":"ü"}"#);
        check("/x?k=mileston_live_CHECKOUTKEY_fake&n=1", "/x?k=…&n=1");
        check("Mileston_TEST%5Ffake0", "…");
        check("üxMileston_TEST_fakeü", "üx…ü");
        check("sandboxwalletsecretfake0 Mileston_TEST_fake", "… …");
    }

    #[test]
    fn text_without_secrets_is_unchanged() {
        check("Mileston is a name", "Mileston is a name");
        check("neither `Mileston_TEST_` nor `Mileston_", "neither `Mileston_TEST_` nor `Mileston_");
        check("test_configuration_of_everything", "test_configuration_of_everything");
        check("a sandbox, sandboxes", "a sandbox, sandboxes");
        let hash = "0x".to_owned() + &"4f".repeat(32);
        check(&hash, &hash);
        let id = "9f0f7a3c-1d2e-4a5b-8c6d-7e8f90a1b2c3";
        check(id, id);
    }

    #[test]
    fn escaped_secrets_are_removed() {
        check("/invoice/Mileston%5FTEST%5Ffake0?a=1", "/invoice/…?a=1");
        check("/invoice/%4dileston_TEST_fake0", "/invoice/…");
        check("/invoice/%254Dileston_%2554EST_f%61ke0%2Fx", "/invoice/…%2Fx");
        check("%73andboxwalletsecretfake0%", "…");
        check(r#"{"a":"\u004dileston_TEST_f\u0061ke0","b":1}"#, r#"{"a":"…","b":1}"#);
        check(r#"{"a":"{\"b\":\"Mileston\\u005fTEST_fake0\"}"}"#, r#"{"a":"{\"b\":\"…\"}"}"#);
        check(r"\u004", r"\u004");
        check(r"%zz \ü %ü \ud800 100 % %4", r"%zz \ü %ü \ud800 100 % %4");
    }

    #[test]
    fn a_part_of_a_key_is_removed() {
        let secret = "sandboxfake0AbCdEfGhIjKlMnOpQrStUvWxYz";
        for key in
            [format!("Mileston_TEST_{secret}"), format!("Mileston_LIVE_CHECKOUTKEY_{secret}")]
        {
            for key in [key.to_lowercase(), key.to_uppercase(), key] {
                let hidden = |part: &str| !redact(part).to_lowercase().contains("fake0abc");
                // A truncated secret is removed as long as enough of it is left to recognise it.
                let most = key.to_lowercase().find("sandbox").unwrap();
                for from in 0..=most {
                    assert!(hidden(key.get(from..).unwrap()), "{}", redact(&key[from..]));
                }
                for to in most + "sandboxfake0abc".len()..key.len() {
                    assert!(hidden(key.get(..to).unwrap()));
                }
            }
        }
        check("ST_fake0123456789abcd LIVE_fake0123456789abcd", "ST_fake0123456789abcd …");
    }

    #[test]
    fn keys_in_a_new_format_are_removed_completely() {
        for secret in ["ab-Cd0123456789", "ab.Cd~~01+23456789", "-abCd0123456789", "ab%2DCd%2e012"]
        {
            check(&format!("/a/Mileston_TEST_{secret}/b"), "/a/…/b");
        }
        check("It is Mileston_TEST_fake0. Next.", "It is …. Next.");
        check("Mileston_TEST_fake0 - or", "… - or");
        check("a `Mileston_TEST_`-key, Mileston_TEST_.", "a `Mileston_TEST_`-key, Mileston_TEST_.");
        check("a-b.c~d+e", "a-b.c~d+e");
    }

    #[test]
    fn a_signature_is_removed() {
        let signature = "7bb7ae87018c3fb8b9be866ac39dea2bcc1ad2c907c314bbcad059bdeee591d6";
        check(&format!("/x/{signature}?s={}", signature.to_uppercase()), "/x/…?s=…");
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_unchanged() {
        assert_eq!(redact_bytes(b"\xff Mileston_TEST_fake0\xc3"), b"\xff \xe2\x80\xa6\xc3");
    }

    proptest! {
        #[test]
        fn a_key_is_removed_in_any_context(before in any::<String>(), after in any::<String>()) {
            let text = format!("{before}Mileston_TEST_sandboxfake0AbCdEfGh{after}");
            prop_assert!(!redact(&text).contains("fake0AbC"));
        }
    }
}
