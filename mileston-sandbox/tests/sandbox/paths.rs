//! Paths that try to reach a different operation.

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::Operation;
use mileston_sandbox::Sandbox;
use serde_json::json;

use crate::http::Client;

#[tokio::test]
async fn unknown_paths_are_refused_as_in_nestjs() {
    let sandbox = Sandbox::start().await.unwrap();
    for client in [Client::anonymous(&sandbox), Client::backend(&sandbox)] {
        let reply = client.get("/x").await;
        let exact = r#"{"message":"Cannot GET /x","error":"Not Found","statusCode":404}"#;
        assert_eq!((reply.status, reply.body.as_str()), (404, exact));
        for target in
            ["/payment-link", "/Payment-Link/", "//payment-link/", "/payment-link//x", "/invoices"]
        {
            let message = client.get(target).await.expect_refusal(404, "Not Found");
            assert_eq!(message, format!("\"Cannot GET {target}\""));
        }
        let message = client.get("/x?apikey=secret").await.expect_refusal(404, "Not Found");
        assert_eq!(message, "\"Cannot GET /x\"");
    }
}

#[tokio::test]
async fn a_wrong_method_is_refused_like_a_wrong_path() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for (method, target) in [
        ("PUT", "/payment-link/update"),
        ("GET", "/payment-link/create"),
        ("POST", "/payment-link/update"),
        ("DELETE", "/payment-link/x"),
        ("POST", "/status"),
        ("OPTIONS", "/invoice/"),
    ] {
        let reply = client.send(method, target, Some("{}")).await;
        let message = reply.expect_refusal(404, "Not Found");
        assert_eq!(message, format!("\"Cannot {method} {target}\""));
    }
}

#[tokio::test]
async fn an_odd_id_is_only_an_unknown_id() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for id in [
        "..%2Finvoice",
        "%2e%2e",
        "..",
        ".",
        "a%2Fb",
        "a%00b",
        "%25",
        "a%20b",
        "%C3%BC",
        "*",
        "{x}",
        "'",
        "delete",
        "undefined",
        "a;b",
        "a:b",
        "%F0%9F%9A%80",
    ] {
        let reply = client.get(&format!("/payment-link/{id}")).await;
        let message = reply.expect_refusal(404, "Not Found");
        assert!(message.contains("no payment link with this id"), "{id}: {message}");
    }
    let long = "x".repeat(5000);
    client.get(&format!("/payment-link/{long}")).await.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn a_badly_encoded_id_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let (client, frontend) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    for id in ["%ff", "a%C3", "%ED%A0%80", "%", "%2", "%zz", "a%+1", "%%41"] {
        for path in ["/payment-link/", "/checkout/data/invoice.get/"] {
            let client = if path.starts_with("/checkout") { &frontend } else { &client };
            let reply = client.get(&format!("{path}{id}")).await;
            reply.expect_invalid("the path isn't percent-encoded UTF-8: write `%` as `%25`");
        }
        let delete = client.delete(&format!("/invoice/delete/{id}")).await;
        delete.expect_invalid("the path isn't percent-encoded UTF-8: write `%` as `%25`");
        // A caller without a key gets the error about the missing key first.
        let nobody = Client::anonymous(&sandbox);
        nobody.get(&format!("/payment-link/{id}")).await.expect_refusal(401, "Unauthorized");
        let page = nobody.get(&format!("/pay/on-ramp/{id}")).await;
        page.expect_invalid("the path isn't percent-encoded UTF-8: write `%` as `%25`");
        for unknown in [format!("/pay/{id}"), format!("/{id}"), format!("/payment-link/a/{id}")] {
            let message = nobody.get(&unknown).await.expect_refusal(404, "Not Found");
            assert_eq!(message, format!("\"Cannot GET {unknown}\""));
        }
    }
}

