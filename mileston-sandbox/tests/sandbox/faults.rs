//! Faults on demand, with the Rust client and on the wire: `docs/reliability.md` describes what each fault means.

use std::time::{Duration, Instant};

use mileston_api::operations::CreatePaymentLinkCall;
use mileston_api::reconcile::{CreateCheck, Snapshot};
use mileston_api::types::PaymentLink;
use mileston_api::{Client as Typed, Error, ErrorKind, NormalClient, Outcome, Test};
use mileston_sandbox::{Fault, FaultError, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::http::Client;

/// How long our client waits for a response that never arrives.
const TIMEOUT: Duration = Duration::from_secs(2);

fn client(sandbox: &Sandbox) -> NormalClient<Test> {
    let key = sandbox.normal_key().clone();
    let client = Typed::builder(key, sandbox.business_id()).unwrap().without_retries();
    client.total_timeout(TIMEOUT).build().unwrap().with_origin(sandbox.url()).unwrap()
}

fn program(sandbox: &Sandbox) -> Client {
    Client::anonymous(sandbox).header("mileston-sandbox", "test")
}

fn order(client: &NormalClient<Test>, number: u32) -> CreatePaymentLinkCall {
    client.payment_links().create("100.00").title(format!("Order {number}"))
}

async fn links(sandbox: &Sandbox) -> usize {
    client(sandbox).payment_links().list().await.unwrap().payment_data.len()
}

/// Returns the newest entry of the request log.
async fn logged(sandbox: &Sandbox) -> Value {
    let log = program(sandbox).get("/_sandbox/requests?limit=1").await.json();
    log["requests"][0].clone()
}

async fn write(sandbox: &Sandbox) -> Result<(), Error> {
    order(&client(sandbox), 7).await.map(drop)
}

async fn read(sandbox: &Sandbox) -> Result<(), Error> {
    client(sandbox).payment_links().list().await.map(drop)
}

/// Checks each fault's effect on our client, whether the write was executed, and the log entry.
#[tokio::test]
async fn each_fault_means_what_the_reliability_page_says() {
    let (unknown, refused) = (Outcome::Unknown, Outcome::Refused);
    for (text, kind, outcome, of_read, done, words, status) in [
        ("429", "Refused", refused, refused, false, "429, not executed", Some(429)),
        ("500", "Failed", unknown, refused, false, "500, not executed", Some(500)),
        ("502", "Failed", unknown, refused, false, "502, not executed", Some(502)),
        ("503", "Failed", unknown, refused, false, "503, not executed", Some(503)),
        ("504", "Failed", unknown, refused, false, "504, not executed", Some(504)),
        ("reset", "Interrupted", unknown, unknown, false, "reset, not executed", None),
        ("answer-lost", "Interrupted", unknown, unknown, true, "response lost", Some(201)),
        ("body-cut", "BodyCut", unknown, unknown, true, "body cut", Some(201)),
        ("body-stall", "Timeout", unknown, unknown, true, "body stalled", Some(201)),
        ("broken-json", "NotJson", unknown, unknown, true, "broken JSON", Some(201)),
    ] {
        let sandbox = Sandbox::start().await.unwrap();
        let rule = sandbox.fault(text.parse().unwrap()).on("createPaymentLink").times(1).unwrap();
        let error = write(&sandbox).await.unwrap_err();
        let found = format!("{:?}", error.kind());
        assert_eq!(found.split('(').next(), Some(kind), "{text}: {error}");
        assert_eq!(error.outcome(), outcome, "{text}: {error}");
        assert_eq!(rule.made(), 1, "{text}");
        let entry = logged(&sandbox).await;
        assert_eq!(entry["reason"], format!("fault: {words}"), "{entry}");
        assert_eq!(entry["status"], json!(status), "{entry}");
        assert!(entry["body"].as_str().unwrap().contains("Order 7"), "{entry}");
        assert_eq!(links(&sandbox).await, usize::from(done), "{text}: is the link there?");

        sandbox.fault(text.parse().unwrap()).times(1).unwrap();
        let error = read(&sandbox).await.unwrap_err();
        assert_eq!(error.outcome(), of_read, "{text}: {error}");
        write(&sandbox).await.unwrap();
        sandbox.stop().await;
    }
}

#[tokio::test]
async fn a_late_response_arrives_unless_the_client_disconnects() {
    let sandbox = Sandbox::start().await.unwrap();
    let late = |milliseconds| Fault::Latency(Duration::from_millis(milliseconds));
    sandbox.fault(late(50)).times(1).unwrap();
    let start = Instant::now();
    write(&sandbox).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(50), "{:?}", start.elapsed());
    assert_eq!(logged(&sandbox).await["reason"], "fault: 50 ms late");

    sandbox.fault(late(60_000)).times(1).unwrap();
    let error = write(&sandbox).await.unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    while logged(&sandbox).await["status"] != Value::Null {
        tokio::task::yield_now().await;
    }
    let entry = logged(&sandbox).await;
    assert_eq!(entry["reason"], "the client disconnected before the response");
    assert_eq!(links(&sandbox).await, 1, "a client that disconnects early cancels the operation");
}

