//! A success has the status that the document declares, and a body only if the document declares one.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod library;

use axum::http::StatusCode;
use library::{STAFF, send};
use other_api::operations::Region;
use other_api::types::{Book, BookChanges, BookRequired, Condition, Revision};
use other_api::{Client, Staff, Visitor};

#[tokio::test]
async fn a_204_has_no_body() {
    let client = Client::new(Staff).unwrap();
    #[allow(deprecated, reason = "the document calls it so, and it must still work")]
    let call = client.books().remove_copy("9783", 7, "lost");
    assert_eq!(send(call, STAFF).await, (StatusCode::NO_CONTENT, String::new()));
}

#[tokio::test]
async fn a_204_of_head_has_no_body() {
    let client = Client::new(Visitor).unwrap();
    let call = client.loans().check_of_region(Region::North);
    assert_eq!(send(call, &[]).await, (StatusCode::NO_CONTENT, String::new()));
}

#[tokio::test]
async fn a_200_without_content_has_no_body() {
    let client = Client::new(Visitor).unwrap();
    let call = client.health().health(Region::North);
    assert_eq!(send(call, &[]).await, (StatusCode::OK, String::new()));
}

#[tokio::test]
async fn a_201_and_a_202_keep_their_status_and_body() {
    let client = Client::new(Staff).unwrap();
    let book = Book::new(BookRequired {
        isbn: "1".to_owned(),
        title: "Maps".to_owned(),
        authors: Vec::new(),
        condition: Condition::Fine,
        pages: 1,
    });
    let (status, body) = send(client.books().add(&book), STAFF).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(serde_json::from_str::<Book>(&body).unwrap(), book);
    let (status, body) = send(client.books().revise("9783", &BookChanges::new()), STAFF).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(serde_json::from_str::<Revision>(&body).unwrap().body, "{}");
}
