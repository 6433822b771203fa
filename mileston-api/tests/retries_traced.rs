//! Checks the `tracing` spans and events of a call: their names, their values, and what they must not contain.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "leaks/recorder.rs"]
mod recorder;
#[path = "faults/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::time::Duration;

use mileston_api::{Client, NormalClient, NormalKey, RetryPolicy, Test};
use recorder::{Line, Recorder};
use server::{Act, FaultServer, answer, json};
use tracing::Level;

const LINK: &str = r#"{"statusCode":200,"paymentData":{"paymentLinkId":"id-1"}}"#;

fn client(server: &FaultServer) -> NormalClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    builder.retries(policy).origin(&server.origin).unwrap().build().unwrap()
}

/// Returns the level, the name or message, and the fields. A duration becomes `some`.
fn recorded(line: &Line) -> (Level, String, BTreeMap<String, String>) {
    let mut fields = line.fields.clone();
    if let Some(duration) = fields.get_mut("duration") {
        assert!(duration.parse::<f64>().unwrap() > 0.0);
        *duration = "some".to_owned();
    }
    let message = fields.remove("message");
    (line.level, message.unwrap_or_else(|| line.name.clone()), fields)
}

#[track_caller]
fn check(line: &Line, level: Level, name: &str, fields: &[(&str, &str)]) {
    let expected = fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(recorded(line), (level, name.to_owned(), expected.collect()));
}

#[tokio::test]
async fn a_read_that_is_retried_is_traced() {
    let server = FaultServer::start([json(503, ""), json(200, LINK)]).await;
    let (recorder, _guard) = Recorder::start();
    client(&server).payment_links().get("private-id").await.unwrap();
    let port = server.origin.rsplit(':').next().unwrap();
    let lines = recorder.ours();
    let common = [
        ("http.request.method", "GET"),
        ("server.address", "127.0.0.1"),
        ("server.port", port),
        ("url.template", "/payment-link/{paymentLinkId}"),
    ];
    let with = |more: &[(&'static str, &'static str)]| [&common[..], more].concat();
    let call = with(&[
        ("otel.name", "getPaymentLink"),
        ("openapi.operation", "getPaymentLink"),
        ("openapi.credential", "test"),
        ("openapi.attempts", "2"),
        ("http.response.status_code", "200"),
    ]);
    check(&lines[0], Level::INFO, "openapi.call", &call);
    let http = ("otel.name", "GET /payment-link/{paymentLinkId}");
    let kind = ("otel.kind", "client");
    let failed = ("http.response.status_code", "503");
    let first = with(&[http, kind, failed, ("error.type", "503")]);
    check(&lines[1], Level::DEBUG, "openapi.attempt", &first);
    let failure = [failed, ("error.type", "503"), ("duration", "some")];
    check(&lines[2], Level::DEBUG, "attempt failed", &failure);
    let retry = [("attempt", "1"), ("retry.reason", "503"), ("retry.delay", "0.0")];
    check(&lines[3], Level::INFO, "attempt failed, retrying", &retry);
    let succeeded = ("http.response.status_code", "200");
    let second = with(&[http, kind, succeeded, ("http.request.resend_count", "1")]);
    check(&lines[4], Level::DEBUG, "openapi.attempt", &second);
    check(&lines[5], Level::DEBUG, "attempt succeeded", &[succeeded, ("duration", "some")]);
    let end = [succeeded, ("attempts", "2"), ("duration", "some")];
    check(&lines[6], Level::DEBUG, "call succeeded", &end);
    assert_eq!(lines.len(), 7);
}

#[tokio::test]
async fn a_write_whose_outcome_is_unknown_is_traced() {
    let server = FaultServer::start([Act::Close]).await;
    let (recorder, _guard) = Recorder::start();
    client(&server).payment_links().create("100.00").await.unwrap_err();
    let lines = recorder.ours();
    assert_eq!(lines[0].field("openapi.outcome"), Some("unknown"));
    assert_eq!(lines[0].field("error.type"), Some("interrupted"));
    assert_eq!(lines[1].field("error.type"), Some("interrupted"));
    let stop = [("attempt", "1"), ("error.type", "interrupted"), ("retry.stop", "kind")];
    check(&lines[3], Level::DEBUG, "not retrying", &stop);
    let end = [
        ("error.type", "interrupted"),
        ("openapi.outcome", "unknown"),
        ("attempts", "1"),
        ("duration", "some"),
    ];
    check(&lines[4], Level::DEBUG, "call failed", &end);
}

#[tokio::test]
async fn the_reason_for_not_retrying_is_recorded() {
    let asking = Act::Answer(answer(503, "connection: close\r\nretry-after: 60\r\n", ""));
    for (act, client, stop) in [
        (asking, None, "retry_after"),
        (Act::Close, Some(0), "budget"),
        (Act::Close, None, "attempts"),
        (json(404, ""), None, "kind"),
    ] {
        let server = FaultServer::start([act]).await;
        let (recorder, _guard) = Recorder::start();
        let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
        let builder = Client::builder(key, "my-business").unwrap();
        let policy = RetryPolicy::default().base_delay(Duration::ZERO);
        let builder = builder.retries(policy).retry_budget(client.unwrap_or(20));
        let client = builder.origin(&server.origin).unwrap().build().unwrap();
        client.payment_links().get("id").await.unwrap_err();
        let stops: Vec<_> = recorder
            .ours()
            .iter()
            .filter_map(|line| line.field("retry.stop").map(str::to_owned))
            .collect();
        assert_eq!(stops, [stop]);
    }
}

#[tokio::test]
async fn neither_arguments_nor_responses_are_recorded() {
    let server = FaultServer::start([json(400, r#"{"message":"hunter2"}"#)]).await;
    let (recorder, _guard) = Recorder::start();
    let client = client(&server);
    let call = client.payment_links().create("100.00").title("hunter2");
    let call = call.header("x-a", "hunter2").query("a", "hunter2").body_field("b", "hunter2");
    call.await.unwrap_err();
    client.payment_links().get("hunter2").await.unwrap_err();
    client.payment_links().get("id").header("host", "hunter2").await.unwrap_err();
    let text = format!("{:?}", recorder.lines());
    assert!(text.contains("createPaymentLink") && text.contains("getPaymentLink"));
    assert!(!text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn only_the_places_of_unexpected_values_are_recorded() {
    let odd = r#"{"statusCode":"200","paymentData":{"paymentLinkId":7,"title":{"hunter2":1}}}"#;
    let server = FaultServer::start([json(200, odd)]).await;
    let (recorder, _guard) = Recorder::start();
    client(&server).payment_links().get("id").await.unwrap();
    let lines = recorder.ours();
    let line = lines.iter().find(|line| line.level == Level::WARN).unwrap();
    check(
        line,
        Level::WARN,
        "values in the response don't have the documented form",
        &[
            ("openapi.operation", "getPaymentLink"),
            ("count", "2"),
            ("places", "paymentData.title, statusCode"),
        ],
    );
}