#[tokio::test]
async fn a_link_whose_response_was_lost_is_found_by_a_check() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    order(&client, 6).await.unwrap();
    let call = order(&client, 7);
    let body = call.body().unwrap().clone();
    let before = Snapshot::<PaymentLink>::take(&client).await.unwrap();
    sandbox.fault(Fault::AnswerLost).on("createPaymentLink").times(1).unwrap();
    let error = call.await.unwrap_err();
    assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1));
    let verdict = before.check_created(&client, &body).await.unwrap();
    let CreateCheck::Created(link) = verdict else { panic!("{verdict:?}") };
    assert_eq!(link.title.as_deref(), Some("Order 7"));
    assert_eq!(links(&sandbox).await, 2);
    let page = Client::anonymous(&sandbox).header("Accept", "text/html").get("/requests").await;
    assert!(page.body.contains("fault: response lost"), "{}", page.body);
}

#[tokio::test]
async fn a_read_survives_faults_with_retries() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = sandbox.normal_key().clone();
    let client = Typed::new(key, sandbox.business_id().clone()).unwrap();
    let client = client.with_origin(sandbox.url()).unwrap();
    for text in ["503", "reset", "answer-lost", "body-cut"] {
        let rule = sandbox.fault(text.parse().unwrap()).times(2).unwrap();
        client.payment_links().list().await.unwrap();
        assert_eq!(rule.made(), 2, "{text}");
    }
}

/// Checks the operating system's error: a reset differs from a close.
#[tokio::test]
async fn a_reset_resets_the_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    for fault in [Fault::Reset, Fault::AnswerLost] {
        sandbox.fault(fault).times(1).unwrap();
        let address = sandbox.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /status HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        let error = stream.read_to_end(&mut answer).await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{fault}");
        assert!(answer.is_empty(), "{fault}: {answer:?}");
    }
}

#[tokio::test]
async fn a_request_can_choose_its_fault() {
    let sandbox = Sandbox::start().await.unwrap();
    let backend = |fault: &str| Client::backend(&sandbox).header("x-sandbox-fault", fault);
    let reply = backend("429=30").get("/payment-link/").await;
    assert!(reply.head.contains("\r\nretry-after: 30\r\n"), "{}", reply.head);
    assert!(reply.head.contains("\r\nx-sandbox-fault: 429=30\r\n"), "{}", reply.head);
    reply.expect_refusal(429, "Too Many Requests");
    let reply = backend("502").get("/payment-link/").await;
    assert_eq!(reply.status, 502);
    assert!(reply.head.contains("\r\ncontent-type: text/html\r\n"), "{}", reply.head);
    assert!(reply.body.contains("<h1>502 Bad Gateway</h1>"), "{}", reply.body);
    for unknown in ["", "teapot", "latency=999999999", "503;504"] {
        let reply = backend(unknown).get("/payment-link/").await;
        let message = reply.expect_refusal(400, "Bad Request");
        assert!(message.contains("x-sandbox-fault: a "), "{message}");
        assert!(unknown.is_empty() || !message.contains(unknown), "{message}");
    }
    Client::backend(&sandbox).get("/payment-link/").await.expect(200);
}

#[tokio::test]
async fn the_fault_header_can_be_disabled() {
    let sandbox = Sandbox::builder().faults_by_header(false).start().await.unwrap();
    for asked in ["503", "teapot"] {
        let client = Client::backend(&sandbox).header("x-sandbox-fault", asked);
        client.get("/payment-link/").await.expect(200);
    }
    sandbox.fault(Fault::ServiceUnavailable).times(1).unwrap();
    Client::backend(&sandbox)
        .get("/payment-link/")
        .await
        .expect_refusal(503, "Service Unavailable");
}

