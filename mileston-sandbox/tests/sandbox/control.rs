//! Controlling the sandbox: programs on this machine can do it, web pages can't.

use mileston_sandbox::Sandbox;
use serde_json::json;

use crate::http::Client;

#[tokio::test]
async fn a_program_can_identify_the_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let reply = program.get("/_sandbox").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json()["name"], "mileston-sandbox");
    assert_eq!(reply.json()["live"], false);
}

#[tokio::test]
async fn a_web_page_cannot_control_the_sandbox() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Client::anonymous(&sandbox).header("origin", "https://shop.example");
    let message = page.get("/_sandbox").await.expect_refusal(403, "Forbidden");
    assert!(message.contains("`mileston-sandbox`"), "{message}");
    // A page can send this header only if a preflight allows it, and this one doesn't.
    let preflight = page.header("access-control-request-headers", "mileston-sandbox");
    let reply = preflight.send("OPTIONS", "/_sandbox", None).await;
    assert!(!reply.head.contains("access-control-allow"), "{}", reply.head);
}

#[tokio::test]
async fn another_name_for_this_machine_is_misdirected() {
    let sandbox = Sandbox::start().await.unwrap();
    let rebound = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let reply = rebound.with_host("evil.example").get("/_sandbox").await;
    reply.expect_refusal(421, "Misdirected Request");
}

#[tokio::test]
async fn an_unknown_path_gets_404() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    program.get("/_sandbox/nothing").await.expect_refusal(404, "Not Found");
    program.send("DELETE", "/_sandbox", None).await.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn control_requests_are_checked_like_api_requests() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let huge = format!("{{\"event\":\"{}\"}}", "x".repeat(2 << 20));
    for target in ["/_sandbox/faults", "/_sandbox/trigger"] {
        for body in ["", "{", "[]", "null", "{\"a\":1}", "{\"event\":7,\"fault\":7}"] {
            program.send("POST", target, Some(body)).await.expect_refusal(400, "Bad Request");
        }
        let text = program.send_as("POST", target, "text/plain", Some("{}")).await;
        text.expect_refusal(415, "Unsupported Media Type");
        let reply = program.send("POST", target, Some(&huge)).await;
        reply.expect_refusal(413, "Payload Too Large");
    }
    let event = serde_json::json!({"event": "<script>alert(1)</script>"});
    let message =
        program.post("/_sandbox/trigger", &event).await.expect_invalid("event must be one of");
    assert!(!message.contains("script"), "{message}");
    for former in ["payment", "recurring-payment-paid"] {
        let event = serde_json::json!({ "event": former });
        let reply = program.post("/_sandbox/trigger", &event).await;
        reply.expect_invalid("event must be one of paymentlink-paid, invoice-paid, recurring-paid");
    }
    let id = serde_json::json!({"event": "paymentlink-paid", "id": "'); DROP TABLE resources; --"});
    program.post("/_sandbox/trigger", &id).await.expect_refusal(404, "Not Found");
    for target in [
        "/_sandbox/requests?after=x",
        "/_sandbox/requests?limit=-1",
        "/_sandbox/requests?after=%ff",
    ] {
        program.get(target).await.expect_refusal(400, "Bad Request");
    }
    program.delete("/_sandbox/faults/x").await.expect_refusal(400, "Bad Request");
}

#[tokio::test]
async fn a_created_sample_is_due_by_the_sandboxs_clock() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let paid = program.post("/_sandbox/trigger", &json!({ "event": "invoice-paid" })).await.json();
    let target = format!("/invoice/{}", paid["id"].as_str().unwrap());
    let invoice = Client::backend(&sandbox).get(&target).await.expect(200);
    assert_eq!(invoice["invoiceData"]["dueDate"], "2025-01-01T00:00:00.000Z");
}