#[tokio::test]
async fn an_encoded_id_is_decoded() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let created = client.post("/payment-link/create", &json!({ "amount": "1" })).await.expect(201);
    let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
    let encoded = id.replace('-', "%2D");
    client.get(&format!("/payment-link/{encoded}")).await.expect(200);
    client
        .get(&format!("/payment-link/{}", id.to_uppercase()))
        .await
        .expect_refusal(404, "Not Found");
    client.get(&format!("/payment-link/{id}/")).await.expect_refusal(404, "Not Found");
    client.get(&format!("/payment-link/{id}%20")).await.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn head_responds_like_get_without_a_body() {
    let sandbox = Sandbox::start().await.unwrap();
    let reply = Client::anonymous(&sandbox).send("HEAD", "/status", None).await;
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
}

/// Returns the operation for a path by literal comparison, without decoding or normalizing.
fn meant(method: &str, path: &str) -> Option<&'static Operation> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |operation: &&&Operation| {
        let template: Vec<&str> = operation.path.split('/').collect();
        let mut pairs = template.iter().zip(&segments);
        operation.method.as_str() == method
            && template.len() == segments.len()
            && pairs.all(|(wanted, found)| match wanted.starts_with('{') {
                true => !found.is_empty(),
                false => wanted == found,
            })
    };
    // `/x/all` comes before `/x/{id}`.
    OPERATIONS.iter().filter(fits).min_by_key(|it| it.path.matches('{').count()).copied()
}

/// Returns paths that become the given path when they are decoded, normalized or compared case-insensitively.
fn disguises(path: &str) -> Vec<String> {
    let rest = path.trim_start_matches('/');
    let mut disguises = vec![
        format!("/{path}"),
        format!("/.{path}"),
        format!("/x/..{path}"),
        format!("/%2e{path}"),
        format!("/%2e%2e{path}"),
        format!("/%2f{rest}"),
        format!("/%5c{rest}"),
        format!("/\\{rest}"),
        format!("{path}/"),
        format!("{path}/."),
        format!("{path}%2f"),
        format!("{path}%00"),
        format!("{path};x=y"),
        format!("{path}%20"),
        format!("{path}%3f"),
        path.to_uppercase(),
    ];
    for (at, _) in path.match_indices('/').skip(1) {
        let (start, end) = (&path[..at], &path[at + 1..]);
        for between in ["//", "/./", "/x/../", "%2f", "%2F", "%5c", "\\", "/%2e/", "/;/", "%252f"] {
            disguises.push(format!("{start}{between}{end}"));
        }
    }
    // The path with one letter escaped.
    disguises.push(format!("/%{:02x}{}", rest.as_bytes()[0], &rest[1..]));
    disguises
}

#[tokio::test]
async fn a_disguised_path_cannot_reach_another_operation() {
    let sandbox = Sandbox::start().await.unwrap();
    let nobody = Client::anonymous(&sandbox);
    let mut refused = 0;
    for operation in OPERATIONS {
        let (id, method) = (operation.id, operation.method.as_str());
        let plain = operation.path.split('/').map(|it| if it.starts_with('{') { "a" } else { it });
        let plain = plain.collect::<Vec<_>>().join("/");
        for path in disguises(&plain) {
            let reply = nobody.send(method, &path, Some("{}")).await;
            let Some(meant) = meant(method, &path) else {
                let message = reply.expect_refusal(404, "Not Found");
                assert!(message.contains(&format!("Cannot {method} ")), "{id} {path}: {message}");
                refused += 1;
                continue;
            };
            // The missing credential in the message shows which operation was reached.
            let needs = match meant.bound {
                Some("Checkout") => "needs a Checkout key",
                Some(_) => "needs a Normal key",
                None => panic!("{path} reaches {}", meant.id),
            };
            let message = reply.expect_refusal(401, "Unauthorized");
            assert!(message.contains(needs), "{id} {path}: {message}");
            assert_ne!(meant.path.matches('{').count(), 0, "{path} reaches {}", meant.id);
        }
    }
    assert!(refused > 500, "too few paths were refused: {refused}");
}
