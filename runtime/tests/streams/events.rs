//! Tests that server-sent events are read as the HTML standard specifies (section 9.2.6), and that errors are reported.

use std::future::ready;
use std::time::Duration;

use openapi_keys_runtime::{Error, ErrorKind, Event, EventStream, Outcome, StatusCode};

use super::server::{Server, chunk, chunked};
use super::steps::{self, Chunk, Fails, Stall, Step, Yield};
use super::{EventsCall, Reading, TextEventsCall, WATCH, reading};

const TYPE: &str = "text/event-stream";

async fn watch(steps: &[Step]) -> EventStream<Reading> {
    EventsCall::new(&steps::core(TYPE, steps), &WATCH).await.unwrap()
}

async fn texts(body: &[Step]) -> EventStream<String> {
    TextEventsCall::new(&steps::core(TYPE, body), &WATCH).await.unwrap()
}

/// Returns all items of the stream: the data of each event and the kind of each error.
async fn all<T>(mut events: EventStream<T>) -> Vec<Result<T, ErrorKind>> {
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        found.push(event.map(|event| event.data).map_err(|error| error.kind()));
    }
    assert!(events.next().await.is_none(), "nothing follows the end");
    found
}

async fn check(body: &[Step], expected: &[Result<&str, ErrorKind>]) {
    let expected: Vec<_> = expected.iter().map(|it| it.map(str::to_owned)).collect();
    assert_eq!(all(texts(body).await).await, expected, "{body:?}");
}

#[tokio::test]
async fn the_details_of_the_standard_are_followed() {
    // This covers the byte order mark, comments, unknown fields, all three line endings, a single space after the
    // colon, and fields without a colon.
    check(&[Chunk("\u{feff}data: a\n\n")], &[Ok("a")]).await;
    check(&[Chunk("\u{feff}\u{feff}data: a\n\ndata: b\n\n")], &[Ok("b")]).await;
    check(&[Chunk(":\n\n: ping\n\nother: x\ndata:a\r\n\r\ndata:  b\r\r")], &[Ok("a"), Ok(" b")])
        .await;
    check(&[Chunk("data\n\ndata\ndata\n\n")], &[Ok(""), Ok("\n")]).await;
    check(&[Chunk("Data: a\n data: b\ndata : c\n\n")], &[]).await;
    check(&[Chunk("data: a\ndata: b\ndata: c:d\n\n")], &[Ok("a\nb\nc:d")]).await;
    // A line ending that is split between two chunks is one line ending.
    check(&[Chunk("data: a\r"), Chunk("\ndata: b\r"), Chunk("\n\r"), Chunk("\n")], &[Ok("a\nb")])
        .await;
}

fn event(event: &str, id: &str, retry: Option<u64>) -> (String, String, Option<Duration>) {
    (event.to_owned(), id.to_owned(), retry.map(Duration::from_millis))
}

#[tokio::test]
async fn an_event_contains_the_last_id_and_the_time_until_reconnecting() {
    let mut events = texts(&[Chunk(
        "event: add\nid: 1\nretry: 1500\ndata: a\n\n\
         data: b\n\n\
         event: none\nid: 2\nretry: 99\n\n\
         data: c\nid: x\0y\nretry: 5s\nevent:\n\n\
         id\ndata: d\nretry:\nretry: 99999999999999999999999\n\n",
    )])
    .await;
    let mut found = Vec::new();
    while let Some(next) = events.next().await {
        let Event { event, id, retry, .. } = next.unwrap();
        found.push((event, id, retry));
    }
    assert_eq!(
        found,
        [
            event("add", "1", Some(1500)),
            event("message", "1", None),
            event("message", "2", Some(99)),
            event("message", "", None),
        ]
    );
}

#[tokio::test]
async fn invalid_data_is_an_error_and_later_events_still_arrive() {
    let body = [Chunk(
        "data: {\"degrees\": 1}\n\ndata: {\"degrees\": {}}\n\ndata: {\"degrees\":\ndata: 3}\n\n\
         data: {\"deg\n\ndata: none\n\ndata:\n\ndata: {\"degrees\": \"4\"}\n\n",
    )];
    let expected = [
        Ok(reading(1)),
        Err(ErrorKind::Decode),
        Ok(reading(3)),
        Err(ErrorKind::JsonCut),
        Err(ErrorKind::NotJson),
        Err(ErrorKind::EmptyBody),
        Ok(reading(4)),
    ];
    assert_eq!(all(watch(&body).await).await, expected);
    let mut events = watch(&[Chunk("data: {\"degrees\": \"hunter2\"}\n\n")]).await;
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.json_path(), error.status()), (Some("degrees"), Some(StatusCode::OK)));
    assert_eq!((error.operation_id(), error.attempts()), (Some("watchReadings"), 1));
    assert!(!format!("{error} {error:?} {error:#?}").contains("hunter2"));
}

