//! Checks the credentials of a request against the operation's `security`, and then the parameters that have an enum.

use mileston_api::operation::Operation;
use mileston_keys::{AnyKey, BusinessId, KeyKind, ModeName};

use super::requirement::{
    BUSINESS_HEADER, KEY_HEADER, Requirement, Requirements, SIGNATURE_HEADER,
};
use super::{Authority, Grant, Hint, Identity, Incoming, Refusal, signature};

/// Returns the caller if the request's credentials satisfy the operation's `security`.
///
/// Messages say what is needed and what was found, and never repeat the value that was sent.
///
/// # Errors
///
/// Returns an error with status 401 if a credential is missing, malformed, unknown, of the wrong kind or mode, or
/// issued for a different business; with 400 if a header is sent twice or a parameter's value isn't in its enum; and
/// with 500 if the sandbox doesn't support the operation's `security`.
pub fn authorize<A: Authority>(
    authority: &A,
    operation: &'static Operation,
    incoming: &Incoming,
) -> Result<Identity, Refusal> {
    // Unsupported security is rejected for every caller, so that a gap in this function can't expose an operation.
    let requirements = Requirements::of(operation.security).ok_or_else(|| {
        let id = operation.id;
        Refusal::internal(format!("The sandbox doesn't support the security of `{id}`."))
    })?;
    let caller = judge(authority, &requirements, incoming)?;
    incoming.expect_known_values(operation.parameters)?;
    Ok(caller)
}

fn judge<A: Authority>(
    authority: &A,
    requirements: &Requirements,
    incoming: &Incoming,
) -> Result<Identity, Refusal> {
    let grant = judge_key(authority, requirements, incoming)?;
    let mut refusal = None;
    for requirement in requirements.alternatives.iter().filter(|r| r.kind == grant.kind) {
        match judge_rest(authority, requirement, &grant, incoming) {
            Ok(()) => {
                let Grant { business, mode, kind } = grant;
                return Ok(Identity { business, mode, kind });
            }
            Err(found) => refusal = Some(found),
        }
    }
    Err(refusal.unwrap_or_else(|| wrong_kind(requirements, grant.kind)))
}

fn judge_key<A: Authority>(
    authority: &A,
    requirements: &Requirements,
    incoming: &Incoming,
) -> Result<Grant, Refusal> {
    let needs = requirements.needs();
    let text = incoming.header_text(KEY_HEADER)?.ok_or_else(|| {
        let message = format!("This operation needs {needs} in the `{KEY_HEADER}` header.");
        let hint = incoming.hint().map(|Hint(hint)| format!(" {hint}")).unwrap_or_default();
        Refusal::unauthorized(format!("{message} The header is missing.{hint}"))
    })?;
    let key = AnyKey::parse(text).map_err(|error| {
        Refusal::unauthorized(format!(
            "This operation needs {needs}, but the `{KEY_HEADER}` header is invalid: {error}."
        ))
    })?;
    if !requirements.takes(key.kind()) {
        return Err(wrong_kind(requirements, key.kind()));
    }
    if !authority.accepts(key.mode()) {
        return Err(wrong_mode(key.mode()));
    }
    authority.grant(text).ok_or_else(|| {
        Refusal::unauthorized(format!(
            "The {} key for {} mode in the `{KEY_HEADER}` header was not created by this sandbox, \
             or is no longer valid. A sandbox without `--store` creates new keys every time it starts.",
            key.kind(),
            key.mode(),
        ))
    })
}

fn wrong_kind(requirements: &Requirements, found: KeyKind) -> Refusal {
    let reason = match found {
        KeyKind::Normal => "A Normal key must never reach a frontend.",
        KeyKind::Checkout => "A Checkout key can't call backend operations.",
    };
    Refusal::unauthorized(format!(
        "This operation needs {}, but the `{KEY_HEADER}` header has a {found} key. {reason}",
        requirements.needs(),
    ))
}

fn wrong_mode(found: ModeName) -> Refusal {
    Refusal::unauthorized(format!(
        "The `{KEY_HEADER}` header has a {found} key, but this sandbox was started without \
         {found} mode. Use a test key, or start the sandbox with `serve --live`.",
    ))
}

fn judge_rest<A: Authority>(
    authority: &A,
    requirement: &Requirement,
    grant: &Grant,
    incoming: &Incoming,
) -> Result<(), Refusal> {
    if requirement.business {
        judge_business(grant, incoming)?;
    }
    if requirement.signature {
        judge_signature(authority, grant, incoming)?;
    }
    Ok(())
}

fn judge_business(grant: &Grant, incoming: &Incoming) -> Result<(), Refusal> {
    let text = incoming.header_text(BUSINESS_HEADER)?.ok_or_else(|| {
        Refusal::unauthorized(format!(
            "This operation needs the business id in the `{BUSINESS_HEADER}` header. The header \
             is missing."
        ))
    })?;
    let business = BusinessId::try_from(text)
        .map_err(|error| Refusal::unauthorized(format!("`{BUSINESS_HEADER}` header: {error}.")))?;
    if business == grant.business {
        return Ok(());
    }
    Err(Refusal::unauthorized(format!(
        "The key in the `{KEY_HEADER}` header doesn't belong to the business in the \
         `{BUSINESS_HEADER}` header."
    )))
}

