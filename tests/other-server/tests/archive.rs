//! Tests the generated client and the generated server over a real connection: each operation with
//! each of its alternatives.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod visit;

use other_api::archive::Client;
use other_api::archive::credentials::{
    Badge, CatalogueKey, Certificate, Credentials, DeskKey, Guard, Kiosk, Login, Member, Permit,
    Seal, Visit,
};
use other_api::archive::scopes::login::{RecordsAudit, RecordsRead, RecordsWrite};
use other_api::archive::scopes::member::{Loans, Renewals};
use other_api::archive::scopes::permit::ShelvesMove;
use other_api::archive::scopes::scopes;
use other_api::{HeaderName, HeaderValue};
use other_server::archive::{Running, USER, secret};
use visit::{Wax, visit};

scopes! { struct Reading for Login: RecordsRead; }
scopes! { struct Moving for Login: RecordsRead, RecordsWrite; }
scopes! { struct Auditing for Login: RecordsAudit; }
scopes! { struct Writing for Login: RecordsWrite; }
scopes! { struct Lending for Member: Loans, Renewals; }
scopes! { struct Carrying for Permit: ShelvesMove; }

fn badge() -> Badge {
    Badge::new(secret("badge", &[])).unwrap()
}

fn catalogue_key() -> CatalogueKey {
    CatalogueKey::new(secret("catalogueKey", &[])).unwrap()
}

fn desk_key() -> DeskKey {
    DeskKey::new(secret("deskKey", &[])).unwrap()
}

fn guard() -> Guard {
    Guard::new(USER, secret("guard", &[])).unwrap()
}

fn kiosk() -> Kiosk {
    Kiosk::new(secret("kiosk", &[])).unwrap()
}

fn session() -> Visit {
    Visit::new(secret("visit", &[])).unwrap()
}

fn login<S>(scopes: &[&str]) -> Login<S>
where
    S: openapi_keys_runtime::logic::Scopes<Login>,
{
    Login::new(secret("login", scopes)).unwrap()
}

#[tokio::test]
async fn keys_in_headers_work_alone_and_together() {
    let server = Running::start().await.unwrap();
    let key = || Credentials::new().catalogue_key(catalogue_key());
    let seen = visit(&server, key(), |client| client.desk().read_counters()).await;
    seen.is("catalogueKey", &["catalogueKey"]);
    assert_eq!(seen.entry.header("x-catalogue-key"), Some("fake-catalogueKey"));

    let both = || key().desk_key(desk_key());
    visit(&server, both(), |client| client.desk().print_labels())
        .await
        .is("catalogueKey and deskKey", &["catalogueKey", "deskKey"]);
    // The other key isn't required, so it isn't sent.
    visit(&server, both(), |client| client.desk().read_counters())
        .await
        .is("catalogueKey", &["catalogueKey"]);
}

#[tokio::test]
async fn no_credential_is_sent_to_an_open_operation() {
    let server = Running::start().await.unwrap();
    let all = Credentials::new().badge(badge()).catalogue_key(catalogue_key()).kiosk(kiosk());
    visit(&server, all, |client| client.desk().read_notice()).await.is("not asked", &[]);
    visit(&server, Credentials::new(), |client| client.desk().read_notice())
        .await
        .is("not asked", &[]);
}

#[tokio::test]
async fn an_optional_credential_is_sent_if_the_client_holds_it() {
    let server = Running::start().await.unwrap();
    let key = Credentials::new().catalogue_key(catalogue_key());
    visit(&server, key, |client| client.desk().count_visits())
        .await
        .is("catalogueKey", &["catalogueKey"]);
    visit(&server, Credentials::new(), |client| client.desk().count_visits())
        .await
        .is("anyone", &[]);
    let other = Credentials::new().badge(badge()).desk_key(desk_key());
    visit(&server, other, |client| client.desk().count_visits()).await.is("anyone", &[]);
}

#[tokio::test]
async fn either_alternative_works_and_the_first_takes_precedence() {
    let server = Running::start().await.unwrap();
    let keys = || Credentials::new().catalogue_key(catalogue_key()).desk_key(desk_key());
    let token = || login::<Reading>(&["records.read"]);
    let by_keys = "CatalogueKeyAndDeskKey: catalogueKey and deskKey";
    let by_token = "LoginWithRecordsRead: login [records.read]";
    visit(&server, keys(), |client| client.desk().list_records())
        .await
        .is(by_keys, &["catalogueKey", "deskKey"]);
    visit(&server, Credentials::new().login(token()), |client| client.desk().list_records())
        .await
        .is(by_token, &["login"]);
    visit(&server, keys().login(token()), |client| client.desk().list_records())
        .await
        .is(by_keys, &["catalogueKey", "deskKey"]);
    // The catalogue key alone doesn't meet an alternative, so it isn't sent with the token.
    let key = Credentials::new().catalogue_key(catalogue_key()).login(token());
    visit(&server, key, |client| client.desk().list_records()).await.is(by_token, &["login"]);
}

