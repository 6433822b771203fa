//! Sends SQL and HTML in every string field of every operation. Tests that each request gets a proper response, and
//! that the string is stored unchanged and displayed as text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use mileston_api::catalogue::OPERATIONS;
use mileston_api::operation::{Location, Operation};
use mileston_sandbox::Sandbox;
use mileston_tests::compile::workspace;
use mileston_tests::http::{Answer, send};
use mileston_tests::tools;
use mileston_tests::verdicts::Issued;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

const TEXTS: [&str; 3] = [
    "'); DROP TABLE resources; --",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
];

/// The operations that create a record, each with the place of the record's id in the response.
const MADE: [(&str, &str); 3] = [
    ("createPaymentLink", "/paymentData/paymentLinkId"),
    ("createInvoice", "/invoiceData/invoiceId"),
    ("createRecurringPayment", "/recurringPaymentData/recurringPaymentId"),
];

/// Returns each entry of [`MADE`] as the operation, the data field, and the id field inside the data.
fn made() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    MADE.iter().filter_map(|(operation, place)| {
        let (data, id) = place.strip_prefix('/')?.split_once('/')?;
        Some((*operation, data, id))
    })
}

/// Returns a valid value for a field of an operation's body, or `None` if this list doesn't have the
/// field.
fn good(field: &str, operation: &str) -> Option<Value> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let address = "0x1111111111111111111111111111111111111111";
    let date = "2031-01-31T00:00:00.000Z";
    Some(match field {
        "amount" => json!("1"),
        "title"
        | "description"
        | "redirectUrl"
        | "logoUrl"
        | "bannerUrl"
        | "itemName"
        | "subscriptionName"
        | "subscriberFullName"
        | "userUUID"
        | "feeSignature"
        | "customerInformation" => json!("a"),
        "customerEmail" | "subscriberEmail" => json!("a@example.com"),
        "dueDate" | "recurringDate" => json!(date),
        "recurringInterval" => json!(1),
        "addPdf" => json!(true),
        "currentPaymentStatus" => json!("unpaid"),
        "subscriberWalletAddress"
        | "recipientAddress"
        | "payer"
        | "recipientWalletAddress"
        | "publicKey"
        | "walletAddress" => json!(address),
        "recipients" => json!([address]),
        "amounts" => json!(["1"]),
        // A transaction can pay only once.
        "transactionSignature" => json!(format!("0x{}", COUNT.fetch_add(1, Ordering::Relaxed))),
        "walletType" | "chain" | "evmChain" => json!("eth"),
        "env" => json!("test"),
        "token" => json!("USDC"),
        // Replaced in each request: see `Shop::fill`.
        "subWalletUuid" => json!(format!("of {operation}")),
        id if made().any(|(_, _, known)| known == id) => json!(format!("of {operation}")),
        _ => return None,
    })
}

/// A field of a body.
struct Field {
    name: String,
    /// Whether the field is a string, or a list of strings.
    is_text: bool,
    is_enum: bool,
}

/// Returns the fields of the body for each operation that takes a body.
fn bodies() -> BTreeMap<String, Vec<Field>> {
    let place = workspace().join("openapi/mileston.yaml");
    let text = std::fs::read_to_string(place).unwrap();
    let document = openapi_keys::Document::parse("openapi/mileston.yaml", &text).unwrap().to_json();
    let methods = document["paths"].as_object().unwrap().values();
    let operations = methods.flat_map(|methods| methods.as_object().unwrap().values());
    let schema_of = |operation: &Value| {
        let body = operation.pointer("/requestBody/content/application~1json/schema/$ref")?;
        document.pointer(body.as_str()?.strip_prefix('#')?)
    };
    let target =
        |property: &Value| document.pointer(property["$ref"].as_str()?.strip_prefix('#')?).cloned();
    let field = |(name, property): (&String, &Value)| Field {
        name: name.clone(),
        is_text: !matches!(property["type"].as_str(), Some("integer" | "boolean")),
        is_enum: target(property).is_some_and(|schema| schema.get("enum").is_some()),
    };
    let fields =
        |schema: &Value| schema["properties"].as_object().unwrap().iter().map(field).collect();
    let body = |operation: &Value| {
        let id = operation["operationId"].as_str()?.to_owned();
        Some((id, fields(schema_of(operation)?)))
    };
    operations.filter_map(body).collect()
}

#[test]
fn every_field_of_a_body_has_a_valid_value_in_this_file() {
    let mut missing = BTreeMap::new();
    for (operation, fields) in bodies() {
        for Field { name, .. } in fields {
            if good(&name, &operation).is_none() {
                missing.insert(name, operation.clone());
            }
        }
    }
    let line = |(name, operation)| format!("        \"{name}\" => json!(VALUE), // {operation}\n");
    let lines: String = missing.into_iter().map(line).collect();
    assert!(
        lines.is_empty(),
        "add these lines to `good` in tests/tests/hostile.rs, with valid values:\n{lines}"
    );
}

