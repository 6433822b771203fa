//! Browsers: pages may call what takes a Checkout key or none, and nothing else.

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;
use mileston_sandbox::Sandbox;

use crate::http::{Client, Reply};

/// The scopes that pages may call, by the vendor's "Why Use API Keys": the Checkout key is the public one.
fn is_for_pages(operation: &Operation) -> bool {
    matches!(operation.scope, None | Some("Checkout"))
}

fn target(operation: &Operation) -> String {
    let segments = operation.path.split('/');
    let segments: Vec<_> = segments
        .map(|segment| if segment.starts_with('{') { "some-id" } else { segment })
        .collect();
    segments.join("/")
}

#[track_caller]
fn expect_no_permission(reply: &Reply, what: &str) {
    assert!(!reply.head.contains("access-control-"), "{what}: {}", reply.head);
}

async fn ask(client: &Client, operation: &Operation, method: &str) -> Reply {
    let page = client.clone().header("Origin", "https://shop.example");
    let page = page.header("Access-Control-Request-Method", method);
    let page = page.header("Access-Control-Request-Headers", "apikey,businessid,content-type,env");
    page.send_as("OPTIONS", &target(operation), "", None).await
}

#[tokio::test]
async fn a_preflight_is_granted_for_what_pages_may_call() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::anonymous(&sandbox);
    let (mut granted, mut refused) = (0, 0);
    for operation in OPERATIONS {
        let (id, method) = (operation.id, operation.method.as_str());
        let reply = ask(&client, operation, method).await;
        if !is_for_pages(operation) {
            expect_no_permission(&reply, id);
            reply.expect_refusal(404, "Not Found");
            refused += 1;
            continue;
        }
        granted += 1;
        let names = match id {
            "getStatus" => "content-type",
            "getSubwalletBalances" => "apikey, businessid, content-type, env",
            _ => "apikey, businessid, content-type",
        };
        assert_eq!((reply.status, reply.body.as_str()), (204, ""), "{id}");
        for line in [
            "access-control-allow-origin: *".to_owned(),
            format!("access-control-allow-methods: {}", method.to_ascii_lowercase()),
            format!("access-control-allow-headers: {names}"),
            "access-control-max-age: 600".to_owned(),
        ] {
            assert!(reply.head.lines().any(|found| found == line), "{id}: {}", reply.head);
        }
        assert!(!reply.head.contains("access-control-allow-credentials"), "{}", reply.head);
    }
    assert!(granted > 0 && refused > 0, "{granted} granted, {refused} refused");
}

#[tokio::test]
async fn a_preflight_for_another_method_is_not_granted() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::anonymous(&sandbox);
    for operation in OPERATIONS {
        for method in ["PUT", "HEAD", "OPTIONS", "*", ""] {
            let reply = ask(&client, operation, method).await;
            expect_no_permission(&reply, operation.id);
            reply.expect_refusal(404, "Not Found");
        }
    }
}

#[tokio::test]
async fn pages_can_read_the_answers_of_what_they_may_call_and_of_nothing_else() {
    let sandbox = Sandbox::start().await.unwrap();
    for operation in OPERATIONS {
        for client in
            [Client::anonymous(&sandbox), Client::frontend(&sandbox), Client::backend(&sandbox)]
        {
            let page = client.header("Origin", "https://shop.example");
            let reply = page.send(operation.method.as_str(), &target(operation), Some("{}")).await;
            if is_for_pages(operation) {
                let line = "access-control-allow-origin: *";
                assert!(reply.head.lines().any(|found| found == line), "{}", operation.id);
            } else {
                expect_no_permission(&reply, operation.id);
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_operation_permits_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Client::anonymous(&sandbox).header("Origin", "https://shop.example");
    for target in ["/", "/x", "/pay/on-ramp/x", "/checkout/user", "//status"] {
        expect_no_permission(&page.get(target).await, target);
        let asking = page.clone().header("Access-Control-Request-Method", "GET");
        expect_no_permission(&asking.send("OPTIONS", target, None).await, target);
    }
}
