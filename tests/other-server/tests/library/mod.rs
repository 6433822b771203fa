//! A server that answers with what it was asked, and requests of the client given to it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use other_api::Timestamp;
use other_api::runtime::Call;
use other_api::types::{
    Book, BookChanges, BookList, Condition, Count, Kind, Loans, Repeat, Revision,
};
use other_server::runtime::{Answer, Authority, Caller, Refusal};
use other_server::{Library, router};
use serde_json::{Value, json};
use tower_service::Service;

type Outcome<T> = Result<Answer<T>, Refusal>;

/// A library that answers with what it was asked.
pub(crate) struct Echo;

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

    async fn revise_book(&self, _: Caller, _: String, body: BookChanges) -> Outcome<Revision> {
        Ok(Answer(Revision::new(serde_json::to_string(&body).unwrap())))
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

/// The headers of staff.
pub(crate) const STAFF: &[(&str, &str)] = &[("x-staff", "fake-staff"), ("x-branch", "fake-branch")];

/// Gives the server what a call would send, with these headers, and returns what comes back.
pub(crate) async fn send<T>(call: Call<T>, headers: &[(&str, &str)]) -> (StatusCode, String) {
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