struct Shop {
    issued: Issued,
    bodies: BTreeMap<String, Vec<Field>>,
    sub_wallet: String,
}

impl Shop {
    async fn open(sandbox: &Sandbox) -> Self {
        let (issued, bodies) = (Issued::of(sandbox), bodies());
        let mut shop = Shop { issued, bodies, sub_wallet: String::new() };
        let made = shop.call(find("createSubwallet"), "/user/sub-wallet", "{}").await;
        shop.sub_wallet = text(&json_of(&made), "/uuid");
        shop
    }

    async fn call(&self, operation: &Operation, target: &str, body: &str) -> Answer {
        let mut headers = self.issued.headers(operation.bound.unwrap_or("None"), body);
        headers.push(("content-type", "application/json".to_owned()));
        headers.push(("env", "test".to_owned()));
        send(&self.issued.url, operation.method.as_str(), target, &headers, body).await.unwrap()
    }

    /// Returns a valid body. If the body refers to a record, this creates the record first.
    async fn fill(&self, operation: &Operation) -> Map<String, Value> {
        let mut body = Map::new();
        for Field { name, .. } in self.bodies.get(operation.id).into_iter().flatten() {
            let value = good(name, operation.id);
            let value = value.unwrap_or_else(|| panic!("{name} has no valid value in `good`"));
            body.insert(name.clone(), value);
        }
        for (_, _, field) in made() {
            if body.contains_key(field) {
                body[field] = json!(self.thing(operation.id).await);
            }
        }
        if body.contains_key("subWalletUuid") {
            body["subWalletUuid"] = json!(self.sub_wallet);
        }
        body
    }

    /// Creates a record that the operation can refer to, and returns the record's id.
    async fn thing(&self, operation: &str) -> String {
        let (create, id) = match operation {
            id if id.contains("Invoice") => MADE[1],
            id if id.contains("Recurring") => MADE[2],
            _ => MADE[0],
        };
        let create = find(create);
        let body = Value::Object(Box::pin(self.fill(create)).await).to_string();
        let made = self.call(create, &target(create, "a"), &body).await;
        assert_eq!(made.status, 201, "{}", made.body);
        text(&json_of(&made), id)
    }

    /// Checks that the pages show the hostile strings only as text. Returns the number of pages
    /// that show a hostile string.
    async fn look_at_pages(&self, checkout: &str) -> usize {
        let mut shown = 0;
        for path in ["/", "/payments", "/requests", checkout] {
            let headers = [("accept", "text/html".to_owned())];
            let page = send(&self.issued.url, "GET", path, &headers, "").await.unwrap().body;
            assert!(page.starts_with("<!DOCTYPE html>"), "{path}: {page}");
            for mark in ["<script>alert", "<img src=x"] {
                assert!(!page.contains(mark), "{path} has {mark}: {page}");
            }
            shown += usize::from(page.contains("&lt;script&gt;alert"));
        }
        shown
    }
}

fn find(id: &str) -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.id == id).unwrap()
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

fn text(json: &Value, pointer: &str) -> String {
    json.pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer} in {json}"))
        .to_owned()
}

