//! Takes keys out of a text: someone may have put one into a field, or into an address.

/// How all keys of the platform, and all wallet secrets of sandboxes, begin.
const BEGINNINGS: [&str; 2] = ["mileston_", "sandboxwalletsecret"];

/// The text, with `…` for whatever follows the beginning of a key.
pub(super) fn redact(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut redacted = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((at, end)) = next_secret(&lower, from) {
        redacted.push_str(text.get(from..at).unwrap_or_default());
        redacted.push('…');
        from = end;
    }
    redacted.push_str(text.get(from..).unwrap_or_default());
    redacted
}

/// Where the next one begins and ends.
fn next_secret(lower: &str, from: usize) -> Option<(usize, usize)> {
    let rest = lower.get(from..)?;
    let at = BEGINNINGS.iter().filter_map(|beginning| rest.find(beginning)).min()?;
    let secret = rest.get(at..)?;
    // With `%`, for an underscore in an address may be written as `%5F`.
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '%');
    let length = secret.find(|c| !is_part(c)).unwrap_or(secret.len());
    Some((from + at, from + at + length))
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
}
