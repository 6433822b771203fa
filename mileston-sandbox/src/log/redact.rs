//! Takes keys out of a text: someone may have put one into a field, or into an address.

/// How all keys of the platform, and all wallet secrets of sandboxes, begin.
const BEGINNINGS: [&str; 2] = ["mileston_", "sandboxwalletsecret"];

/// How often an escape is looked through that was escaped again.
const LAYERS: usize = 8;

/// The text, with `…` for whatever follows the beginning of a key, also if letters of it are escaped.
pub(super) fn redact(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['m', 'M', 's', 'S', '%', '\\']) {
        let (before, from) = rest.split_at(at);
        redacted.push_str(before);
        let end = secret(from).unwrap_or_default();
        // What begins no secret is one byte long, and stays.
        redacted.push_str(if end > 0 { "…" } else { from.get(..1).unwrap_or_default() });
        rest = from.get(end.max(1)..).unwrap_or_default();
    }
    redacted.push_str(rest);
    redacted
}

/// Where the secret ends that the text begins with.
fn secret(text: &str) -> Option<usize> {
    let mut end = BEGINNINGS.iter().find_map(|beginning| end_of(beginning, text))?;
    while let Some((letter, length)) = text.get(end..).and_then(letter) {
        // With `%`, for an escape may have been cut.
        if !letter.is_ascii_alphanumeric() && !matches!(letter, '_' | '%') {
            break;
        }
        end += length;
    }
    Some(end)
}

/// Where this beginning ends, if the text has it.
fn end_of(beginning: &str, text: &str) -> Option<usize> {
    beginning.chars().try_fold(0, |end, expected| {
        let (found, length) = letter(text.get(end..)?)?;
        (found == expected).then_some(end + length)
    })
}

/// The letter that the text begins with, in lower case, and how many bytes it is written with.
fn letter(text: &str) -> Option<(char, usize)> {
    let plain = || text.chars().next().map(|letter| (letter, letter.len_utf8()));
    let (letter, length) = percent(text).or_else(|| unicode(text)).or_else(plain)?;
    Some((letter.to_ascii_lowercase(), length))
}

/// `%5F`, as in an address, or `%255F`.
fn percent(text: &str) -> Option<(char, usize)> {
    escaped(text, strip(text.strip_prefix('%')?, "25"), 2)
}

/// `\u005f`, as in JSON, or `\\u005f`.
fn unicode(text: &str) -> Option<(char, usize)> {
    escaped(text, strip(text.strip_prefix('\\')?, "\\").strip_prefix('u')?, 4)
}

fn strip<'t>(text: &'t str, layer: &str) -> &'t str {
    (0..LAYERS).fold(text, |text, _| text.strip_prefix(layer).unwrap_or(text))
}

/// The letter whose number begins the rest of a text.
fn escaped(text: &str, rest: &str, digits: usize) -> Option<(char, usize)> {
    let number = rest.get(..digits).filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let letter = char::from_u32(u32::from_str_radix(number, 16).ok()?)?;
    Some((letter, text.len() - rest.len() + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(redact(text), expected);
    }

    #[test]
    fn keys_and_secrets_are_taken_out_wherever_they_stand() {
        check("", "");
        check("/invoice/a?limit=1", "/invoice/a?limit=1");
        check("Mileston_TEST_fake0123", "…");
        check(r#"{"a":"Mileston_TEST_fake0","b":"ü"}"#, r#"{"a":"…","b":"ü"}"#);
        check("/x?k=mileston_live_CHECKOUTKEY_fake&n=1", "/x?k=…&n=1");
        check("Mileston_TEST%5Ffake0", "…");
        check("üMileston_ Mileston_TEST_fakeü", "ü… …ü");
        check("sandboxwalletsecretfake0 Mileston_TEST_fake", "… …");
        check("Mileston is a name", "Mileston is a name");
    }

    #[test]
    fn escapes_do_not_hide_them() {
        check("/invoice/Mileston%5FTEST%5Ffake0?a=1", "/invoice/…?a=1");
        check("/invoice/%4dileston_TEST_fake0", "/invoice/…");
        check("/invoice/%254Dileston_%2554EST_f%61ke0%2Fx", "/invoice/…%2Fx");
        check("%73andboxwalletsecretfake0%", "…");
        check(r#"{"a":"\u004dileston_TEST_f\u0061ke0","b":1}"#, r#"{"a":"…","b":1}"#);
        check(r#"{"a":"{\"b\":\"Mileston\\u005fTEST_fake0\"}"}"#, r#"{"a":"{\"b\":\"…\"}"}"#);
        check(r"\u004", r"\u004");
        check(r"%zz \ü %ü \ud800 100 % %4", r"%zz \ü %ü \ud800 100 % %4");
    }
}