#[tokio::test]
async fn pages_can_read_the_faults_of_operations_that_they_may_call() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fault(Fault::TooManyRequests { retry_after: 5 }).every(1).unwrap();
    let page = Client::frontend(&sandbox).header("Origin", "https://shop.example");
    let reply = page.get("/checkout/data/paymentlink.get/some-id").await;
    assert!(reply.head.contains("\r\naccess-control-allow-origin: *\r\n"), "{}", reply.head);
    assert!(reply.head.contains("\r\naccess-control-expose-headers: retry-after\r\n"));
    reply.expect_refusal(429, "Too Many Requests");
    let preflight = page.header("Access-Control-Request-Method", "GET");
    let reply =
        preflight.send_as("OPTIONS", "/checkout/data/paymentlink.get/some-id", "", None).await;
    assert_eq!(reply.status, 204, "a preflight has no faults");
}

#[tokio::test]
async fn only_operations_have_faults() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fault(Fault::Reset).every(1).unwrap();
    let browser = Client::anonymous(&sandbox).header("Accept", "text/html");
    for target in ["/", "/payments", "/invoice/some-id", "/nothing"] {
        let reply = browser.get(target).await;
        assert!(matches!(reply.status, 200 | 404), "{target}: {}", reply.status);
    }
    assert_eq!(program(&sandbox).get("/_sandbox").await.status, 200);
}

#[tokio::test]
async fn programs_can_manage_rules() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = program(&sandbox);
    let reply = program.post("/_sandbox/faults", &json!({"fault": "503"})).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    let first =
        json!({"id": 1, "operation": "*", "fault": "503", "times": 1, "seen": 0, "made": 0});
    assert_eq!(reply.json(), first);
    let every = json!({"fault": "answer-lost", "operation": "sendPayment", "every": 3});
    let by_chance = json!({"fault": "latency=5", "probability": 0.5, "seed": 7});
    assert_eq!(program.post("/_sandbox/faults", &every).await.status, 201);
    assert_eq!(program.post("/_sandbox/faults", &by_chance).await.status, 201);

    Client::backend(&sandbox)
        .get("/payment-link/")
        .await
        .expect_refusal(503, "Service Unavailable");
    Client::backend(&sandbox).get("/payment-link/").await.expect(200);
    let rules = program.get("/_sandbox/faults").await.json();
    let ids: Vec<_> = rules["faults"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, [2, 3], "the first is used up: {rules}");
    assert_eq!((&rules["faults"][0]["seen"], &rules["faults"][1]["seen"]), (&json!(0), &json!(1)));

    assert_eq!(program.delete("/_sandbox/faults/2").await.json(), json!({"removed": 1}));
    program.delete("/_sandbox/faults/2").await.expect_refusal(404, "Not Found");
    assert_eq!(program.delete("/_sandbox/faults").await.json(), json!({"removed": 1}));
    assert_eq!(program.get("/_sandbox/faults").await.json(), json!({"faults": []}));
}

#[tokio::test]
async fn an_invalid_rule_is_refused_with_an_explanation() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = program(&sandbox);
    for (rule, mention) in [
        (json!({}), "missing field `fault`"),
        (json!({"fault": "teapot"}), "fault: a fault must be one of latency=MILLISECONDS"),
        (json!({"fault": "503", "operation": "pay"}), "operation: no operation has this id"),
        (json!({"fault": "503", "times": 1, "every": 2}), "give one of"),
        (json!({"fault": "503", "seed": 2}), "give one of"),
        (json!({"fault": "503", "times": 0}), "the schedule is invalid"),
        (json!({"fault": "503", "probability": 1.5}), "the schedule is invalid"),
        (json!({"fault": "503", "tines": 1}), "unknown field: expected one of `fault`"),
        (json!({"fault": "503", "times": -1}), "times"),
    ] {
        program.post("/_sandbox/faults", &rule).await.expect_invalid(mention);
    }
    assert_eq!(sandbox.fault(Fault::Reset).on("pay").times(1).unwrap_err(), FaultError::Operation);
    assert_eq!(sandbox.fault(Fault::Reset).every(0).unwrap_err(), FaultError::Never);
    let page = Client::anonymous(&sandbox).header("origin", "https://shop.example");
    page.post("/_sandbox/faults", &json!({"fault": "503"})).await.expect_refusal(403, "Forbidden");
    assert_eq!(program.get("/_sandbox/faults").await.json(), json!({"faults": []}));
}