/// Returns the target with this text for each path parameter and each required query parameter.
fn target(operation: &Operation, text: &str) -> String {
    let text = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (mut path, mut query) = (operation.path.to_owned(), Vec::new());
    for parameter in operation.parameters {
        match parameter.location {
            Location::Path => path = path.replace(&format!("{{{}}}", parameter.name), &text),
            Location::Query if parameter.required => {
                query.push(format!("{}={text}", parameter.name))
            }
            _ => {}
        }
    }
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

/// Checks that the operation succeeded, or was rejected in the platform's format.
#[track_caller]
fn expect_proper(what: &str, answer: &Answer) {
    let json = json_of(answer);
    match answer.status {
        200 | 201 => {}
        400 | 404 | 409 => {
            let message = &json["message"];
            assert!(message.is_string() || message.is_array(), "{what}: {}", answer.body);
            assert_eq!(json["statusCode"], answer.status, "{what}: {}", answer.body);
        }
        _ => panic!("{what}: {} {}", answer.status, answer.body),
    }
}

#[tokio::test]
async fn sql_and_html_in_every_string_are_treated_as_plain_data() {
    let sandbox = Sandbox::start().await.unwrap();
    let shop = Shop::open(&sandbox).await;
    let witness = shop.thing("createPaymentLink").await;
    let witness = format!("/payment-link/{witness}");
    let before = shop.call(find("getPaymentLink"), &witness, "").await.body;
    let (mut sent, mut kept, mut shown) = (0, 0, 0);
    for operation in OPERATIONS.iter().filter(|operation| operation.body.is_some()) {
        let texts = shop.bodies[operation.id].iter().filter(|field| field.is_text);
        for (field, hostile) in texts.flat_map(|field| TEXTS.map(|text| (&field.name, text))) {
            let mut body = shop.fill(operation).await;
            let is_list = body[field].is_array();
            body[field] = if is_list { json!([hostile]) } else { json!(hostile) };
            let subject = if operation.path.contains("subWallet") { &shop.sub_wallet } else { "a" };
            let target = target(operation, subject);
            let answer = shop.call(operation, &target, &Value::Object(body).to_string()).await;
            expect_proper(&format!("{} with {field}: {hostile}", operation.id), &answer);
            sent += 1;
            let data = json_of(&answer);
            let data = made().find_map(|(_, name, _)| data.get(name));
            if let Some(value) = data.and_then(|data| data.get(field)) {
                assert_eq!(value, hostile, "{}: {field}", operation.id);
                kept += 1;
            }
        }
        // The pages show the newest records, so check the pages before more records are created.
        shown += shop.look_at_pages(&witness).await;
    }
    for operation in OPERATIONS {
        for hostile in TEXTS {
            let body = Value::Object(shop.fill(operation).await).to_string();
            let answer = shop.call(operation, &target(operation, hostile), &body).await;
            expect_proper(&format!("{} for {hostile}", operation.id), &answer);
            sent += 1;
        }
    }
    assert_eq!(shop.call(find("getPaymentLink"), &witness, "").await.body, before);
    assert!(shown > 3, "too few pages showed a hostile string: {shown}");
    assert!(kept > 30, "too few hostile strings were kept: {kept}");
    tools::say(&format!(
        "hostile strings: {sent} requests got a proper response, {kept} strings were returned unchanged, {shown} pages showed a string as text"
    ));
}

/// Enums are open in responses because the platform may extend them. In a request, an unknown value is a mistake.
#[tokio::test]
async fn the_rejection_of_an_unknown_enum_value_names_its_field() {
    const UNKNOWN: &str = "not-a-value";
    let sandbox = Sandbox::start().await.unwrap();
    let shop = Shop::open(&sandbox).await;
    let mut tried = 0;
    let refused = |what: &str, name: &str, answer: &Answer| {
        assert_eq!(answer.status, 400, "{what} with {name}: {UNKNOWN}: {}", answer.body);
        let message = json_of(answer)["message"].to_string();
        assert!(message.contains(name), "{what}: {message} doesn't name {name}");
        assert!(!message.contains(UNKNOWN), "{what}: {message} repeats the value");
    };
    for operation in OPERATIONS {
        for field in shop.bodies.get(operation.id).into_iter().flatten().filter(|it| it.is_enum) {
            let mut body = shop.fill(operation).await;
            body[&field.name] = json!(UNKNOWN);
            let subject = if operation.path.contains("subWallet") { &shop.sub_wallet } else { "a" };
            let target = target(operation, subject);
            let answer = shop.call(operation, &target, &Value::Object(body).to_string()).await;
            refused(operation.id, &field.name, &answer);
            tried += 1;
        }
        let filters = operation.parameters.iter().filter(|parameter| !parameter.values.is_empty());
        for filter in filters {
            let body = Value::Object(shop.fill(operation).await).to_string();
            let mut target = target(operation, "a");
            let mut headers = shop.issued.headers(operation.bound.unwrap_or("None"), &body);
            headers.push(("content-type", "application/json".to_owned()));
            match filter.location {
                Location::Header => headers.push((filter.name, UNKNOWN.to_owned())),
                Location::Path => target = target.replace("/a", &format!("/{UNKNOWN}")),
                _ => {
                    // Remove the value that `target` sets for a required parameter.
                    target = target.replace(&format!("{}=a", filter.name), "");
                    let join = if target.contains('?') { '&' } else { '?' };
                    target = format!("{target}{join}{}={UNKNOWN}", filter.name);
                }
            }
            let method = operation.method.as_str();
            let answer = send(&shop.issued.url, method, &target, &headers, &body).await.unwrap();
            refused(operation.id, filter.name, &answer);
            // The sandbox checks these parameters against the catalogue before it runs an operation's code, so it also
            // checks those of new operations.
            let words = format!("{} must be one of {}", filter.name, filter.values.join(", "));
            let place = ["query parameter ", "header ", "path parameter "];
            let found = place.iter().any(|place| answer.body.contains(&format!("{place}{words}")));
            assert!(found, "{}: {}", operation.id, answer.body);
            tried += 1;
        }
    }
    tools::say(&format!("unknown values: {tried} enum fields and parameters reject them"));
    assert!(tried > 20, "{tried}");
}
