//! Browsers: pages may call only operations that need a Checkout key or no key.

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;
use mileston_sandbox::Sandbox;

use crate::http::{Client, Reply};

/// Returns whether pages may call the operation, according to the vendor's page "Why Use API Keys": only the Checkout
/// key is public.
fn is_for_pages(operation: &Operation) -> bool {
    matches!(operation.bound, None | Some("Checkout"))
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
async fn a_preflight_is_granted_for_operations_that_pages_may_call() {
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
        // A preflight allows these headers even if the operation needs no key, so a page can always send the same ones.
        let names = "apikey, businessid, content-type, env";
        assert_eq!((reply.status, reply.body.as_str()), (204, ""), "{id}");
        for line in [
            "access-control-allow-origin: *".to_owned(),
            match method {
                "GET" => "access-control-allow-methods: get, head".to_owned(),
                other => format!("access-control-allow-methods: {}", other.to_ascii_lowercase()),
            },
            format!("access-control-allow-headers: {names}"),
            "access-control-max-age: 600".to_owned(),
            "vary: access-control-request-headers".to_owned(),
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
        for method in ["PUT", "OPTIONS", "*", "", "post", "get"] {
            let reply = ask(&client, operation, method).await;
            expect_no_permission(&reply, operation.id);
            reply.expect_refusal(404, "Not Found");
        }
    }
}

#[tokio::test]
async fn pages_can_read_only_responses_of_operations_that_they_may_call() {
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
async fn paths_without_an_operation_permit_nothing() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Client::anonymous(&sandbox).header("Origin", "https://shop.example");
    for target in ["/", "/x", "/pay/on-ramp/x", "/checkout/user", "//status"] {
        expect_no_permission(&page.get(target).await, target);
        let asking = page.clone().header("Access-Control-Request-Method", "GET");
        expect_no_permission(&asking.send("OPTIONS", target, None).await, target);
    }
}

/// Sends a preflight for an operation that pages may call, with these request headers, one line each.
async fn ask_for(sandbox: &Sandbox, lines: &[&str]) -> Reply {
    let page = Client::anonymous(sandbox).header("Origin", "https://shop.example");
    let page = page.header("Access-Control-Request-Method", "POST");
    let name = "Access-Control-Request-Headers";
    let page = lines.iter().fold(page, |page, line| page.header(name, line));
    page.send_as("OPTIONS", "/checkout/save-payment/invoice.save", "", None).await
}

/// Returns the logged reason for the previous request.
async fn logged(sandbox: &Sandbox) -> Option<String> {
    let program = Client::anonymous(sandbox).header("mileston-sandbox", "test");
    let log = program.get("/_sandbox/requests").await.json();
    log["requests"].as_array().unwrap().last().unwrap()["reason"].as_str().map(str::to_owned)
}

#[track_caller]
fn granted(reply: &Reply) -> Vec<String> {
    let line = |line: &str| line.strip_prefix("access-control-allow-headers: ").map(str::to_owned);
    let names = reply.head.lines().find_map(line).unwrap_or_else(|| panic!("{}", reply.head));
    names.split(", ").map(str::to_owned).collect()
}

#[tokio::test]
async fn any_header_except_other_credentials_is_granted() {
    let sandbox = Sandbox::start().await.unwrap();
    let usual = ["apikey", "businessid", "content-type"];
    for (lines, more) in [
        (&[][..], &[][..]),
        (&["content-type"], &[]),
        (&["x-request-id"], &["x-request-id"]),
        (&["X-Request-ID, ApiKey ,TRACEPARENT"], &["traceparent", "x-request-id"]),
        (&["b3", " x-a\t,,x-a , "], &["b3", "x-a"]),
        (&["baggage,sentry-trace", "x-b"], &["baggage", "sentry-trace", "x-b"]),
        (&["!#$%&'*+-.^_`|~0a"], &["!#$%&'*+-.^_`|~0a"]),
    ] {
        let reply = ask_for(&sandbox, lines).await;
        assert_eq!(reply.status, 204, "{lines:?}");
        let mut expected: Vec<_> = usual.iter().chain(more).copied().collect();
        expected.sort_unstable();
        assert_eq!(granted(&reply), expected, "{lines:?}");
        assert_eq!(logged(&sandbox).await, None, "{lines:?}");
    }
}

#[tokio::test]
async fn a_withheld_header_is_logged_with_the_reason() {
    let sandbox = Sandbox::start().await.unwrap();
    for (header, why) in [
        ("X-Request-Signature", "a credential for backends"),
        ("authorization", "a different kind of credential"),
        ("mileston-sandbox", "controls the sandbox"),
        ("x-sandbox-fault", "controls the sandbox"),
        ("*", "would grant all headers"),
        ("two words", "isn't a valid header name"),
        ("a:b", "isn't a valid header name"),
        ("caf\u{e9}", "isn't a valid header name"),
    ] {
        let reply = ask_for(&sandbox, &[&format!("x-a, {header}, x-b")]).await;
        // The other headers are granted, so the browser names the one that isn't.
        assert_eq!(reply.status, 204, "{header}");
        let expected = ["apikey", "businessid", "content-type", "x-a", "x-b"];
        assert_eq!(granted(&reply), expected, "{header}");
        let reason = logged(&sandbox).await.unwrap();
        let start = "preflight for POST from a page at https://shop.example: ";
        assert!(reason.starts_with(start), "{reason}");
        assert!(reason.contains(&format!("{header}: ")) && reason.contains(why), "{reason}");
        assert!(!reason.contains("x-a"), "{reason}");
    }
}

#[tokio::test]
async fn a_refused_preflight_is_logged_with_the_reason() {
    let sandbox = Sandbox::start().await.unwrap();
    for (target, method, why) in [
        ("/invoice/create", "POST", "createInvoice needs a Normal key, which must never reach a"),
        ("/user/all-wallets", "GET", "listWallets needs a Normal key"),
        ("/checkout/payment-wallet/sui", "PUT", "pages may use only GET, HEAD here"),
        ("/checkout/save-payment/invoice.save", "post", "pages may use only POST here"),
        (
            "/invoice/create",
            "PUT",
            "no operation has this path and method, and pages may not call any operation with this path",
        ),
        ("/checkout/nothing", "GET", "no operation has this path"),
    ] {
        let page = Client::anonymous(&sandbox).header("Origin", "null");
        let page = page.header("Access-Control-Request-Method", method);
        let reply = page.send_as("OPTIONS", target, "", None).await;
        expect_no_permission(&reply, target);
        let message = reply.expect_refusal(404, "Not Found");
        assert_eq!(message, format!("\"Cannot OPTIONS {target}\""));
        let reason = logged(&sandbox).await.unwrap();
        let start = format!("preflight for {method} from a page at null: {why}");
        assert!(reason.starts_with(&start), "{reason}");
    }
    // A request without an origin or a requested method isn't a preflight.
    let client = Client::anonymous(&sandbox);
    client.send("OPTIONS", "/status", None).await.expect_refusal(404, "Not Found");
    assert_eq!(logged(&sandbox).await.unwrap(), "Cannot OPTIONS /status");
}

#[tokio::test]
async fn a_key_in_a_preflight_is_not_logged() {
    let sandbox = Sandbox::start().await.unwrap();
    let key = sandbox.checkout_key().expose_secret();
    ask_for(&sandbox, &[&format!("x y {key}")]).await;
    let reason = logged(&sandbox).await.unwrap();
    assert!(!reason.contains(key) && reason.contains('…'), "{reason}");
}

#[tokio::test]
async fn pages_may_send_head_where_they_may_send_get() {
    let sandbox = Sandbox::start().await.unwrap();
    let page = Client::frontend(&sandbox).header("Origin", "https://shop.example");
    for operation in OPERATIONS.iter().filter(|it| it.method.as_str() == "GET") {
        let preflight = ask(&Client::anonymous(&sandbox), operation, "HEAD").await;
        let reply = page.send("HEAD", &target(operation), None).await;
        if is_for_pages(operation) {
            assert_eq!(preflight.status, 204, "{}", operation.id);
            assert!(reply.head.contains("access-control-allow-origin: *"), "{}", reply.head);
        } else {
            expect_no_permission(&preflight, operation.id);
            expect_no_permission(&reply, operation.id);
        }
    }
}
