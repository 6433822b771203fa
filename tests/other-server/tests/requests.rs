//! The generated server on requests that the generated client has built: what one writes the other reads.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod library;

use axum::http::StatusCode;
use library::{STAFF, send};
use other_api::operations::Region;
use other_api::types::{Condition, Kind, Repeat, RepeatRequired};
use other_api::{Client, Reader, Staff, Timestamp, Visitor};
use serde_json::{Value, json};

const READER: &[(&str, &str)] = &[("x-reader", "fake-reader")];

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn parameters_of_every_type_arrive_as_they_were_given() {
    let client = Client::new(Reader).unwrap();
    let (since, at) = (time("2031-01-31T00:00:00Z"), time("2031-03-01T12:00:00+00:00Z"));
    let mark = "A & B".to_owned();
    let call = client
        .loans()
        .find(Condition::Worn, &since, "globe".into(), 2.5, true, &mark)
        .x_at(&at)
        .x_pages(-3)
        .into_call();
    let (status, body) = send(call, READER).await;
    assert_eq!(status, StatusCode::OK, "{body}");
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
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
}

#[tokio::test]
async fn a_value_of_another_type_is_refused() {
    let client = Client::new(Reader).unwrap();
    let since = time("2031-01-31T00:00:00Z");
    let mut call = client
        .loans()
        .find(Condition::Worn, &since, Kind::Novel, 2.0, true, &"A".to_owned())
        .into_call();
    let request = call.request.as_mut().unwrap();
    let query = request.url().query().unwrap().replace("00%3A00Z", "noon");
    request.url_mut().set_query(Some(&query));
    let (status, body) = send(call, READER).await;
    assert_eq!((status, body.as_str()), (StatusCode::BAD_REQUEST, "since: a time ends in `Z`"));
}

#[tokio::test]
async fn the_first_alternative_that_is_met_decides() {
    let client = Client::new(Staff).unwrap();
    for (headers, expected) in [
        (READER, Ok("reader")),
        (STAFF, Ok("branch and staff")),
        (&[("x-staff", "fake-staff")][..], Err(StatusCode::UNAUTHORIZED)),
        (&[("x-reader", "another")][..], Err(StatusCode::UNAUTHORIZED)),
    ] {
        let (status, body) = send(client.loans().list(), headers).await;
        match expected {
            Ok(schemes) => assert_eq!(body, format!(r#"{{"loans":{{"as":"{schemes}"}}}}"#)),
            Err(refused) => assert_eq!(status, refused, "{headers:?}"),
        }
    }
}

#[tokio::test]
async fn an_operation_may_be_called_like_a_method_of_everything() {
    let client = Client::new(Visitor).unwrap();
    let body = Repeat::new(RepeatRequired {
        at: time("2031-01-31T00:00:00Z"),
        kind: Kind::Atlas,
        condition: Condition::Fine,
        fee: 2.0,
        mark: "A".to_owned(),
    });
    let (status, body) = send(client.loans().clone(Condition::Fine, &body), &[]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(body.contains("2031-01-31T00:00:00Z"), "{body}");
}

#[tokio::test]
async fn head_has_its_own_operation() {
    let client = Client::new(Visitor).unwrap();
    let (status, body) = send(client.loans().platform(Region::North), &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, r#"{"count":7}"#));
    let (status, body) = send(client.loans().check_of_region(Region::North), &[]).await;
    assert_eq!((status, body.as_str()), (StatusCode::NO_CONTENT, ""));
}
