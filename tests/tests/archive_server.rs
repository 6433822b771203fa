//! Tests with plain HTTP requests that the server for `tests/other-api/archive.yaml` accepts exactly the callers whose
//! credentials meet one of the alternatives in `security`.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeMap;

use mileston_tests::archive::server::{Running, allowed};
use openapi_keys_runtime::Operation;
use other_api::archive::catalogue::{OPERATIONS, SECURITY_SCHEMES};

/// A scheme, and the scopes of its credential.
type Held = (&'static str, &'static [&'static str]);

/// Returns every credential that any alternative of any operation needs, and a credential without scopes for each
/// scheme.
fn credentials() -> Vec<Held> {
    let required = OPERATIONS.iter().flat_map(|operation| operation.security);
    let required = required.flat_map(|alternative| alternative.schemes);
    let bare = SECURITY_SCHEMES.iter().map(|scheme| (scheme.name, &[][..]));
    let mut all: Vec<Held> = required.map(|it| (it.name, it.scopes)).chain(bare).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns whether the credentials include all schemes and scopes of an alternative, as OpenAPI requires.
fn expected(operation: &Operation, held: &[Held]) -> bool {
    let scopes: BTreeMap<_, _> = held.iter().copied().collect();
    let is_held = |alternative: &openapi_keys_runtime::SecurityRequirement| {
        alternative.schemes.iter().all(|required| {
            let scopes = scopes.get(required.name);
            scopes.is_some_and(|held| required.scopes.iter().all(|scope| held.contains(scope)))
        })
    };
    operation.security.is_empty() || operation.security.iter().any(is_held)
}

/// Credentials that share the `Authorization` header can't be sent together, so no alternative may need two of them.
#[test]
fn no_alternative_needs_two_authorization_headers() {
    let is_one = |name: &str| {
        SECURITY_SCHEMES.iter().any(|it| it.name == name && it.header() == Some("authorization"))
    };
    for alternative in OPERATIONS.iter().flat_map(|operation| operation.security) {
        assert!(alternative.names().filter(|name| is_one(name)).count() < 2, "{alternative}");
    }
}

#[tokio::test]
async fn the_server_accepts_up_to_two_credentials_as_documented() {
    let server = Running::start().await.unwrap();
    let credentials = credentials();
    let mut sets = vec![Vec::new()];
    for (at, one) in credentials.iter().enumerate() {
        sets.push(vec![*one]);
        let others = credentials.iter().skip(at + 1).filter(|other| other.0 != one.0);
        sets.extend(others.map(|other| vec![*one, *other]));
    }
    let (mut yes, mut no) = (0, 0);
    for operation in OPERATIONS {
        for held in &sets {
            let found = allowed(&server.origin(), operation, held).await.unwrap();
            assert_eq!(found, expected(operation, held), "{} {held:?}", operation.id);
            if found { yes += 1 } else { no += 1 }
        }
    }
    println!("archive: {yes} accepted, {no} rejected, for {} sets of credentials", sets.len());
    assert!(yes > 200 && no > 200, "{yes} {no}");
}

#[tokio::test]
async fn an_unknown_scheme_is_an_error() {
    let server = Running::start().await.unwrap();
    let operation = OPERATIONS.first().unwrap();
    let error = allowed(&server.origin(), operation, &[("nothing", &[])]).await.unwrap_err();
    assert_eq!(error, "there is no security scheme `nothing`");
}
