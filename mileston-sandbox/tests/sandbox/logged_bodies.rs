//! Bodies that aren't JSON: the request log shows them without any keys.

use mileston_sandbox::Sandbox;
use serde_json::Value;

use crate::http::Client;

const KEY: &str = "Mileston_TEST_sandboxfake0AbCdEfGh";

/// Returns the log entry of a request.
async fn logged(sandbox: &Sandbox, target: &str, content_type: &str, body: &[u8]) -> Value {
    let client = Client::anonymous(sandbox);
    let reply = client.send_bytes("POST", target, content_type, Some(body)).await;
    assert!((400..500).contains(&reply.status), "{} {}", reply.status, reply.body);
    let program = Client::anonymous(sandbox).header("mileston-sandbox", "test");
    let log = program.get("/_sandbox/requests?limit=1").await.json();
    let entry = log["requests"][0].clone();
    assert_eq!(entry["target"], target, "{entry}");
    entry
}

#[tokio::test]
async fn bodies_of_every_kind_are_logged_without_keys() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = "application/x-www-form-urlencoded";
    let parts = "multipart/form-data; boundary=x";
    let part = format!("--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{KEY}\r\n--x--");
    let target = "/payment-link/create";
    let entry = logged(&sandbox, target, form, format!("a=1&key={KEY}&b=2").as_bytes()).await;
    assert_eq!(entry["body"], "a=1&key=…&b=2");
    let entry = logged(&sandbox, target, parts, part.as_bytes()).await;
    assert_eq!(entry["body"], part.replace(KEY, "…"));
    let entry = logged(&sandbox, target, "image/png", b"\x89PNG\r\n\x1a\n\0\xff").await;
    assert_eq!(entry["body"], "(10 bytes that aren't text)");
    let entry = logged(&sandbox, target, "application/octet-stream", &[0xff; 5000]).await;
    assert_eq!(entry["body"], "(more than 4096 bytes that aren't text)");
    assert_eq!(entry["isCut"], true);
    // No operation has this path, so nothing reads the body.
    let entry = logged(&sandbox, "/nothing/there", form, KEY.as_bytes()).await;
    assert_eq!(entry["body"], "");
    let page = Client::anonymous(&sandbox).header("Accept", "text/html").get("/requests").await;
    assert!(page.body.contains("Content-Type: multipart/form-data; boundary=x"), "{}", page.body);
    assert!(!page.body.contains("fake0AbC"), "{}", page.body);
}
