//! Tests responses with bytes or text that are read completely.

use openapi_keys_runtime::{Error, ErrorKind, Outcome, StatusCode};

use super::server::{Server, chunked, response};
use super::{BytesCall, EXPORT, NOTE, TextCall, builder, core};

async fn text(response: impl AsRef<[u8]>) -> Result<String, Error> {
    let server = Server::responding(response.as_ref().to_vec());
    TextCall::new(&core(&server), &NOTE).await
}

#[tokio::test]
async fn bytes_are_returned_unchanged() {
    let mut sent = response(200, "image/png", "").replace("length: 0", "length: 5").into_bytes();
    sent.extend(b"\0\xff{\r\n");
    let server = Server::responding(sent);
    let response = BytesCall::new(&core(&server), &EXPORT).with_response().await.unwrap();
    assert_eq!(&*response.value, b"\0\xff{\r\n");
    assert_eq!(response.headers["content-type"], "image/png");
}

#[tokio::test]
async fn an_empty_body_is_an_empty_value() {
    assert_eq!(text(response(200, "text/plain", "")).await.unwrap(), "");
    assert_eq!(text("HTTP/1.1 204 No Content\r\n\r\nignored").await.unwrap(), "");
}

#[tokio::test]
async fn text_that_is_not_utf8_is_an_error() {
    for content_type in ["text/plain", "text/plain; charset=\"UTF-8\"", "text/html;charset=utf8"] {
        assert_eq!(text(response(200, content_type, "é\n")).await.unwrap(), "é\n");
    }
    let other = text(response(200, "text/plain; charset=ISO-8859-1", "abc")).await.unwrap_err();
    assert_eq!((other.kind(), other.outcome()), (ErrorKind::NotUtf8, Outcome::Unknown));
    assert!(
        other.to_string().contains("declares a charset other than UTF-8; read the bytes"),
        "{other}"
    );
    let head = response(200, "text/plain", "").replace("length: 0", "length: 2");
    let invalid = text([head.as_bytes(), b"\xff\xfe"].concat()).await.unwrap_err();
    assert_eq!(invalid.kind(), ErrorKind::NotUtf8);
}

#[tokio::test]
async fn a_value_that_is_cut_or_too_large_is_an_error() {
    let cut = text("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc").await.unwrap_err();
    assert_eq!((cut.kind(), cut.attempts()), (ErrorKind::BodyCut, 3), "a read is retried");
    let cut = text(chunked("text/plain") + "3\r\nab").await.unwrap_err();
    assert_eq!(cut.kind(), ErrorKind::BodyCut);
    let server = Server::responding(response(200, "text/plain", "abcd"));
    let core = builder(&server).max_response_bytes(3).build().unwrap();
    let bytes = BytesCall::new(&core, &EXPORT).await.unwrap_err();
    let text = TextCall::new(&core, &NOTE).await.unwrap_err();
    assert_eq!([bytes.kind(), text.kind()], [ErrorKind::BodyTooLarge; 2]);
    assert_eq!(text.status(), Some(StatusCode::OK));
}
