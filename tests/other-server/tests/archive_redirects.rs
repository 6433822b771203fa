//! Tests that a redirect is an error, and that no part of a request is sent to the redirect's
//! target.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::net::Ipv4Addr;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::IntoResponse;
use other_api::archive::credentials::{Badge, CatalogueKey, Credential, Credentials, Kiosk, Visit};
use other_api::archive::{Client, types::Receipt};
use other_api::{Error, ErrorKind};
use other_server::archive::{Running, secret};
use tokio::net::TcpListener;

/// Starts a server that redirects every request to the same path on a different server, and returns
/// its origin.
async fn redirecting(to: String, status: StatusCode) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(move |uri: Uri| async move {
        let location = HeaderValue::try_from(format!("{to}{uri}")).unwrap();
        (status, [("location", location)]).into_response()
    });
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    origin
}

async fn stays<K, F>(credentials: impl Fn() -> K, call: impl Fn(&Client<K>) -> F)
where
    K: Credential,
    F: Future<Output = Result<Receipt, Error>>,
{
    for status in [301, 302, 303, 307, 308].map(|status| StatusCode::from_u16(status).unwrap()) {
        let server = Running::start().await.unwrap();
        let origin = redirecting(server.origin(), status).await;
        let builder = Client::builder(credentials()).origin(&origin).unwrap();
        let error = call(&builder.build().unwrap()).await.unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
        assert_ne!(error.kind(), ErrorKind::Setup);
        assert_eq!(server.requests(), [], "{status} was followed");
        assert!(!format!("{error} {error:?}").contains("fake-"), "{error:?}");
        // The same call works without the redirect.
        let direct = Client::builder(credentials()).origin(&server.origin()).unwrap();
        call(&direct.build().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_in_a_header_is_not_forwarded() {
    let key = || CatalogueKey::new(secret("catalogueKey", &[])).unwrap();
    stays(|| Credentials::new().catalogue_key(key()), |client| client.desk().read_counters()).await;
}

#[tokio::test]
async fn a_key_in_the_query_is_not_forwarded() {
    let kiosk = || Kiosk::new(secret("kiosk", &[])).unwrap();
    stays(|| Credentials::new().kiosk(kiosk()), |client| client.desk().read_maps()).await;
}

#[tokio::test]
async fn a_cookie_is_not_forwarded() {
    let visit = || Visit::new(secret("visit", &[])).unwrap();
    stays(|| Credentials::new().visit(visit()), |client| client.desk().read_session()).await;
}

#[tokio::test]
async fn a_token_is_not_forwarded() {
    let badge = || Badge::new(secret("badge", &[])).unwrap();
    stays(|| Credentials::new().badge(badge()), |client| client.desk().switch_lamps()).await;
}

#[tokio::test]
async fn a_request_without_a_credential_is_not_forwarded() {
    stays(Credentials::new, |client| client.desk().read_notice()).await;
}
