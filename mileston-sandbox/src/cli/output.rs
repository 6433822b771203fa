//! What is written to standard output, and how errors read.

use std::error::Error;
use std::io::{self, Write};

/// Writes all of it, now.
pub(super) fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    Ok(written.map_err(|error| format!("cannot write to standard output: {error}"))?)
}

/// An error and why it came to it, in one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}

/// A text with `…` for each key and wallet secret of a sandbox in it: somebody put one where something else belongs.
pub(super) fn without_secrets(text: &str) -> String {
    let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let mut told = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_end) {
        let word = piece.trim_end_matches(is_end);
        told.push_str(if is_secret(word) { "…" } else { word });
        told.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    told
}

/// The prefixes alone are in messages and no secret.
fn is_secret(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_key = lower.contains("mileston_") && !lower.ends_with('_');
    is_key || lower.contains("sandboxwalletsecret")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_told() {
        for (text, told) in [
            ("not \"Mileston_TEST_fake0123\", only é", "not \"…\", only é"),
            ("--mileston_live_CHECKOUTKEY_fake0: no", "--…: no"),
            ("a/xsandboxwalletsecretfake0/b", "a/…/b"),
            ("`Mileston_TEST_` mileston-sandbox", "`Mileston_TEST_` mileston-sandbox"),
        ] {
            assert_eq!(without_secrets(text), told);
        }
    }
}
