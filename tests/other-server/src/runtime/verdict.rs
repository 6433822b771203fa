//! Decides which alternative of `security` a request meets. Pure.

use openapi_keys_runtime::{RequiredScheme, SecurityRequirement};

/// The credential that a request presents for a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Wrong,
    /// A valid credential with these scopes.
    Right(Vec<String>),
}

/// The reason why a request doesn't meet any alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unmet {
    /// A credential is missing or wrong.
    Unknown,
    /// All credentials of an alternative are valid, but one lacks a scope.
    Forbidden,
}

/// Returns the index of the first alternative that the request meets. A request meets the empty alternative only if it
/// presents none of the operation's credentials. Otherwise, an operation that also works without a key would
/// ignore a wrong key.
pub(super) fn decide(
    security: &[SecurityRequirement],
    find: impl Fn(&RequiredScheme) -> Found,
) -> Result<usize, Unmet> {
    let mut presented = false;
    let mut unmet = Unmet::Unknown;
    for (at, alternative) in security.iter().enumerate() {
        let found: Vec<(&RequiredScheme, Found)> =
            alternative.schemes.iter().map(|required| (required, find(required))).collect();
        presented |= found.iter().any(|(_, found)| *found != Found::Nothing);
        let is_right = |(_, found): &(_, Found)| matches!(found, Found::Right(_));
        if found.is_empty() || !found.iter().all(is_right) {
            continue;
        }
        if found.iter().all(|(required, found)| has_scopes(required, found)) {
            return Ok(at);
        }
        unmet = Unmet::Forbidden;
    }
    let open = security.iter().position(|alternative| alternative.schemes.is_empty());
    open.filter(|_| !presented).ok_or(unmet)
}

fn has_scopes(required: &RequiredScheme, found: &Found) -> bool {
    let Found::Right(scopes) = found else { return false };
    required.scopes.iter().all(|scope| scopes.iter().any(|it| it == scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("key")]);
    const PAIR: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("key"), RequiredScheme::new("desk")]);
    const READ: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("token").scopes(&["read"])]);
    const WRITE: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("token").scopes(&["read", "write"])]);
    const NOTHING: SecurityRequirement = SecurityRequirement::new(&[]);

    /// Finds credentials in a list, where `token:read` is a token with a scope, and `!key` is a wrong key.
    fn found<'f>(presented: &'f [&'f str]) -> impl Fn(&RequiredScheme) -> Found + 'f {
        move |required| {
            for text in presented {
                let mut words = text.split(':');
                match words.next() {
                    Some(name) if name == required.name => {
                        return Found::Right(words.map(str::to_owned).collect());
                    }
                    Some(name) if name.strip_prefix('!') == Some(required.name) => {
                        return Found::Wrong;
                    }
                    _ => {}
                }
            }
            Found::Nothing
        }
    }

    #[track_caller]
    fn check(security: &[SecurityRequirement], presented: &[&str], expected: Result<usize, Unmet>) {
        assert_eq!(decide(security, found(presented)), expected, "{presented:?}");
    }

    #[test]
    fn the_first_alternative_that_is_met_decides() {
        let security = [PAIR, READ, KEY];
        check(&security, &["key", "desk", "token:read"], Ok(0));
        check(&security, &["key", "token:read"], Ok(1));
        check(&security, &["key", "!desk", "token"], Ok(2));
        check(&security, &["desk"], Err(Unmet::Unknown));
        check(&security, &["!key", "desk"], Err(Unmet::Unknown));
    }

    #[test]
    fn a_valid_credential_without_its_scopes_is_forbidden() {
        check(&[WRITE], &["token:read:write:more"], Ok(0));
        check(&[WRITE], &["token:read"], Err(Unmet::Forbidden));
        check(&[WRITE], &["token"], Err(Unmet::Forbidden));
        check(&[WRITE], &["!token"], Err(Unmet::Unknown));
        check(&[WRITE, READ], &["token:read"], Ok(1));
        check(&[WRITE, KEY], &["token:read", "!key"], Err(Unmet::Forbidden));
    }

    #[test]
    fn only_a_request_without_credentials_is_anonymous() {
        for (security, open) in [(&[KEY, NOTHING], 1), (&[NOTHING, KEY], 0)] {
            check(security, &[], Ok(open));
            check(security, &["token:read"], Ok(open));
            check(security, &["key"], Ok(1 - open));
            check(security, &["!key"], Err(Unmet::Unknown));
        }
        check(&[PAIR, NOTHING], &["key"], Err(Unmet::Unknown));
        check(&[READ, NOTHING], &["token"], Err(Unmet::Forbidden));
        check(&[NOTHING], &["key"], Ok(0));
    }

    #[test]
    fn without_alternatives_nothing_is_met() {
        check(&[], &["key"], Err(Unmet::Unknown));
    }
}
