//! No error response contains the values that were sent, because a client that mixes up two fields may have sent a key.

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::{Location, Operation};
use mileston_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use crate::http::{Client, Reply};
use crate::signed::Signer;

/// Looks like a key, but isn't one that the sandbox could generate.
const MARK: &str = "Mileston_TEST_fake0123marked";
/// The counterpart of `MARK` for number fields.
const NUMBER: i64 = -918_273_645;

/// Returns the fields of all request bodies, with valid values. An operation ignores fields that it doesn't know.
fn good() -> Map<String, Value> {
    let address = "0x1111111111111111111111111111111111111111";
    let body = json!({
        "amount": "1", "title": "a", "description": "a", "redirectUrl": "a", "logoUrl": "a",
        "bannerUrl": "a", "customerEmail": "a@example.com", "paymentLinkId": "a",
        "itemName": "a", "dueDate": "2031-01-31T00:00:00.000Z", "addPdf": true, "invoiceId": "a",
        "subscriptionName": "a", "subscriberFullName": "a", "subscriberEmail": "a@example.com",
        "recurringDate": "2031-01-31T00:00:00.000Z", "recurringInterval": 1,
        "subscriberWalletAddress": address, "currentPaymentStatus": "unpaid",
        "recurringPaymentId": "a", "recipientAddress": address, "walletType": "eth",
        "recipients": [address], "amounts": ["1"], "subWalletUuid": "a", "payer": address,
        "recipientWalletAddress": address, "userUUID": "a", "transactionSignature": "a",
        "feeSignature": "a", "chain": "eth", "env": "test", "publicKey": address,
        "token": "USDC", "customerInformation": "a", "evmChain": "eth", "walletAddress": address,
    });
    body.as_object().unwrap().clone()
}

/// Returns values that look like keys or unusual numbers. Most fields reject most of these values.
fn marks() -> Vec<Value> {
    let mut nested = Map::new();
    nested.insert(MARK.to_owned(), json!(MARK));
    vec![
        json!(MARK),
        json!(format!("{MARK}, expected {MARK}")),
        json!(NUMBER),
        json!([MARK]),
        json!([[MARK, NUMBER]]),
        Value::Object(nested),
    ]
}

struct Parties {
    backend: Client,
    frontend: Client,
    signer: Signer,
}

impl Parties {
    fn of(sandbox: &Sandbox) -> Self {
        Parties {
            backend: Client::backend(sandbox),
            frontend: Client::frontend(sandbox),
            signer: Signer::of(sandbox),
        }
    }

    /// Uses valid credentials so that the later checks are reached.
    async fn call(&self, operation: &Operation, target: &str, body: &str) -> Reply {
        let method = operation.method.as_str();
        match operation.bound {
            Some("Wallet") => self.signer.send(method, target, body).await,
            Some("Checkout") => {
                let frontend = self.frontend.clone();
                let frontend = match operation.parameters.iter().any(|it| it.name == "env") {
                    true => frontend.header("env", MARK),
                    false => frontend,
                };
                frontend.send(method, target, Some(body)).await
            }
            _ => self.backend.send(method, target, Some(body)).await,
        }
    }
}

#[track_caller]
fn check(operation: &Operation, sent: &str, reply: &Reply) {
    let (id, status, body) = (operation.id, reply.status, &reply.body);
    assert!(status != 401 && status < 500, "{id} with {sent}: {status} {body}");
    if status < 400 {
        return;
    }
    for mark in [MARK, "918273645"] {
        assert!(!body.contains(mark), "{id} with {sent} repeats it: {body}");
    }
}

/// Returns the target with this text for each parameter.
fn target(operation: &Operation, text: &str) -> String {
    let (mut path, mut query) = (operation.path.to_owned(), Vec::new());
    for parameter in operation.parameters {
        match parameter.location {
            Location::Path => path = path.replace(&format!("{{{}}}", parameter.name), text),
            Location::Query => query.push(format!("{}={text}", parameter.name)),
            _ => {}
        }
    }
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

#[tokio::test]
async fn a_key_in_any_field_of_a_body_is_not_repeated() {
    let sandbox = Sandbox::start().await.unwrap();
    let parties = Parties::of(&sandbox);
    let (good, marks) = (good(), marks());
    let mut refused = 0;
    for operation in OPERATIONS.iter().filter(|operation| operation.body.is_some()) {
        let target = match operation.id {
            "createInvoice" | "createRecurringPayment" => {
                format!("{}?businessName=a", operation.path)
            }
            _ => operation.path.replace("{subWalletUuid}", "a").replace("{onRampId}", "a"),
        };
        for field in good.keys() {
            for mark in &marks {
                let mut body = good.clone();
                body[field] = mark.clone();
                let reply =
                    parties.call(operation, &target, &Value::Object(body).to_string()).await;
                check(operation, &format!("{field}: {mark}"), &reply);
                refused += usize::from(reply.status == 400);
            }
        }
    }
    assert!(refused > 100, "too few were refused: {refused}");
}

#[tokio::test]
async fn a_key_in_invalid_json_is_not_repeated() {
    let sandbox = Sandbox::start().await.unwrap();
    let parties = Parties::of(&sandbox);
    for operation in OPERATIONS.iter().filter(|operation| operation.body.is_some()) {
        for body in [
            MARK.to_owned(),
            format!("\"{MARK}\""),
            format!("[\"{MARK}\"]"),
            format!("{{{MARK}:1}}"),
            format!("{{\"{MARK}\":[}}"),
            format!("{{\"{MARK}\":\"\\u{{{MARK}}}\"}}"),
            format!("{{\"amount\":{MARK}}}"),
            format!("{{\"amount\":\"{MARK}"),
            format!("{{\"amount\":\"1\",\"amount\":\"{MARK}\"}}"),
            format!("{{\"amount\":\"1\"}}{MARK}"),
        ] {
            let reply = parties.call(operation, &target(operation, "a"), &body).await;
            check(operation, &body, &reply);
            assert_eq!(reply.status, 400, "{} with {body}: {}", operation.id, reply.body);
        }
    }
}

#[tokio::test]
async fn a_key_in_any_parameter_is_not_repeated() {
    let sandbox = Sandbox::start().await.unwrap();
    let parties = Parties::of(&sandbox);
    let body = Value::Object(good()).to_string();
    for operation in OPERATIONS {
        for text in [MARK, &NUMBER.to_string(), &format!("{MARK}%ff"), &format!("{MARK}%zz")] {
            let target = target(operation, text);
            check(operation, &target, &parties.call(operation, &target, &body).await);
        }
    }
}