#[tokio::test]
async fn an_end_marker_ends_the_events() {
    for body in [
        "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n",
        "data: 1\n\ndata: [DONE]\n",
        "data: 1\n\ndata: [DONE]",
    ] {
        let events = texts(&[Chunk(body)]).await.ends_at("[DONE]");
        assert_eq!(all(events).await, [Ok("1".to_owned())], "{body:?}");
    }
    let events = texts(&[Chunk("data: [DONE] \n\ndata: [DON")]).await.ends_at("[DONE]");
    assert_eq!(all(events).await, [Ok("[DONE] ".to_owned()), Err(ErrorKind::BodyCut)]);
    // The stream doesn't wait for anything after the end marker.
    let events = texts(&[Chunk("data: [DONE]\n\n"), Stall]).await.ends_at("[DONE]");
    assert_eq!(all(events).await, []);
}

/// Earlier events must be returned first, even if they arrive together with the problem.
#[tokio::test]
async fn a_problem_is_reported_as_the_last_item() {
    let a = Ok("a");
    check(&[Chunk("data: a\n\ndata: b\n"), Fails], &[a, Err(ErrorKind::BodyCut)]).await;
    check(&[Chunk("data: a\n\ndata: b\n")], &[a, Err(ErrorKind::BodyCut)]).await;
    check(&[Chunk("data: a\n\nda")], &[a, Err(ErrorKind::BodyCut)]).await;
    check(&[Chunk("data: a\n\nid: 7\n: bye")], &[a]).await;
    let server = Server::responding([&*chunked(TYPE), &chunk("data: a\n\n")].concat());
    let events = EventsCall::new(&super::core(&server), &WATCH).await.unwrap();
    assert_eq!(all(events).await, [Err(ErrorKind::NotJson), Err(ErrorKind::BodyCut)]);

    let mut events = texts(&[Chunk("data: a\n\ndata: b\n")]).await;
    events.next().await.unwrap().unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.to_string().ends_with("its body: it ended inside an event"), "{error}");
}

#[tokio::test]
async fn text_that_is_not_utf8_ends_the_stream() {
    let body = openapi_keys_runtime::Body::from(&b"data: a\n\ndata: \xff\n\ndata: b\n\n"[..]);
    let core = steps::with_body(TYPE, body).build().unwrap();
    let events = TextEventsCall::new(&core, &WATCH).await.unwrap();
    assert_eq!(all(events).await, [Ok("a".to_owned()), Err(ErrorKind::NotUtf8)]);
}

async fn bounded(body: String) -> Vec<Result<String, ErrorKind>> {
    let core = steps::with_body(TYPE, body.into()).max_response_bytes(1000).build().unwrap();
    all(TextEventsCall::new(&core, &WATCH).await.unwrap()).await
}

#[tokio::test]
async fn the_size_of_an_event_is_limited_but_not_the_number_of_events() {
    let x = "x".repeat(994);
    assert_eq!(bounded(format!("data: {x}\n\n").repeat(100)).await.len(), 100);
    let first = Ok("1".to_owned());
    for large in [
        format!("data: {x}xxxxx\n\n"),
        format!("data: {x}\ndata: 2\n\n"),
        format!("event: {x}\ndata: 2\n\n"),
        format!("id: {x}\ndata: 2\n\n"),
        format!("{x}{x}"),
        "data\n".repeat(1000),
    ] {
        let found = bounded(format!("data: 1\n\n{large}")).await;
        assert_eq!(found, [first.clone(), Err(ErrorKind::BodyTooLarge)], "{large:.20}");
    }
}

/// Each event contains a copy of the last id, so a long id would turn a small response into a large amount of data.
#[tokio::test]
async fn an_id_has_a_size_limit() {
    let events = |id: usize| {
        let body = format!("id: {}\ndata: a\n\ndata: b\n\n", "x".repeat(id));
        steps::with_body(TYPE, body.into()).build().unwrap()
    };
    let fits = TextEventsCall::new(&events(8192), &WATCH).await.unwrap();
    assert_eq!(all(fits).await.len(), 2);
    let mut long = TextEventsCall::new(&events(8193), &WATCH).await.unwrap();
    let error = long.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert!(error.to_string().ends_with("an event's id is longer than 8192 bytes"), "{error}");
    assert!(long.next().await.is_none());
}

#[tokio::test]
async fn no_event_is_lost_if_next_is_dropped() {
    let body = [
        Yield,
        Chunk("data: {\"deg"),
        Yield,
        Chunk("rees\": 1}"),
        Yield,
        Chunk("\n"),
        Yield,
        Chunk("\ndata: {\"degrees\": 2}\n\ndata: {\"degrees\": 3}\n\n"),
        Yield,
    ];
    let mut events = watch(&body).await;
    let (mut found, mut dropped) = (Vec::new(), 0);
    loop {
        tokio::select! {
            biased;
            event = events.next() => match event {
                Some(event) => found.push(event.unwrap().data.degrees),
                None => break,
            },
            () = ready(()) => dropped += 1,
        }
    }
    assert_eq!((found, dropped), (vec![1, 2, 3], 5));
}

#[tokio::test]
async fn events_can_be_sent_to_another_task() {
    let mut events = watch(&[Chunk("data: {\"degrees\": 1}\n\n")]).await;
    let event: Result<Event<Reading>, Error> =
        tokio::spawn(async move { events.next().await.unwrap() }).await.unwrap();
    assert_eq!(event.unwrap().data, reading(1));
}
