//! Chooses an alternative in an operation's `security` for which a client holds all credentials. Pure.

use super::Authenticate;
use crate::error::Error;
use crate::operation::{Operation, SecurityRequirement};

/// Returns the first alternative for which the client holds all credentials. Returns `None` if no credential is sent:
/// the operation has no alternatives, or one alternative is empty and the client doesn't hold the credentials of any
/// other.
///
/// # Errors
///
/// Returns an error if the client doesn't hold the credentials of any alternative. The bounds of generated methods
/// prevent this, unless a program implements `Scope` for its own type.
pub(crate) fn choose(
    operation: &'static Operation,
    authenticator: &dyn Authenticate,
) -> Result<Option<&'static SecurityRequirement>, Error> {
    let is_empty = |requirement: &SecurityRequirement| requirement.schemes.is_empty();
    let is_held = |requirement: &&SecurityRequirement| {
        !is_empty(requirement)
            && requirement.schemes.iter().all(|scheme| authenticator.holds(scheme))
    };
    let security = operation.security;
    match security.iter().find(is_held) {
        Some(requirement) => Ok(Some(requirement)),
        None if security.is_empty() || security.iter().any(is_empty) => Ok(None),
        None => Err(Error::missing_credential(format!(
            "the operation requires {}, which the client doesn't have",
            named(security)
        ))),
    }
}

/// Writes the alternatives, e.g. `appKey and apiKey, or userToken`.
fn named(security: &[SecurityRequirement]) -> String {
    security.iter().map(SecurityRequirement::to_string).collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::authenticate::Outgoing;
    use crate::error::ErrorKind;
    use crate::eventually::Eventually;
    use crate::operation::RequiredScheme;
    use crate::redact::Redactor;
    use crate::testing::{CREATE, EITHER, Held, OPEN, SEND};

    #[track_caller]
    fn check(operation: &'static Operation, held: &'static [&'static str], expected: Option<&str>) {
        let chosen = choose(operation, &Held(held)).ok();
        let shown = chosen.map(|chosen| chosen.map_or("open".to_owned(), ToString::to_string));
        assert_eq!(shown.as_deref(), expected, "{} {held:?}", operation.id);
    }

    #[test]
    fn the_first_alternative_whose_schemes_are_all_held_is_chosen() {
        const STAFF: Option<&str> = Some("staffKey and branch");
        const READER: Option<&str> = Some("readerKey and branch");
        const SIGNED: Option<&str> = Some("staffKey and branch and signature");
        let both: &[&str] = &["staffKey", "readerKey", "branch"];
        for (held, create, either, send) in [
            (&[][..], None, None, None),
            (&["readerKey", "branch"], None, READER, None),
            (&["staffKey"], None, None, None),
            (&["staffKey", "branch"], STAFF, STAFF, None),
            (both, STAFF, STAFF, None),
            (&["staffKey", "branch", "signature"], STAFF, STAFF, SIGNED),
        ] {
            check(&OPEN, held, Some("open"));
            check(&CREATE, held, create);
            check(&EITHER, held, either);
            check(&SEND, held, send);
        }
    }

    const NOTHING: SecurityRequirement = SecurityRequirement::new(&[]);
    const KEY: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("key")]);
    const PAIR: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("card"), RequiredScheme::new("pin")]);
    const READ: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("token").scopes(&["read"])]);
    const BOTH: SecurityRequirement = SecurityRequirement::new(&[
        RequiredScheme::new("key"),
        RequiredScheme::new("token").scopes(&["read", "write"]),
    ]);

    const fn get(security: &'static [SecurityRequirement]) -> Operation {
        Operation::new("get", Method::GET, "/").security(security)
    }

    #[test]
    fn an_optional_credential_is_sent_if_it_is_held_whatever_the_order_of_alternatives() {
        static FIRST: Operation = get(&[NOTHING, KEY, PAIR]);
        static MIDDLE: Operation = get(&[KEY, NOTHING, PAIR]);
        static LAST: Operation = get(&[KEY, PAIR, NOTHING]);
        for operation in [&FIRST, &MIDDLE, &LAST] {
            check(operation, &[], Some("open"));
            check(operation, &["other"], Some("open"));
            check(operation, &["card"], Some("open"));
            check(operation, &["card", "pin"], Some("card and pin"));
            check(operation, &["key"], Some("key"));
            check(operation, &["card", "pin", "key"], Some("key"));
        }
    }

    #[test]
    fn no_credential_is_sent_to_an_operation_without_alternatives() {
        static NONE: Operation = get(&[]);
        static EMPTY: Operation = get(&[NOTHING]);
        for operation in [&NONE, &EMPTY] {
            check(operation, &["key", "card", "pin"], Some("open"));
        }
    }

    /// A client's credential: a token with these scopes, and a key.
    struct Scoped(&'static [&'static str]);

    impl Authenticate for Scoped {
        fn holds(&self, required: &RequiredScheme) -> bool {
            match required.name {
                "key" => true,
                "token" => required.scopes.iter().all(|scope| self.0.contains(scope)),
                _ => false,
            }
        }

        fn authenticate<'a>(&'a self, _: Outgoing<'a>) -> Eventually<'a, Result<(), Error>> {
            Eventually::Now(Ok(()))
        }

        fn redact(&self, _: &mut Redactor) {}
    }

    #[test]
    fn a_token_is_chosen_only_for_the_scopes_that_it_has() {
        static SCOPED: Operation = get(&[BOTH, READ]);
        for (scopes, expected) in [
            (&[][..], None),
            (&["write"], None),
            (&["read"], Some("token [read]")),
            (&["write", "read"], Some("key and token [read, write]")),
        ] {
            let chosen = choose(&SCOPED, &Scoped(scopes)).ok().flatten();
            assert_eq!(chosen.map(ToString::to_string).as_deref(), expected, "{scopes:?}");
        }
        let error = choose(&SCOPED, &Scoped(&[])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the operation requires key and token [read, write], or token [read], which the client doesn't have"
        );
    }

    #[test]
    fn a_missing_credential_is_named() {
        let error = choose(&EITHER, &Held(&[])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingCredential);
        assert_eq!(
            error.to_string(),
            "the operation requires staffKey and branch, or readerKey and branch, which the client doesn't have"
        );
    }
}
