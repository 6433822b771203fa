//! Collects the secrets of an attempt so that they can be removed from its response.

use crate::authenticate::{Authenticate, Transient};
use crate::redact::Redactor;

/// Returns a redactor for the secrets of an attempt.
pub(crate) fn redactor(authenticator: &dyn Authenticate, transient: &[Transient]) -> Redactor {
    let mut redactor = Redactor::default();
    authenticator.redact(&mut redactor);
    for secret in transient {
        match secret {
            Transient::Header(value) => {
                // This doesn't use `to_str`, because `to_str` accepts only ASCII.
                let text = String::from_utf8_lossy(value.as_bytes());
                let (public, private) = text.split_at(scheme_length(&text));
                redactor.add_with_prefix(public, private);
            }
            Transient::Query(_, text) | Transient::Cookie(text) => redactor.add_unknown(text),
        }
    }
    redactor
}

/// Returns the length of the scheme before a credential in `Authorization`, including the space.
///
/// The scheme isn't a secret, and servers write it in `WWW-Authenticate`. If it were part of the secret,
/// `Bearer error="…"` would match the secret `Bearer eyJ…`, because the first eight characters are the same. If the
/// credential is short, the scheme is treated as part of it.
fn scheme_length(text: &str) -> usize {
    const SCHEMES: [&str; 4] = ["basic ", "bearer ", "dpop ", "token "];
    let begins = |scheme: &&&str| {
        text.len() >= scheme.len() + 16
            && text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.iter().find(begins).map_or(0, |scheme| scheme.len())
}
