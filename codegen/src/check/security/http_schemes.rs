//! Checks HTTP authentication schemes, because the service would reject a misspelt one.

use crate::check::api::Api;
use crate::check::names::{closest, pascal};
use crate::model::SchemeKind;
use crate::{Diagnostic, Node, names};

/// The schemes registered with IANA, in lower case.
const REGISTERED: [&str; 14] = [
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

/// Reports a scheme that resembles a registered one. Other unregistered schemes aren't reported,
/// because the service may support them.
pub(super) fn misspelt(
    api: &Api<'_>,
    name: &str,
    node: &Node,
    kind: &SchemeKind,
) -> Option<Diagnostic> {
    let SchemeKind::Http { scheme } = kind else { return None };
    if api.settings.names.contains_key(name) {
        return None;
    }
    let meant = likely(scheme)?;
    let written = node.get("scheme")?;
    let scheme = written.as_str().unwrap_or(scheme);
    let rust = Some(pascal(name)).filter(|rust| names::is_type(rust));
    let rust = rust.unwrap_or_else(|| "Credential".to_owned());
    let message =
        format!("security scheme `{name}` has the unknown HTTP authentication scheme `{scheme}`");
    let mistake = Diagnostic::new("unknown-http-scheme", message)
        .label(written.span, "not a registered scheme")
        .help(format!(
            "did you mean `{meant}`?\nif the service supports `{scheme}`, accept it with \
             `Settings::with_names([({name:?}, {rust:?})])`"
        ));
    Some(mistake)
}

/// Returns the registered scheme that was probably meant.
fn likely(scheme: &str) -> Option<&'static str> {
    let without_digits = |name: &str| name.replace(|each: char| each.is_ascii_digit(), "");
    if REGISTERED.contains(&scheme) {
        return None;
    }
    // OAuth 2 tokens are sent as `Bearer`, and `oauth` is the scheme of OAuth 1.
    if scheme == "oauth2" {
        return Some("bearer");
    }
    let meant = closest(scheme, REGISTERED)?;
    // A difference only in digits isn't a typo: `scram-sha-512` is a different scheme.
    (without_digits(meant) != without_digits(scheme)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::likely;

    #[test]
    fn typos_are_found_and_other_schemes_are_accepted() {
        for (scheme, meant) in [
            ("basci", "basic"),
            ("baerer", "bearer"),
            ("digets", "digest"),
            ("negotaite", "negotiate"),
            ("oauth2", "bearer"),
        ] {
            assert_eq!(likely(scheme), Some(meant), "{scheme}");
        }
        for scheme in ["basic", "scram-sha-256", "scram-sha-512", "aws4-hmac-sha256", "token", "x"]
        {
            assert_eq!(likely(scheme), None, "{scheme}");
        }
    }
}
