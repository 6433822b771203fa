//! Steering the sandbox: programs of this machine may, web pages may not.

use mileston_sandbox::Sandbox;

use crate::http::Client;

#[tokio::test]
async fn a_program_is_told_what_it_talks_to() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    let reply = program.get("/_sandbox").await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json()["name"], "mileston-sandbox");
    assert_eq!(reply.json()["live"], false);
}

#[tokio::test]
async fn a_web_page_cannot_steer() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Client::anonymous(&sandbox).header("origin", "https://shop.example");
    let message = page.get("/_sandbox").await.expect_refusal(403, "Forbidden");
    assert!(message.contains("`mileston-sandbox`"), "{message}");
    // A preflight would allow the header; there is no such answer.
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
async fn what_is_not_there_is_404() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
    program.get("/_sandbox/nothing").await.expect_refusal(404, "Not Found");
    program.send("DELETE", "/_sandbox", None).await.expect_refusal(404, "Not Found");
}
