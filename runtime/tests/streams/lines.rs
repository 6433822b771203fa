//! Tests JSON values, one per line, and sequences of RFC 7464.

use std::future::ready;

use openapi_keys_runtime::{Body, ErrorKind, JsonLines, Outcome, StatusCode};

use super::server::{Server, chunk, chunked};
use super::steps::{self, Chunk, Fails, Step, Yield};
use super::{LIST, LinesCall, Reading, reading};

const TYPE: &str = "application/x-ndjson";

async fn all(mut lines: JsonLines<Reading>) -> Vec<Result<Reading, ErrorKind>> {
    let mut found = Vec::new();
    while let Some(value) = lines.next().await {
        found.push(value.map_err(|error| error.kind()));
    }
    assert!(lines.next().await.is_none(), "nothing follows the end");
    found
}

async fn check(body: &[Step], expected: &[Result<i32, ErrorKind>]) {
    let expected: Vec<_> = expected.iter().map(|it| it.map(reading)).collect();
    let lines = LinesCall::new(&steps::core(TYPE, body), &LIST).await.unwrap();
    assert_eq!(all(lines).await, expected, "{body:?}");
}

#[tokio::test]
async fn each_line_is_a_value() {
    check(&[Chunk("{\"degrees\":1}\n{\"degrees\":2}\n")], &[Ok(1), Ok(2)]).await;
    check(&[Chunk("\n\r\n {\"degrees\":1} \r\n\t\n\n{\"degrees\":2}")], &[Ok(1), Ok(2)]).await;
    check(&[Chunk("{\"degrees\":1"), Chunk("}"), Chunk("\n{")], &[Ok(1), Err(ErrorKind::JsonCut)])
        .await;
    check(&[Chunk("\u{feff}{\"degrees\":1}\n")], &[Ok(1)]).await;
    check(&[], &[]).await;
    check(&[Chunk("\n \n")], &[]).await;
}

#[tokio::test]
async fn an_invalid_line_is_an_error_and_later_lines_still_arrive() {
    let body = [Chunk("{\"degrees\":{}}\n{\n}\n{\"degrees\":\"2\"}\n[]\n{\"degrees\":3}\n")];
    let errors = [Err(ErrorKind::JsonCut), Err(ErrorKind::NotJson)];
    let [cut, not_json] = errors;
    check(&body, &[Err(ErrorKind::Decode), cut, not_json, Ok(2), Err(ErrorKind::Decode), Ok(3)])
        .await;
}

/// Unlike lines, the values of a sequence may contain line breaks.
#[tokio::test]
async fn a_sequence_of_rfc_7464_is_read() {
    check(
        &[
            Chunk("\u{1e}{\n  \"degrees\": 1\n"),
            Chunk("}\n\u{1e}{\"degrees\":2}"),
            Chunk("\n\u{1e}\u{1e}{\"degr\u{1e}{\"degrees\":3}\n"),
        ],
        &[Ok(1), Ok(2), Err(ErrorKind::JsonCut), Ok(3)],
    )
    .await;
}

#[tokio::test]
async fn a_broken_connection_is_reported_last_and_half_a_line_is_not_a_value() {
    check(&[Chunk("{\"degrees\":1}\n{\"degrees\":2}"), Fails], &[Ok(1), Err(ErrorKind::BodyCut)])
        .await;
    let server = Server::responding([&*chunked(TYPE), &chunk("{\"degrees\":1}\n{\"deg")].concat());
    let lines = LinesCall::new(&super::core(&server), &LIST).await.unwrap();
    assert_eq!(all(lines).await, [Ok(reading(1)), Err(ErrorKind::BodyCut)]);
}

#[tokio::test]
async fn the_size_of_a_line_is_limited_but_not_the_number_of_lines() {
    let line = |length: usize| format!("{{\"degrees\":1{}}}\n", " ".repeat(length - 13));
    for (body, count, end) in [
        (line(1000).repeat(100), 100, None),
        (line(20) + &line(1001) + &line(20), 1, Some(ErrorKind::BodyTooLarge)),
        (line(20) + "{" + &" ".repeat(1000), 1, Some(ErrorKind::BodyTooLarge)),
        ("\n".repeat(5000) + &line(20), 1, None),
    ] {
        let body = Body::from(body);
        let core = steps::with_body(TYPE, body).max_response_bytes(1000).build().unwrap();
        let found = all(LinesCall::new(&core, &LIST).await.unwrap()).await;
        let (values, errors): (Vec<_>, Vec<_>) = found.iter().partition(|it| it.is_ok());
        assert_eq!(values.len(), count);
        assert_eq!(errors.first().map(|it| *it.as_ref().unwrap_err()), end);
    }
}

#[tokio::test]
async fn an_error_names_the_operation_and_not_the_value() {
    let core = steps::core(TYPE, &[Chunk("{\"degrees\":\"hunter2\"}\n")]);
    let mut lines = LinesCall::new(&core, &LIST).await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Decode, Outcome::Unknown));
    assert_eq!(
        (error.operation_id(), error.status()),
        (Some("listReadings"), Some(StatusCode::OK))
    );
    assert!(!format!("{error} {error:?} {error:#?}").contains("hunter2"));
}

#[tokio::test]
async fn no_value_is_lost_if_next_is_dropped() {
    let body = [Yield, Chunk("{\"deg"), Yield, Chunk("rees\":1}\n{\"degrees\":2}\n"), Yield];
    let mut lines = LinesCall::new(&steps::core(TYPE, &body), &LIST).await.unwrap();
    let (mut found, mut dropped) = (Vec::new(), 0);
    loop {
        tokio::select! {
            biased;
            value = lines.next() => match value {
                Some(value) => found.push(value.unwrap().degrees),
                None => break,
            },
            () = ready(()) => dropped += 1,
        }
    }
    assert_eq!((found, dropped), (vec![1, 2], 3));
}