#[tokio::test]
async fn tokens_work_with_their_scopes() {
    let server = Running::start().await.unwrap();
    let moving = || Credentials::new().login(login::<Moving>(&["records.read", "records.write"]));
    visit(&server, moving(), |client| client.desk().move_records())
        .await
        .is("login [records.read, records.write]", &["login"]);
    // This alternative is first in the document, and last in the enum.
    let by_write = "LoginWithRecordsWrite: login [records.write]";
    visit(&server, moving(), |client| client.desk().audit_records()).await.is(by_write, &["login"]);
    let writing = Credentials::new().login(login::<Writing>(&["records.write"]));
    visit(&server, writing, |client| client.desk().audit_records()).await.is(by_write, &["login"]);
    let auditing = Credentials::new().login(login::<Auditing>(&["records.audit"]));
    visit(&server, auditing, |client| client.desk().audit_records())
        .await
        .is("LoginWithRecordsAudit: login [records.audit]", &["login"]);
    let bare = Credentials::new().login(login::<()>(&[]));
    let seen = visit(&server, bare, |client| client.desk().read_profile()).await;
    seen.is("login", &["login"]);
    assert_eq!(seen.entry.header("authorization"), Some("Bearer fake-login"));

    let member = Member::<Lending>::new(secret("member", &["loans", "renewals"])).unwrap();
    visit(&server, Credentials::new().member(member), |client| client.desk().request_loans())
        .await
        .is("member [loans, renewals]", &["member"]);
    let permit = Permit::<Carrying>::new(secret("permit", &["shelves.move"])).unwrap();
    let seen =
        visit(&server, Credentials::new().permit(permit), |client| client.desk().move_shelves())
            .await;
    seen.is("permit [shelves.move]", &["permit"]);
    assert_eq!(seen.entry.header("x-permit"), Some("fake-permit~shelves.move"));
}

#[tokio::test]
async fn doors_open_with_any_of_three_credentials() {
    let server = Running::start().await.unwrap();
    let open = Credentials::new;
    visit(&server, open().badge(badge()), |client| client.desk().open_doors())
        .await
        .is("Badge: badge", &["badge"]);
    visit(&server, open().guard(guard()), |client| client.desk().open_doors())
        .await
        .is("Guard: guard", &["guard"]);
    visit(&server, open().kiosk(kiosk()), |client| client.desk().open_doors())
        .await
        .is("Kiosk: kiosk", &["kiosk"]);
    visit(&server, open().guard(guard()).kiosk(kiosk()), |client| client.desk().open_doors())
        .await
        .is("Guard: guard", &["guard"]);
}

#[tokio::test]
async fn bearer_and_basic_are_sent_in_authorization() {
    let server = Running::start().await.unwrap();
    let seen =
        visit(&server, Credentials::new().badge(badge()), |client| client.desk().switch_lamps())
            .await;
    seen.is("badge", &["badge"]);
    assert_eq!(seen.entry.header("authorization"), Some("Bearer fake-badge"));
    let seen =
        visit(&server, Credentials::new().guard(guard()), |client| client.desk().start_rounds())
            .await;
    seen.is("guard", &["guard"]);
    assert_eq!(seen.entry.header("authorization"), Some("Basic Z3VhcmQ6ZmFrZS1ndWFyZA=="));
}

#[tokio::test]
async fn a_custom_scheme_creates_its_own_header() {
    let server = Running::start().await.unwrap();
    let seal = Seal::new(Wax(secret("seal", &[])));
    let seen =
        visit(&server, Credentials::new().seal(seal), |client| client.desk().sign_wire()).await;
    seen.is("seal", &["seal"]);
    assert_eq!(seen.entry.header("authorization"), Some("Seal fake-seal"));
}

#[tokio::test]
async fn keys_in_the_query_and_in_cookies_arrive() {
    let server = Running::start().await.unwrap();
    let seen =
        visit(&server, Credentials::new().kiosk(kiosk()), |client| client.desk().read_maps()).await;
    seen.is("kiosk", &["kiosk"]);
    assert_eq!(seen.entry.query, "kiosk=fake-kiosk");
    let seen =
        visit(&server, Credentials::new().visit(session()), |client| client.desk().read_session())
            .await;
    seen.is("visit", &["visit"]);
    assert_eq!(seen.entry.header("cookie"), Some("visit=fake-visit"));

    let all = Credentials::new().badge(badge()).kiosk(kiosk()).visit(session()).guard(guard());
    let seen = visit(&server, all, |client| client.desk().start_tour()).await;
    seen.is("badge and kiosk and visit", &["badge", "kiosk", "visit"]);
}

/// The client sends the header that a TLS terminator would add. The server trusts this header.
#[tokio::test]
async fn a_certificate_works_together_with_a_sent_credential() {
    let server = Running::start().await.unwrap();
    let credentials = Credentials::new().certificate(Certificate::presented()).guard(guard());
    let builder = Client::builder(credentials).origin(&server.origin()).unwrap();
    let name = HeaderName::from_static("x-client-certificate");
    let terminated =
        builder.clone().default_header(name, HeaderValue::from_static("fake-certificate"));
    let receipt = terminated.build().unwrap().desk().open_vault().await.unwrap();
    assert_eq!(receipt.met, "certificate and guard");
    // The declaration alone doesn't authenticate the client.
    let error = builder.build().unwrap().desk().open_vault().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    let schemes = server.requests().pop().unwrap().schemes();
    assert_eq!(schemes.into_iter().collect::<Vec<_>>(), ["guard"]);
}
