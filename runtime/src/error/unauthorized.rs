//! Writes the advice after a 401 or 403: which credential was sent, which scopes it needs, and what the API itself
//! advises. Pure.

use std::fmt;

use http::StatusCode;

use crate::operation::{Operation, SecurityRequirement};
use crate::wording::Wording;

const GENERAL: &str = "check that the credential is correct and hasn't been revoked";

/// Writes the advice. `sent` is the alternative in the operation's `security` whose credentials were sent, or `None` if
/// no credential was sent.
pub(super) fn advice(
    status: StatusCode,
    operation: &Operation,
    sent: Option<&SecurityRequirement>,
    wording: &Wording,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let own = wording.unauthorized;
    let has_choice = operation.security.len() > 1;
    let Some(sent) = sent else {
        let advice = if has_choice { "no credential was sent" } else { own.unwrap_or(GENERAL) };
        return f.write_str(advice);
    };
    let scopes = sent.schemes.iter().map(|scheme| scheme.scopes.len()).sum::<usize>();
    // A 401 means that the credential itself is wrong, not its scopes.
    let lacks_scope = status == StatusCode::FORBIDDEN && scopes > 0;
    if has_choice {
        write!(f, "sent: {sent}; ")?;
    } else if lacks_scope {
        write!(f, "the operation requires {sent}: ")?;
    }
    if !lacks_scope {
        return f.write_str(own.unwrap_or(GENERAL));
    }
    let these = if scopes == 1 { "this scope" } else { "these scopes" };
    write!(f, "check that the credential was granted {these}")?;
    own.map_or(Ok(()), |own| write!(f, "; {own}"))
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::operation::RequiredScheme;

    const KEY: SecurityRequirement = SecurityRequirement::new(&[RequiredScheme::new("key")]);
    const PAIR: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("card"), RequiredScheme::new("pin")]);
    const READ: SecurityRequirement =
        SecurityRequirement::new(&[RequiredScheme::new("token").scopes(&["read"])]);
    const MOVE: SecurityRequirement = SecurityRequirement::new(&[
        RequiredScheme::new("key"),
        RequiredScheme::new("token").scopes(&["read", "write"]),
    ]);
    const NOTHING: SecurityRequirement = SecurityRequirement::new(&[]);

    const PLAIN: Wording = Wording::plain();
    const OWN: Wording = Wording::plain().after_unauthorized("ask the desk for a card");

    struct Advice<'a>(u16, &'a Operation, Option<&'a SecurityRequirement>, &'a Wording);

    impl fmt::Display for Advice<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Advice(status, operation, sent, wording) = self;
            advice(StatusCode::from_u16(*status).unwrap(), operation, *sent, wording, f)
        }
    }

    #[track_caller]
    fn check(
        security: &'static [SecurityRequirement],
        sent: Option<&SecurityRequirement>,
        [by_401, by_403]: [&str; 2],
    ) {
        let operation = Operation::new("get", Method::GET, "/").security(security);
        assert_eq!(Advice(401, &operation, sent, &PLAIN).to_string(), by_401);
        assert_eq!(Advice(403, &operation, sent, &PLAIN).to_string(), by_403);
    }

    #[test]
    fn an_operation_without_alternatives_or_scopes_gets_the_general_advice() {
        check(&[KEY], Some(&KEY), [GENERAL, GENERAL]);
        check(&[PAIR], Some(&PAIR), [GENERAL, GENERAL]);
        check(&[], None, [GENERAL, GENERAL]);
    }

    #[test]
    fn a_403_names_the_required_scopes() {
        check(
            &[READ],
            Some(&READ),
            [
                GENERAL,
                "the operation requires token [read]: check that the credential was granted this scope",
            ],
        );
        check(
            &[MOVE],
            Some(&MOVE),
            [
                GENERAL,
                "the operation requires key and token [read, write]: check that the credential was granted these \
                 scopes",
            ],
        );
    }

    #[test]
    fn the_alternative_that_was_sent_is_named() {
        check(&[PAIR, READ], Some(&PAIR), [&format!("sent: card and pin; {GENERAL}"); 2]);
        check(
            &[PAIR, READ],
            Some(&READ),
            [
                &format!("sent: token [read]; {GENERAL}"),
                "sent: token [read]; check that the credential was granted this scope",
            ],
        );
    }

    #[test]
    fn the_message_says_if_no_optional_credential_was_sent() {
        check(&[KEY, NOTHING], Some(&KEY), [&format!("sent: key; {GENERAL}"); 2]);
        check(&[KEY, NOTHING], None, ["no credential was sent"; 2]);
    }

    #[test]
    fn the_advice_of_the_api_is_added() {
        let operation = Operation::new("get", Method::GET, "/").security(&[KEY, READ]);
        let said = |status, sent| Advice(status, &operation, sent, &OWN).to_string();
        assert_eq!(said(401, Some(&KEY)), "sent: key; ask the desk for a card");
        assert_eq!(
            said(403, Some(&READ)),
            "sent: token [read]; check that the credential was granted this scope; ask the desk for a card"
        );
    }
}
