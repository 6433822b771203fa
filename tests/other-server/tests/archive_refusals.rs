//! Tests that the server also rejects the requests that the compiler or the client prevents.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::fmt::Debug;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use other_api::archive::credentials::{CatalogueKey, Credential, Credentials, DeskKey, Login};
use other_api::archive::scopes::login::{RecordsRead, RecordsWrite};
use other_api::archive::scopes::scopes;
use other_api::{Error, ErrorKind, archive::Client};
use other_server::archive::{Desk, Issuer, Running, Services, router, secret};
use tower_service::Service;

const GENERAL: &str = "check that the credential is correct and hasn't been revoked";

/// Returns the status of a `POST` with these headers.
async fn status(target: &str, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = Request::post(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response =
        router(Arc::new(Issuer::default()), Services { desk: Desk }).call(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert!(
        !String::from_utf8_lossy(&body).contains("fake-"),
        "an error must not contain a secret"
    );
    status
}

async fn check(target: &str, headers: &[(&str, &str)], expected: u16) {
    assert_eq!(status(target, headers).await, expected, "{target} {headers:?}");
}

#[tokio::test]
async fn a_credential_is_valid_only_for_its_scheme() {
    check("/counters", &[("x-catalogue-key", "fake-catalogueKey")], 200).await;
    check("/counters", &[("x-catalogue-key", "fake-deskKey")], 401).await;
    check("/counters", &[("x-desk-key", "fake-catalogueKey")], 401).await;
    check("/counters?x-catalogue-key=fake-catalogueKey", &[], 401).await;
    check("/counters", &[("x-catalogue-key", "")], 401).await;
    check("/counters", &[], 401).await;
    check("/maps?kiosk=fake-kiosk", &[], 200).await;
    check("/maps?Kiosk=fake-kiosk", &[], 401).await;
    check("/maps", &[("kiosk", "fake-kiosk"), ("cookie", "kiosk=fake-kiosk")], 401).await;
    check("/session", &[("cookie", "a=1; visit=fake-visit")], 200).await;
    check("/session", &[("cookie", "visits=fake-visit")], 401).await;
    check("/session?visit=fake-visit", &[("visit", "fake-visit")], 401).await;
}

#[tokio::test]
async fn authorization_is_read_according_to_the_name_of_its_scheme() {
    let with = |value: &'static str| [("authorization", value)];
    check("/lamps", &with("Bearer fake-badge"), 200).await;
    check("/lamps", &with("bearer fake-badge"), 200).await;
    check("/lamps", &with("Bearer fake-login"), 401).await;
    check("/lamps", &with("Basic fake-badge"), 401).await;
    check("/lamps", &with("fake-badge"), 401).await;
    check("/wire", &with("Seal fake-seal"), 200).await;
    check("/wire", &with("Bearer fake-seal"), 401).await;
    check("/rounds", &with("Basic Z3VhcmQ6ZmFrZS1ndWFyZA=="), 200).await;
    // `other:fake-guard`, and a string that isn't base64.
    check("/rounds", &with("Basic b3RoZXI6ZmFrZS1ndWFyZA=="), 401).await;
    check("/rounds", &with("Basic guard:fake-guard"), 401).await;
}

#[tokio::test]
async fn all_credentials_of_an_alternative_are_needed() {
    let (catalogue, desk) =
        (("x-catalogue-key", "fake-catalogueKey"), ("x-desk-key", "fake-deskKey"));
    let token = ("authorization", "Bearer fake-login~records.read");
    check("/labels", &[catalogue, desk], 200).await;
    check("/labels", &[catalogue], 401).await;
    check("/labels", &[desk], 401).await;
    check("/records", &[desk, token], 200).await;
    check("/records", &[desk], 401).await;
    let (guard, certificate) = (
        ("authorization", "Basic Z3VhcmQ6ZmFrZS1ndWFyZA=="),
        ("x-client-certificate", "fake-certificate"),
    );
    check("/vault", &[guard, certificate], 200).await;
    check("/vault", &[guard], 401).await;
    check("/vault", &[certificate], 401).await;
}

#[tokio::test]
async fn a_valid_credential_without_a_required_scope_is_forbidden() {
    let token = |value: &'static str| [("authorization", value)];
    check("/records/move", &token("Bearer fake-login~records.read~records.write"), 200).await;
    check("/records/move", &token("Bearer fake-login~records.write"), 403).await;
    check("/records/move", &token("Bearer fake-login"), 403).await;
    check("/records/move", &token("Bearer fake-badge"), 401).await;
    check("/records/audit", &token("Bearer fake-login~records.read"), 403).await;
    check("/profile", &token("Bearer fake-login"), 200).await;
    check("/loans", &token("Bearer fake-member~loans"), 403).await;
    check("/shelves", &[("x-permit", "fake-permit")], 403).await;
    check("/shelves", &[("x-permit", "fake-permit~shelves.move")], 200).await;
}

#[tokio::test]
async fn a_wrong_optional_credential_is_not_ignored() {
    check("/visits", &[], 200).await;
    check("/visits", &[("x-catalogue-key", "fake-catalogueKey")], 200).await;
    check("/visits", &[("x-catalogue-key", "fake-stranger")], 401).await;
    // This isn't a credential of this operation.
    check("/visits", &[("x-desk-key", "fake-stranger")], 200).await;
    check("/notice", &[("x-catalogue-key", "fake-stranger")], 200).await;
}

scopes! {
    struct Claimed for Login: RecordsRead;
    struct Moving for Login: RecordsRead, RecordsWrite;
}

/// Creates a client for the server, with these credentials.
fn client<K: Credential>(server: &Running, credentials: K) -> Client<K> {
    Client::builder(credentials).origin(&server.origin()).unwrap().build().unwrap()
}

#[track_caller]
fn check_error<T: Debug>(result: Result<T, Error>, status: StatusCode, advice: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Refused(status));
    assert!(error.to_string().ends_with(&format!("; {advice}")), "{error}");
    assert!(!format!("{error} {error:?} {error:#?}").contains("fake-"), "{error:?}");
}

/// A program can declare scopes that its token lacks. The server then rejects the call, and the error says what to
/// check.
#[tokio::test]
async fn the_server_rejects_a_token_that_lacks_a_declared_scope() {
    let server = Running::start().await.unwrap();
    let login = Login::<Claimed>::new(secret("login", &[])).unwrap();
    let wrong = CatalogueKey::new("fake-stranger").unwrap();
    let client = client(&server, Credentials::new().login(login).catalogue_key(wrong));
    check_error(
        client.desk().list_records().await,
        StatusCode::FORBIDDEN,
        "sent: login [records.read]; check that the credential was granted this scope",
    );
    check_error(client.desk().read_counters().await, StatusCode::UNAUTHORIZED, GENERAL);
    check_error(
        client.desk().count_visits().await,
        StatusCode::UNAUTHORIZED,
        &format!("sent: catalogueKey; {GENERAL}"),
    );
}

#[tokio::test]
async fn an_error_names_the_scopes_that_the_token_may_lack() {
    let server = Running::start().await.unwrap();
    let login = Login::<Moving>::new(secret("login", &["records.read"])).unwrap();
    let client = client(&server, Credentials::new().login(login));
    check_error(
        client.desk().move_records().await,
        StatusCode::FORBIDDEN,
        "the operation requires login [records.read, records.write]: check that the credential was granted these \
         scopes",
    );
}

/// The credentials meet two alternatives. The client sends the keys of the first alternative, so the error names the
/// keys.
#[tokio::test]
async fn an_error_names_the_rejected_alternative() {
    let server = Running::start().await.unwrap();
    let credentials = Credentials::new()
        .catalogue_key(CatalogueKey::new("fake-stranger").unwrap())
        .desk_key(DeskKey::new(secret("deskKey", &[])).unwrap())
        .login(Login::<Claimed>::new(secret("login", &["records.read"])).unwrap());
    let client = client(&server, credentials);
    check_error(
        client.desk().list_records().await,
        StatusCode::UNAUTHORIZED,
        &format!("sent: catalogueKey and deskKey; {GENERAL}"),
    );
    check_error(client.desk().print_labels().await, StatusCode::UNAUTHORIZED, GENERAL);
}
