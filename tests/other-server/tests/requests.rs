//! Tests the generated client and the generated server together: each reads what the other writes.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod library;

use axum::http::{HeaderValue, Request, Response, StatusCode};
use library::InProcess;
use openapi_keys_runtime::{Body, BoxFuture, ErrorKind, Outcome, Transport, TransportError};
use other_api::operations::FindLoansArguments;
use other_api::operations::Region;
use other_api::scope::Credential;
use other_api::types::{Condition, Kind, Repeat, RepeatRequired};
use other_api::{Client, Reader, Staff, Timestamp, Visitor};
use serde_json::{Value, json};

/// A transport that changes requests before it forwards them.
struct Changed<F> {
    inner: InProcess,
    change: F,
}

impl<F: Fn(&mut Request<Body>) + Send + Sync> Transport for Changed<F> {
    fn send(
        &self,
        mut request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        (self.change)(&mut request);
        self.inner.send(request)
    }
}

fn changing<K: Credential>(
    server: &InProcess,
    credential: K,
    change: impl Fn(&mut Request<Body>) + Send + Sync + 'static,
) -> Client<K> {
    let transport = Changed { inner: server.clone(), change };
    Client::builder(credential).transport(transport).build().unwrap()
}

fn present_card(request: &mut Request<Body>, card: &'static str) {
    request.headers_mut().insert("x-reader", HeaderValue::from_static(card));
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn parameters_of_every_type_arrive_unchanged() {
    let server = InProcess::default();
    let reader = server.client(Reader);
    let (since, at) = (time("2031-01-31T00:00:00Z"), time("2031-03-01T12:00:00+00:00Z"));
    let mark = "A & B".to_owned();
    let found = reader
        .loans()
        .find(FindLoansArguments {
            condition: Condition::Worn,
            since,
            kind: "globe".into(),
            fee: 2.5,
            overdue: true,
            mark,
        })
        .x_at(at)
        .x_pages(-3)
        .await
        .unwrap();
    let expected = json!({ "loans": {
        "condition": "worn",
        "since": "2031-01-31T00:00:00Z",
        "kind": "globe",
        "fee": "2.5",
        "overdue": "true",
        "mark": "A & B",
        "until": "None",
        "state": "None",
        "at": "2031-03-01T12:00:00+00:00Z",
        "pages": "-3",
    }});
    assert_eq!(serde_json::to_value(&found).unwrap(), expected);
    let (status, body) = server.last().1;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
}

#[tokio::test]
async fn a_value_of_the_wrong_type_is_rejected() {
    let reader = changing(&InProcess::default(), Reader, |request| {
        let uri = request.uri().to_string().replace("00%3A00Z", "noon");
        *request.uri_mut() = uri.parse().unwrap();
    });
    let since = time("2031-01-31T00:00:00Z");
    let mark = "A".to_owned();
    let error = reader
        .loans()
        .find(FindLoansArguments {
            condition: Condition::Worn,
            since,
            kind: Kind::Novel,
            fee: 2.0,
            overdue: true,
            mark,
        })
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.body(), Some(&b"since: a time ends in `Z`"[..]));
    assert_eq!(error.messages(), ["since: a time ends in `Z`"]);
    assert_eq!(error.outcome(), Outcome::Refused);
}

#[tokio::test]
async fn a_client_sends_its_credential_but_not_to_open_operations() {
    let server = InProcess::default();
    let credentials = || {
        let headers = server.last().0.headers().clone();
        ["x-branch", "x-reader", "x-staff"].map(|name| headers.get(name).cloned())
    };
    let value = |text| Some(HeaderValue::from_static(text));
    server.client(Staff).loans().list().await.unwrap();
    assert_eq!(credentials(), [value("fake-branch"), None, value("fake-staff")]);
    server.client(Reader).loans().list().await.unwrap();
    assert_eq!(credentials(), [None, value("fake-reader"), None]);
    server.client(Staff).books().search("maps").await.unwrap();
    assert_eq!(credentials(), [None, None, None]);
    // The card is optional. The empty alternative is first in the document, but it is chosen only without a card.
    server.client(Reader).health().health(Region::North).await.unwrap();
    assert_eq!(credentials(), [None, value("fake-reader"), None]);
    server.client(Staff).health().health(Region::North).await.unwrap();
    assert_eq!(credentials(), [None, None, None]);
}

#[tokio::test]
async fn the_first_alternative_that_is_met_decides() {
    let server = InProcess::default();
    let reader = server.client(Reader).loans().list().await.unwrap();
    assert_eq!(reader.loans["as"], "reader");
    let staff = server.client(Staff).loans().list().await.unwrap();
    assert_eq!(staff.loans["as"], "branch and staff");
    assert_eq!([&reader.loans["variant"], &staff.loans["variant"]], ["Reader", "BranchAndStaff"]);
    let both = changing(&server, Staff, |request| present_card(request, "fake-reader"));
    assert_eq!(both.loans().list().await.unwrap().loans["as"], "reader");
}

#[tokio::test]
async fn a_request_that_meets_no_alternative_is_rejected() {
    let server = InProcess::default();
    let half = changing(&server, Staff, |request| {
        request.headers_mut().remove("x-branch").unwrap();
    });
    let stranger = changing(&server, Reader, |request| present_card(request, "another"));
    for error in
        [half.loans().list().await.unwrap_err(), stranger.loans().list().await.unwrap_err()]
    {
        assert_eq!(error.kind(), ErrorKind::Refused(StatusCode::UNAUTHORIZED));
        assert_eq!(error.body(), Some(&b"listLoans isn't allowed with these credentials"[..]));
    }
}

#[tokio::test]
async fn an_operation_may_have_the_name_of_a_common_method() {
    let visitor = InProcess::default().client(Visitor);
    let body = Repeat::new(RepeatRequired {
        at: time("2031-01-31T00:00:00Z"),
        kind: Kind::Atlas,
        condition: Condition::Fine,
        fee: 2.0,
        mark: "A".to_owned(),
    });
    let repeated =
        visitor.loans().clone_from(Condition::Fine, &body).with_response().await.unwrap();
    assert_eq!(repeated.status, StatusCode::OK);
    assert_eq!(repeated.value.loans["at"], "2031-01-31T00:00:00Z");
}

#[tokio::test]
async fn head_has_its_own_operation() {
    let server = InProcess::default();
    let visitor = server.client(Visitor);
    assert_eq!(visitor.loans().platform(Region::North).await.unwrap().count, 7);
    assert_eq!(server.last().1, (StatusCode::OK, r#"{"count":7}"#.to_owned()));
    visitor.loans().check_of_region(Region::North).await.unwrap();
    assert_eq!(server.last().1, (StatusCode::NO_CONTENT, String::new()));
}
