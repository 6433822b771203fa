//! Tests the message of an error, and its output in a report.

use super::*;
use crate::profile::Profile;
use crate::testing::{CREATE, EITHER, GET};
use crate::wording::Wording;

static PROFILE: Profile = Profile::new("test/1")
    .wording(Wording::plain().after_unauthorized("check that the key belongs to this branch"));

fn answered(status: StatusCode, messages: &[&str]) -> Answered {
    Answered {
        status,
        headers: HeaderMap::new().into(),
        body: Vec::new(),
        messages: messages.iter().map(|&message| message.to_owned()).collect(),
        error_name: None,
        retry_after: None,
    }
}

#[track_caller]
fn check(error: Error, expected: &str) {
    let error = error.in_operation(&CREATE, "https://thing.example", &PROFILE);
    assert_eq!(error.to_string(), expected);
}

#[test]
fn an_error_is_the_size_of_a_pointer() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    fn sendable<T: Send + Sync + 'static>() {}
    sendable::<Error>();
}

#[test]
fn the_message_can_be_read_on_its_own() {
    check(
        Error::new(ErrorKind::Connect),
        "createThing (POST https://thing.example/thing/create): no connection; nothing was sent, so it is \
         safe to retry",
    );
    let refused = StatusCode::UNAUTHORIZED;
    check(
        Error::new(ErrorKind::Refused(refused))
            .with_answer(answered(refused, &["a", "b\n"]), Some(&CREATE.security[0])),
        "createThing (POST https://thing.example/thing/create): refused with 401 Unauthorized; the server says \"a\", \"b\\n\"; \
         check that the key belongs to this branch",
    );
    let failed = StatusCode::BAD_GATEWAY;
    check(
        Error::new(ErrorKind::Failed(failed)).with_answer(answered(failed, &[]), None),
        "createThing (POST https://thing.example/thing/create): the service failed with 502 Bad Gateway; the \
         request may have been executed: check before retrying",
    );
    check(
        Error::new(ErrorKind::Decode)
            .with_detail("missing field `id`")
            .with_json_path("books[0]".to_owned())
            .with_answer(answered(StatusCode::OK, &[]), None),
        "createThing (POST https://thing.example/thing/create): 200 OK, but its JSON doesn't have the \
         expected shape at `books[0]`: missing field `id`; the request may have been executed: check \
         before retrying",
    );
}

#[test]
fn a_rejected_credential_is_named_if_there_is_a_choice() {
    let refused = StatusCode::UNAUTHORIZED;
    let error = Error::new(ErrorKind::Refused(refused))
        .with_answer(answered(refused, &["unknown"]), Some(&EITHER.security[1]))
        .with_attempts(2)
        .in_operation(&EITHER, "https://thing.example", &PROFILE);
    assert_eq!(
        error.to_string(),
        "eitherThing (GET https://thing.example/either): refused with 401 Unauthorized; the server says \"unknown\", \
         after 2 attempts; sent: readerKey and branch; check that the key belongs to this branch"
    );
}

#[test]
fn a_read_is_safe_to_retry() {
    let error =
        Error::new(ErrorKind::Timeout).in_operation(&GET, "https://thing.example", &PROFILE);
    assert_eq!(
        error.to_string(),
        "getThing (GET https://thing.example/thing/{id}): no complete response in time; read-only, so it \
         is safe to retry"
    );
}

#[test]
fn more_than_one_attempt_is_reported() {
    let error = Error::new(ErrorKind::Connect).with_attempts(3);
    assert_eq!(error.attempts(), 3);
    check(
        error,
        "createThing (POST https://thing.example/thing/create): no connection, after 3 attempts; nothing was sent, \
         so it is safe to retry",
    );
    let once = Error::new(ErrorKind::Connect).with_attempts(1).to_string();
    assert!(!once.contains("attempt"), "{once}");
}

#[test]
fn debug_shows_the_start_of_the_body() {
    let mut answer = answered(StatusCode::OK, &[]);
    answer.body = vec![b'x'; 2000];
    let text = format!("{:#?}", Error::new(ErrorKind::NotJson).with_answer(answer, None));
    assert!(text.contains("xxx…"), "{text}");
    assert!(text.len() < 1000, "{text}");
}