fn judge_signature<A: Authority>(
    authority: &A,
    grant: &Grant,
    incoming: &Incoming,
) -> Result<(), Refusal> {
    let text = incoming.header_text(SIGNATURE_HEADER)?.ok_or_else(|| {
        Refusal::unauthorized(format!(
            "This operation must be signed with the wallet secret: the \
             `{SIGNATURE_HEADER}` header is missing. Its value is HMAC-SHA256 over the bytes of the body (`{{}}` \
             if there is none) in lower-case hexadecimal."
        ))
    })?;
    let signature = signature::parse(text).ok_or_else(|| {
        Refusal::unauthorized(format!(
            "The `{SIGNATURE_HEADER}` header must be 64 lower-case hexadecimal digits."
        ))
    })?;
    let message = signature::message(incoming.body_bytes());
    if authority.has_signed(&grant.business, message, &signature) {
        return Ok(());
    }
    Err(Refusal::unauthorized(format!(
        "The signature in the `{SIGNATURE_HEADER}` header doesn't match the body: the wallet \
         secret is wrong, or the body was changed after it was signed."
    )))
}

#[cfg(test)]
mod tests {
    //! Covers all kinds of `security`, including kinds that no operation has yet. Also checks that no message repeats
    //! what was sent.

    use mileston_api::operation::{RequiredScheme, SecurityRequirement};

    use super::*;

    const NORMAL: &str = "Mileston_TEST_normal0123";
    const CHECKOUT: &str = "Mileston_TEST_CHECKOUTKEY_checkout0123";
    const LIVE: &str = "Mileston_LIVE_normal0123";
    /// HMAC-SHA256 of `{}` and of `{"a":1}` with the secret `Jefe`, computed by Python's hmac.
    const SIGNED_NOTHING: &str = "7bb7ae87018c3fb8b9be866ac39dea2bcc1ad2c907c314bbcad059bdeee591d6";
    const SIGNED_BODY: &str = "cd7d7d7b1651caa92c82812e913859159c0e729d67421863aaf3e11d0c0e5a96";

    const NORMAL_KEY: RequiredScheme = RequiredScheme::new("normalKey");
    const CHECKOUT_KEY: RequiredScheme = RequiredScheme::new("checkoutKey");
    const BUSINESS: RequiredScheme = RequiredScheme::new("businessId");
    const SIGNATURE: RequiredScheme = RequiredScheme::new("walletSignature");

    const BACKEND: &[SecurityRequirement] = &[SecurityRequirement::new(&[NORMAL_KEY, BUSINESS])];
    const FRONTEND: &[SecurityRequirement] = &[SecurityRequirement::new(&[CHECKOUT_KEY, BUSINESS])];
    const EITHER: &[SecurityRequirement] = &[
        SecurityRequirement::new(&[NORMAL_KEY, BUSINESS]),
        SecurityRequirement::new(&[BUSINESS, CHECKOUT_KEY]),
    ];
    const SIGNED: &[SecurityRequirement] =
        &[SecurityRequirement::new(&[NORMAL_KEY, BUSINESS, SIGNATURE])];
    const KEY_ALONE: &[SecurityRequirement] = &[SecurityRequirement::new(&[NORMAL_KEY])];
    const OPTIONAL: &[SecurityRequirement] =
        &[SecurityRequirement::new(&[NORMAL_KEY, BUSINESS]), SecurityRequirement::new(&[])];

    struct Desk;

    impl Authority for Desk {
        fn grant(&self, key: &str) -> Option<Grant> {
            let kind = match key {
                NORMAL => KeyKind::Normal,
                CHECKOUT => KeyKind::Checkout,
                _ => return None,
            };
            Some(Grant { business: "shop".parse().unwrap(), mode: ModeName::Test, kind })
        }

        fn accepts(&self, mode: ModeName) -> bool {
            mode == ModeName::Test
        }

        fn has_signed(&self, _: &BusinessId, message: &[u8], signature: &[u8; 32]) -> bool {
            crate::runtime::is_signature_of(message, "Jefe", signature)
        }
    }

    fn ask(
        security: &[SecurityRequirement],
        headers: &[(&str, &str)],
        body: &'static [u8],
    ) -> Result<Identity, Refusal> {
        let requirements = Requirements::of(security).unwrap();
        judge(&Desk, &requirements, &Incoming::of(headers, body))
    }

    #[track_caller]
    fn check_let_in(security: &[SecurityRequirement], headers: &[(&str, &str)], kind: KeyKind) {
        let caller = ask(security, headers, b"").unwrap();
        let business = "shop".parse().unwrap();
        let expected = Identity { business, mode: ModeName::Test, kind };
        assert_eq!(caller, expected);
    }

