//! Tests that a success response has the status that the document declares, and a body only if the
//! document declares one.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

mod library;

use axum::http::StatusCode;
use library::InProcess;
use other_api::operations::Region;
use other_api::types::{Book, BookRequired, Condition};
use other_api::{Staff, Visitor};

#[tokio::test]
async fn a_204_has_no_body() {
    let server = InProcess::default();
    #[allow(deprecated, reason = "deprecated operations must still work")]
    let call = server.client(Staff).books().remove_copy("9783", 7, "lost");
    assert_eq!(call.with_response().await.unwrap().status, StatusCode::NO_CONTENT);
    assert_eq!(server.last().1, (StatusCode::NO_CONTENT, String::new()));
}

#[tokio::test]
async fn a_204_to_a_head_request_has_no_body() {
    let server = InProcess::default();
    let call = server.client(Visitor).loans().check_of_region(Region::North);
    assert_eq!(call.with_response().await.unwrap().status, StatusCode::NO_CONTENT);
    assert_eq!(server.last().1, (StatusCode::NO_CONTENT, String::new()));
}

#[tokio::test]
async fn a_200_without_content_has_no_body() {
    let server = InProcess::default();
    let call = server.client(Visitor).health().health(Region::North);
    assert_eq!(call.with_response().await.unwrap().status, StatusCode::OK);
    assert_eq!(server.last().1, (StatusCode::OK, String::new()));
}

#[tokio::test]
async fn a_201_and_a_202_keep_their_status_and_body() {
    let staff = InProcess::default().client(Staff);
    let book = Book::new(BookRequired {
        isbn: "1".to_owned(),
        title: "Maps".to_owned(),
        authors: Vec::new(),
        condition: Condition::Fine,
        pages: 1,
    });
    let added = staff.books().add_from(&book).with_response().await.unwrap();
    assert_eq!((added.status, added.value), (StatusCode::CREATED, book));
    let revised = staff.books().revise("9783").with_response().await.unwrap();
    assert_eq!((revised.status, revised.value.body.as_str()), (StatusCode::ACCEPTED, "{}"));
}
