//! The life cycle of a payment link.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{Client, items};

const CREATE: &str = "/payment-link/create";
const UPDATE: &str = "/payment-link/update";

async fn create(client: &Client, amount: &str) -> String {
    let link = client.post(CREATE, &json!({ "amount": amount })).await.expect(201);
    link["paymentData"]["paymentLinkId"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    let links = items(list, "paymentData");
    links.iter().map(|link| link["paymentLinkId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_life_cycle_of_a_payment_link() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let body = json!({
        "amount": "100.00", "title": "Beans", "description": "A bag", "redirectUrl": "https://shop.example/?a=1",
        "logoUrl": "https://shop.example/l.png", "bannerUrl": "https://shop.example/b.png",
    });
    let created = client.post(CREATE, &body).await.expect(201);
    let id = created["paymentData"]["paymentLinkId"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(id, id.to_lowercase());
    let mut data = body.clone();
    data["paymentLinkId"] = json!(id);
    assert_eq!(created["paymentData"], data);
    assert_eq!(created["paymentLink"], format!("{}/payment-link/{id}", sandbox.url()));

    let read = client.get(&format!("/payment-link/{id}")).await.expect(200);
    assert_eq!(read["paymentData"], data);
    assert_eq!(read["paymentLink"], created["paymentLink"]);

    let update = json!({ "paymentLinkId": id, "amount": "120", "title": null });
    let updated = client.patch(UPDATE, &update).await.expect(200);
    data["amount"] = json!("120");
    assert_eq!(updated["paymentData"], data);
    let untouched = client.patch(UPDATE, &json!({ "paymentLinkId": id })).await.expect(200);
    assert_eq!(untouched["paymentData"], data);

    client.delete(&format!("/payment-link/delete/{id}")).await.expect(200);
    for reply in [
        client.get(&format!("/payment-link/{id}")).await,
        client.delete(&format!("/payment-link/delete/{id}")).await,
        client.patch(UPDATE, &update).await,
        Client::frontend(&sandbox).get(&format!("/checkout/data/paymentlink.get/{id}")).await,
    ] {
        let message = reply.expect_refusal(404, "Not Found");
        assert!(message.contains("no payment link with this id"), "{message}");
    }
}

#[tokio::test]
async fn fields_that_the_platform_does_not_have_are_dropped() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let body = json!({ "amount": "5", "customerEmail": "a@example.com", "meta": { "deep": [1] } });
    let created = client.post(CREATE, &body).await.expect(201);
    let fields = created["paymentData"].as_object().unwrap();
    assert_eq!(fields.len(), 2, "{fields:?}");
}

#[tokio::test]
async fn the_list_is_newest_first_and_has_at_most_limit_entries() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    assert!(ids(&client.get("/payment-link/").await.expect(200)).is_empty());
    let mut all = Vec::new();
    for amount in ["1", "2", "3"] {
        all.insert(0, create(&client, amount).await);
    }
    for (query, expected) in [
        ("", 3),
        ("?limit=2", 2),
        ("?limit=0", 0),
        ("?limit=10", 3),
        ("?limit=4294967295", 3),
        ("?limit=%32", 2),
        ("?other=x&limit=1", 1),
    ] {
        let list = client.get(&format!("/payment-link/{query}")).await.expect(200);
        assert_eq!(ids(&list), all[..expected], "{query}");
    }
}

#[tokio::test]
async fn a_limit_that_is_not_a_number_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for query in [
        "limit=",
        "limit",
        "limit=-1",
        "limit=1.5",
        "limit=ten",
        "limit=undefined",
        "limit=NaN",
        "limit=4294967296",
        "limit=1e3",
        "limit=0x10",
        "limit=%D9%A1",
        "limit=1+",
        "limit=1&limit=1",
        "limit=%ff",
        "limit=%zz",
        "limit=%",
    ] {
        let reply = client.get(&format!("/payment-link/?{query}")).await;
        reply.expect_invalid("query parameter limit");
    }
}

#[tokio::test]
async fn an_amount_must_be_a_positive_decimal_string() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let id = create(&client, "1").await;
    for (amount, mention) in [
        ("", "amount: the amount is empty"),
        ("0", "amount: the amount is zero"),
        ("0.00", "amount: the amount is zero"),
        ("-1", "amount: the amount has a sign"),
        ("+1", "amount: the amount has a sign"),
        ("1,50", "amount: invalid character at byte 1: "),
        ("1e3", "amount: invalid character at byte 1: "),
        (".5", "amount: an amount has digits before and after its decimal point"),
        ("5.", "amount: an amount has digits before and after its decimal point"),
        ("abc", "amount: invalid character at byte 0: "),
        ("NaN", "amount: invalid character at byte 0: "),
        (" 1", "amount: invalid character at byte 0: "),
        ("0x1", "amount: invalid character at byte 1: "),
    ] {
        client.post(CREATE, &json!({ "amount": amount })).await.expect_invalid(mention);
        let update = json!({ "paymentLinkId": id, "amount": amount });
        client.patch(UPDATE, &update).await.expect_invalid(mention);
    }
    let big = "12345678901234567890.123456";
    let created = client.post(CREATE, &json!({ "amount": big })).await.expect(201);
    assert_eq!(created["paymentData"]["amount"], big);
}

#[tokio::test]
async fn invalid_examples_in_the_documentation_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    // In the vendor's introduction, the amount is a number. In the vendor's example of an update, the id is spread into
    // an object, so each of its characters is a field.
    let intro = json!({ "amount": 100, "currency": "USD" });
    client.post(CREATE, &intro).await.expect_invalid("amount: must be a string");
    let spread = json!({ "0": "3", "1": "f" });
    client.patch(UPDATE, &spread).await.expect_invalid("missing field `paymentLinkId`");
}
