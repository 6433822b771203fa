//! The generated server on requests that the generated client has built: what one writes the other reads.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use other_api::operations::Region;
use other_api::runtime::Call;
use other_api::types::{Book, BookList, Condition, Count, Kind, Loans, Repeat, RepeatRequired};
use other_api::{Client, Reader, Staff, Timestamp, Visitor};
use other_server::runtime::{Answer, Authority, Caller, Refusal};
use other_server::{Library, router};
use serde_json::{Value, json};
use tower_service::Service;

type Outcome<T> = Result<Answer<T>, Refusal>;

/// A library that answers with what it was asked.
struct Echo;

impl Authority for Echo {
    fn accepts(&self, scheme: &str, value: &str) -> bool {
        value == format!("fake-{scheme}")
    }
}

fn loans(words: Value) -> Outcome<Loans> {
    Ok(Answer(serde_json::from_value(json!({ "loans": words })).unwrap()))
}

impl Library for Echo {
    async fn search_books(
        &self,
        _: Caller,
        title: String,
        _: Option<u16>,
        _: Option<Kind>,
        _: Option<String>,
    ) -> Outcome<BookList> {
        Ok(Answer(BookList::new(vec![Book::new(other_api::types::BookRequired {
            isbn: "1".to_owned(),
            title,
            authors: Vec::new(),
            condition: Condition::Fine,
            pages: 1,
        })])))
    }

    async fn add_book(&self, _: Caller, book: Book) -> Outcome<Book> {
        Ok(Answer(book))
    }

    async fn remove_book_copy(&self, _: Caller, _: String, _: u32, _: String) -> Outcome<()> {
        Ok(Answer(()))
    }

    async fn list_loans(&self, caller: Caller) -> Outcome<Loans> {
        loans(json!({ "as": caller.schemes.join(" and ") }))
    }

    async fn find_loans(
        &self,
        _: Caller,
        condition: Condition,
        since: Timestamp,
        kind: Kind,
        fee: f64,
        overdue: bool,
        mark: String,
        until: Option<Timestamp>,
        state: Option<Condition>,
        at: Option<Timestamp>,
        pages: Option<i32>,
    ) -> Outcome<Loans> {
        loans(json!({
            "condition": condition.to_string(),
            "since": since.to_string(),
            "kind": kind.to_string(),
            "fee": fee.to_string(),
            "overdue": overdue.to_string(),
            "mark": mark,
            "until": format!("{until:?}"),
            "state": format!("{state:?}"),
            "at": at.map(|at| at.to_string()),
            "pages": pages.map(|pages| pages.to_string()),
        }))
    }

    async fn clone(&self, _: Caller, condition: Condition, body: Repeat) -> Outcome<Loans> {
        loans(json!({ "condition": condition.to_string(), "at": body.at.to_string() }))
    }

    async fn platform(&self, _: Caller) -> Outcome<Count> {
        Ok(Answer(Count::new(7)))
    }

    async fn check_loans_of_region(&self, _: Caller) -> Outcome<()> {
        Ok(Answer(()))
    }

    async fn health(&self, _: Caller) -> Outcome<()> {
        Ok(Answer(()))
    }
}

/// Gives the server what a call would send, with these headers, and returns what comes back.
async fn send<T>(call: Call<T>, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let sent = call.request.unwrap();
    let url = sent.url();
    let target = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let body = sent.body().and_then(|body| body.as_bytes()).unwrap_or_default().to_vec();
    let mut request = Request::new(Body::from(body));
    *request.method_mut() = sent.method().clone();
    *request.uri_mut() = target.parse().unwrap();
    *request.headers_mut() = sent.headers().clone();
    for (name, value) in headers {
        let name: axum::http::HeaderName = name.parse().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let response = router(Arc::new(Echo)).call(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

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
        (&[("x-staff", "fake-staff"), ("x-branch", "fake-branch")][..], Ok("branch and staff")),
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
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
}