    #[track_caller]
    fn check_refused(security: &[SecurityRequirement], headers: &[(&str, &str)], words: &[&str]) {
        let refusal = ask(security, headers, br#"{"a":1}"#).unwrap_err();
        let text = serde_json::to_string(&refusal).unwrap();
        assert_eq!(refusal.status().as_u16(), 401, "{text}");
        for word in words {
            assert!(text.contains(word), "{text} lacks {word}");
        }
        for (_, value) in headers.iter().filter(|(_, value)| value.len() > 8) {
            assert!(!text.contains(value), "{text} repeats {value}");
        }
    }

    #[test]
    fn the_right_key_is_accepted() {
        check_let_in(BACKEND, &[("apikey", NORMAL), ("businessid", "shop")], KeyKind::Normal);
        check_let_in(FRONTEND, &[("apikey", CHECKOUT), ("businessid", "shop")], KeyKind::Checkout);
        check_let_in(EITHER, &[("apikey", NORMAL), ("businessid", "shop")], KeyKind::Normal);
        check_let_in(EITHER, &[("apikey", CHECKOUT), ("businessid", "shop")], KeyKind::Checkout);
        check_let_in(KEY_ALONE, &[("apikey", NORMAL)], KeyKind::Normal);
        let signed =
            [("apikey", NORMAL), ("businessid", "shop"), (SIGNATURE_HEADER, SIGNED_NOTHING)];
        check_let_in(SIGNED, &signed, KeyKind::Normal);
    }

    #[test]
    fn an_optional_credential_never_admits_an_unknown_caller() {
        check_refused(OPTIONAL, &[], &["needs a Normal key", "header is missing"]);
        check_let_in(OPTIONAL, &[("apikey", NORMAL), ("businessid", "shop")], KeyKind::Normal);
    }

    #[test]
    fn the_error_for_a_rejected_key_says_what_is_needed_and_what_was_found() {
        let shop = ("businessid", "shop");
        check_refused(BACKEND, &[shop], &["needs a Normal key", "header is missing"]);
        check_refused(EITHER, &[shop], &["needs a Normal or a Checkout key"]);
        check_refused(BACKEND, &[("apikey", CHECKOUT), shop], &["a Normal key", "a Checkout key"]);
        check_refused(
            FRONTEND,
            &[("apikey", NORMAL), shop],
            &["needs a Checkout key", "a Normal key"],
        );
        check_refused(BACKEND, &[("apikey", LIVE), shop], &["a live key", "--live"]);
        check_refused(BACKEND, &[("apikey", "undefined"), shop], &["neither `Mileston_TEST_`"]);
        check_refused(BACKEND, &[("apikey", ""), shop], &["found nothing"]);
        let unknown = "Mileston_TEST_anotherkey";
        check_refused(BACKEND, &[("apikey", unknown), shop], &["Normal key", "not created"]);
    }

    #[test]
    fn the_error_for_a_rejected_business_id_says_what_was_found() {
        let key = ("apikey", NORMAL);
        check_refused(BACKEND, &[key], &["business id", "header is missing"]);
        check_refused(BACKEND, &[key, ("businessid", "anothershop")], &["doesn't belong to"]);
        check_refused(BACKEND, &[key, ("businessid", CHECKOUT)], &["did you swap"]);
        check_refused(BACKEND, &[key, ("businessid", "")], &["expected a business id"]);
    }

    #[test]
    fn signatures_cover_the_exact_bytes() {
        let (key, shop) = (("apikey", NORMAL), ("businessid", "shop"));
        let upper = SIGNED_BODY.to_uppercase();
        let signed = |text| [key, shop, (SIGNATURE_HEADER, text)];
        assert!(ask(SIGNED, &signed(SIGNED_BODY), br#"{"a":1}"#).is_ok());
        assert!(ask(SIGNED, &signed(SIGNED_NOTHING), b"{}").is_ok());
        assert!(ask(SIGNED, &signed(SIGNED_BODY), br#"{"a": 1}"#).is_err());
        check_refused(
            SIGNED,
            &[key, shop],
            &["x-request-signature` header is missing", "HMAC-SHA256"],
        );
        check_refused(SIGNED, &signed("0123456789"), &["64 lower-case"]);
        check_refused(SIGNED, &signed(&upper), &["64 lower-case"]);
        check_refused(SIGNED, &signed(SIGNED_NOTHING), &["doesn't match the body"]);
        check_refused(SIGNED, &[("apikey", CHECKOUT), shop], &["needs a Normal key"]);
    }

    #[test]
    fn a_credential_sent_twice_is_refused() {
        let headers = [("apikey", NORMAL), ("apikey", CHECKOUT), ("businessid", "shop")];
        let refusal = ask(EITHER, &headers, b"").unwrap_err();
        assert_eq!(refusal.status().as_u16(), 400);
    }
}
