//! Tests tokens from a token endpoint: the OAuth 2 flows, from the first call to a revoked token.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::sync::{Arc, Mutex};

use openapi_keys_runtime::logic::{Scopes, names};
use openapi_keys_runtime::token::{ClientCredentials, RefreshToken, TokenSource};
use other_api::archive::Client;
use other_api::archive::credentials::{Credential, Credentials, Login};
use other_api::archive::scopes::login::{RecordsRead, RecordsWrite};
use other_api::archive::scopes::scopes;
use other_api::{ErrorKind, Outcome};
use other_server::archive::{
    CLIENT, CLIENT_SECRET, Entry, FIRST_REFRESH_TOKEN, Running, TokenRequest,
};

scopes! { struct Moving for Login: RecordsWrite, RecordsRead; }
scopes! { struct Reading for Login: RecordsRead; }

/// Creates a login that requests tokens from the test server instead of the document's token
/// endpoint.
fn by_client_credentials<S: Scopes<Login>>(server: &Running, secret: &str) -> Login<S> {
    let url = format!("{}/token", server.origin());
    let login = ClientCredentials::new(url, CLIENT, secret).scopes(names::<Login, S>());
    Login::from_source(TokenSource::client_credentials(login).unwrap())
}

fn client<K: Credential>(server: &Running, credentials: K) -> Client<K> {
    Client::builder(credentials).origin(&server.origin()).unwrap().build().unwrap()
}

fn asked(grant: &str, scopes: &[&str]) -> TokenRequest {
    TokenRequest {
        grant: grant.to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

fn paths(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.path.as_str()).collect()
}

#[tokio::test]
async fn a_program_requests_the_scopes_that_it_declares_and_no_others() {
    let server = Running::start().await.unwrap();
    let login = by_client_credentials::<Moving>(&server, CLIENT_SECRET);
    let client = client(&server, Credentials::new().login(login));
    assert_eq!(server.requests(), [], "nothing is sent before the first call");
    client.desk().read_notice().await.unwrap();
    assert_eq!(
        paths(&server.requests()),
        ["/notice"],
        "a call that needs no token doesn't request one"
    );
    let moved = client.desk().move_records().await.unwrap();
    assert_eq!(moved.met, "login [records.read, records.write]");
    // This operation requires only one of the token's two scopes, so no second token is requested.
    let listed = client.desk().list_records().await.unwrap();
    assert_eq!(listed.met, "LoginWithRecordsRead: login [records.read]");
    let requests = server.requests();
    assert_eq!(paths(&requests), ["/notice", "/token", "/records/move", "/records"]);
    let mut scopes = server.login().requests();
    scopes[0].scopes.sort();
    assert_eq!(scopes, [asked("client_credentials", &["records.read", "records.write"])]);
    let token = "Bearer fake-login~";
    for entry in &requests[2..] {
        assert!(entry.header("authorization").unwrap().starts_with(token), "{entry:?}");
    }
    let to_the_endpoint = requests[1].header("authorization").unwrap();
    assert!(to_the_endpoint.starts_with("Basic "), "{to_the_endpoint}");
    assert!(requests[1].schemes().is_empty(), "no API credential is sent to the endpoint");
}

#[tokio::test]
async fn nothing_is_sent_to_the_api_if_the_endpoint_rejects_the_secret() {
    let server = Running::start().await.unwrap();
    let login = by_client_credentials::<Reading>(&server, "fake-stranger");
    let client = client(&server, Credentials::new().login(login));
    let error = client.desk().list_records().await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Authentication, Outcome::NotSent));
    assert!(error.to_string().contains("invalid_client"), "{error}");
    assert!(!format!("{error} {error:?}").contains("fake-stranger"), "{error:?}");
    assert!(paths(&server.requests()).iter().all(|path| *path == "/token"));
}

#[tokio::test]
async fn a_revoked_token_is_replaced_by_the_next_call() {
    let server = Running::start().await.unwrap();
    let login = by_client_credentials::<Reading>(&server, CLIENT_SECRET);
    let client = client(&server, Credentials::new().login(login));
    client.desk().list_records().await.unwrap();
    let sent = server.requests().pop().unwrap();
    let token = sent.header("authorization").unwrap().strip_prefix("Bearer ").unwrap().to_owned();
    server.login().revoke(&token);
    let error = client.desk().list_records().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert!(!format!("{error} {error:?}").contains(&token), "{error:?}");
    client.desk().list_records().await.unwrap();
    let expected = ["/token", "/records", "/records", "/token", "/records"];
    assert_eq!(paths(&server.requests()), expected);
}

#[tokio::test]
async fn each_use_replaces_the_refresh_token_and_reports_the_new_one() {
    let server = Running::start().await.unwrap();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let url = format!("{}/refresh", server.origin());
    let refresh = RefreshToken::new(url, CLIENT, FIRST_REFRESH_TOKEN)
        .scopes(names::<Login, Reading>())
        .on_rotation({
            let kept = Arc::clone(&kept);
            move |token| kept.lock().unwrap().push(token.expose_secret().to_owned())
        });
    let login = Login::<Reading>::from_source(TokenSource::refresh_token(refresh).unwrap());
    let client = client(&server, Credentials::new().login(login));
    for _ in 0..2 {
        let receipt = client.desk().list_records().await.unwrap();
        assert_eq!(receipt.met, "LoginWithRecordsRead: login [records.read]");
    }
    server.login().revoke("fake-login~records.read~number-1");
    client.desk().list_records().await.unwrap_err();
    client.desk().list_records().await.unwrap();
    let asked = asked("refresh_token", &["records.read"]);
    assert_eq!(server.login().requests(), [asked.clone(), asked]);
    assert_eq!(*kept.lock().unwrap(), ["fake-refresh-1", "fake-refresh-2"]);
    for entry in server.requests() {
        let all = format!("{entry:?}");
        assert!(
            !all.contains("fake-refresh"),
            "a refresh token must be only in the bodies of token requests: {all}"
        );
    }
}

#[tokio::test]
async fn clones_share_one_token() {
    let server = Running::start().await.unwrap();
    let login = by_client_credentials::<Reading>(&server, CLIENT_SECRET);
    let credentials = Credentials::new().login(login);
    let (one, other) = (client(&server, credentials.clone()), client(&server, credentials));
    one.desk().list_records().await.unwrap();
    other.desk().list_records().await.unwrap();
    one.clone().desk().read_profile().await.unwrap();
    assert_eq!(server.login().requests().len(), 1);
}
