//! A server that returns the values of the request, and a transport that sends a client's requests to it.

use std::sync::{Arc, Mutex};

use axum::body::to_bytes;
use axum::http::{Request, Response, StatusCode};
use openapi_keys_runtime::{Body, BoxFuture, Bytes, SecurityScheme, Transport, TransportError};
use other_api::catalogue::SECURITY_SCHEMES;
use other_api::scope::Credential;
use other_api::types::{
    Book, BookChanges, BookList, Condition, Count, Kind, Loans, Repeat, Revision,
};
use other_api::{Client, Timestamp};
use other_server::generated::server::answers::{Accepted, Created, NoContent};
use other_server::generated::server::identities::Known;
use other_server::generated::server::services::{Books, Health, Loans as LoansService};
use other_server::runtime::{Authority, Identity, Presented, Refusal};
use other_server::{Services, router};
use serde_json::{Value, json};
use tower_service::Service;

type Outcome<T> = Result<T, Refusal>;

/// A library that returns the values of the request.
pub(crate) struct Echo;

impl Authority for Echo {
    fn schemes(&self) -> &'static [SecurityScheme] {
        SECURITY_SCHEMES
    }

    fn scopes(&self, scheme: &SecurityScheme, presented: &Presented<'_>) -> Option<Vec<String>> {
        let expected = format!("fake-{}", scheme.name);
        (*presented == Presented::Key(&expected)).then(Vec::new)
    }
}

fn loans(words: Value) -> Outcome<Loans> {
    Ok(serde_json::from_value(json!({ "loans": words })).unwrap())
}

impl Books for Echo {
    async fn search_books(
        &self,
        title: String,
        _: Option<u16>,
        _: Option<Kind>,
        _: Option<String>,
    ) -> Outcome<BookList> {
        Ok(BookList::new(vec![Book::new(other_api::types::BookRequired {
            isbn: "1".to_owned(),
            title,
            authors: Vec::new(),
            condition: Condition::Fine,
            pages: 1,
        })]))
    }

    async fn add_book(&self, _: &Identity, book: Book) -> Outcome<Created<Book>> {
        Ok(Created(book))
    }

    async fn revise_book(
        &self,
        _: &Identity,
        _: String,
        body: BookChanges,
    ) -> Outcome<Accepted<Revision>> {
        Ok(Accepted(Revision::new(serde_json::to_string(&body).unwrap())))
    }

    async fn remove_book_copy(
        &self,
        _: &Identity,
        _: String,
        _: u32,
        _: String,
    ) -> Outcome<NoContent> {
        Ok(NoContent)
    }
}

impl LoansService for Echo {
    async fn list_loans(&self, caller: &Known) -> Outcome<Loans> {
        let variant = match caller {
            Known::Reader(_) => "Reader",
            Known::BranchAndStaff(_) => "BranchAndStaff",
        };
        loans(json!({ "as": caller.identity().met.to_string(), "variant": variant }))
    }

    async fn find_loans(
        &self,
        _: &Known,
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

    async fn clone(&self, condition: Condition, body: Repeat) -> Outcome<Loans> {
        loans(json!({ "condition": condition.to_string(), "at": body.at.to_string() }))
    }

    async fn platform(&self) -> Outcome<Count> {
        Ok(Count::new(7))
    }

    async fn check_loans_of_region(&self) -> Outcome<NoContent> {
        Ok(NoContent)
    }
}

impl Health for Echo {
    async fn health(&self, _: Option<&Identity>) -> Outcome<()> {
        Ok(())
    }
}

/// A response as the server sent it.
pub(crate) type Raw = (StatusCode, String);

/// A request as the client sent it, and the response.
pub(crate) type Exchange = (Request<Bytes>, Raw);

/// A transport that passes a client's requests to the router in the same process, and the router's responses back to
/// the client.
#[derive(Clone, Default)]
pub(crate) struct InProcess(Arc<Mutex<Vec<Exchange>>>);

impl InProcess {
    /// Returns a client that uses this credential and sends its requests to this server.
    pub(crate) fn client<K: Credential>(&self, credential: K) -> Client<K> {
        Client::builder(credential).transport(self.clone()).build().unwrap()
    }

    /// Returns the last request, and its response.
    pub(crate) fn last(&self) -> Exchange {
        self.0.lock().unwrap().last().unwrap().clone()
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = Request::from_parts(head, body.bytes().await?);
            let mut received = request.clone().map(axum::body::Body::from);
            // The first line of an HTTP/1.1 request contains only this part of the URL.
            let target = received.uri().path_and_query().unwrap().clone();
            *received.uri_mut() = target.into();
            let response =
                router(Arc::new(Echo), Services { books: Echo, loans: Echo, health: Echo })
                    .call(received)
                    .await
                    .unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            self.0.lock().unwrap().push((request, (parts.status, text)));
            Ok(Response::from_parts(parts, Body::full(bytes)))
        })
    }
}
