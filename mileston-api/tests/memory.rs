//! Checks that reading a hostile response takes limited memory and time. This is a separate test binary because it
//! counts all allocations.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[allow(dead_code, reason = "shared with tests that use the other parts")]
mod server;

use std::time::{Duration, Instant};

use mileston_api::{Client, Error, ErrorKind, NormalClient, NormalKey, Test};
use peak_alloc::PeakAlloc;
use server::{Server, json};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The size of the largest bodies, just below a client's default limit.
const LARGEST: usize = 8_300_000;

/// The size of the other bodies. The memory and time that a body takes grow linearly with its size, so smaller bodies
/// are enough. They also take less time in unoptimised builds.
const SIZE: usize = 2_000_000;

/// The maximum duration of a call, with a margin for a busy machine.
const DEADLINE: Duration = Duration::from_secs(5);

fn client(origin: &str) -> NormalClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.without_retries().total_timeout(DEADLINE).origin(origin).unwrap().build().unwrap()
}

/// Repeats `part` until the body has about `SIZE` bytes.
fn filled(start: &str, part: &str, end: &str) -> String {
    filled_to(SIZE, start, part, end)
}

fn filled_to(size: usize, start: &str, part: &str, end: &str) -> String {
    let count = (size - start.len() - end.len()) / part.len();
    format!("{start}{}{end}", part.repeat(count))
}

fn keys(start: &str, end: &str) -> String {
    let mut body = start.to_owned();
    for number in 0.. {
        body.push_str(&format!("\"k{number}\":0,"));
        if body.len() > SIZE - 100 {
            return body + "\"last\":0" + end;
        }
    }
    unreachable!()
}

fn bodies() -> Vec<(&'static str, String)> {
    vec![
        ("a large list of objects", filled_to(LARGEST, "[", r#"{"":0},"#, "0]")),
        ("a large list of records", filled_to(LARGEST, r#"{"paymentData":["#, r#"{"":0},"#, "0]}")),
        ("a list of objects, cut", filled("[", r#"{"":0},"#, "")),
        ("records without an id", filled(r#"{"paymentData":["#, r#"{"":0},"#, "0]}")),
        ("an error with a list of objects", filled(r#"{"errors":["#, r#"{"":0},"#, "0]}")),
        ("a message with a list of objects", filled(r#"{"message":["#, r#"{"":0},"#, "0]}")),
        ("deep nesting", filled("", "[", "")),
        ("deep nesting in a record", filled(r#"{"paymentData":"#, r#"{"a":"#, "")),
        ("deep nesting in a reason", filled(r#"{"error":"#, r#"{"a":"#, "")),
        ("a long string", filled("\"", "x", "\"")),
        ("a long message", filled(r#"{"message":""#, "x", r#""}"#)),
        ("a long message with escapes", filled(r#"{"message":""#, r"x\n", r#""}"#)),
        ("a long string instead of a record", filled(r#"{"paymentData":""#, "x", r#""}"#)),
        ("many keys", keys("{", "}")),
        ("many keys in a record", keys(r#"{"paymentData":{"#, "}}")),
        ("a long number", filled(r#"{"statusCode":1"#, "0", "}")),
        ("not JSON", filled("", "x", "")),
        ("whitespace", filled("", " ", "")),
    ]
}

/// Makes a call that receives this response. Returns the call's error, its peak memory use and its duration.
async fn call(status: &str, body: &str, list: bool) -> (Error, usize, Duration) {
    // Without a `content-length`, the client doesn't know the size of the body in advance.
    let answer = match list {
        true => format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n{body}"),
        false => json(status, body),
    };
    let server = Server::answering(answer).await;
    let client = client(&server.origin);
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = Instant::now();
    let error = match list {
        true => client.payment_links().list().await.unwrap_err(),
        false => client.payment_links().get("id").await.unwrap_err(),
    };
    let took = start.elapsed();
    (error, MEMORY.peak_usage().saturating_sub(before), took)
}

#[tokio::test]
async fn a_hostile_body_takes_at_most_three_times_its_size_in_memory() {
    for (name, body) in bodies() {
        for (status, list) in [("200 OK", false), ("200 OK", true), ("400 Bad Request", false)] {
            let (error, peak, took) = call(status, &body, list).await;
            let times = peak as f64 / body.len() as f64;
            println!("{name}, {status}: {times:.2} times, {took:?}, {:?}", error.kind());
            assert!(times <= 3.0, "{name}, {status}: {times:.1} times its size");
            assert!(took < DEADLINE + DEADLINE / 2, "{name}, {status}: {took:?}");
            assert!(error.body().unwrap().len() <= 64 * 1024, "{name}, {status}");
            assert_ne!(error.kind(), ErrorKind::BodyTooLarge, "{name}");
        }
    }
}
