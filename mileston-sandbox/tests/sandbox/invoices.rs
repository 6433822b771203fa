//! The life cycle of an invoice.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::{Client, items};

const CREATE: &str = "/invoice/create?businessName=Acme";

fn body() -> Value {
    json!({
        "amount": "200.00", "itemName": "Service", "customerEmail": "client@example.com",
        "dueDate": "2031-12-31T23:59:59.999Z", "addPdf": true,
    })
}

#[tokio::test]
async fn the_life_cycle_of_an_invoice() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let created = client.post(CREATE, &body()).await.expect(201);
    let id = created["invoiceData"]["invoiceId"].as_str().unwrap();
    let mut data = body();
    data["invoiceId"] = json!(id);
    assert_eq!(created["invoiceData"], data);
    assert_eq!(created["invoiceLink"], format!("{}/invoice/{id}", sandbox.url()));

    let target = format!("/invoice/{id}");
    assert_eq!(client.get(&target).await.expect(200)["invoiceData"], data);

    let update = json!({
        "invoiceId": id, "dueDate": "2032-01-01T00:00:00+01:00", "addPdf": false, "itemName": "More",
    });
    let updated = client.patch("/invoice/update", &update).await.expect(200);
    data["dueDate"] = json!("2031-12-31T23:00:00.000Z");
    data["addPdf"] = json!(false);
    data["itemName"] = json!("More");
    assert_eq!(updated["invoiceData"], data);

    let list = client.get("/invoice/?limit=5").await.expect(200);
    assert_eq!(list["invoiceData"], json!([data]));

    client.delete(&format!("/invoice/delete/{id}")).await.expect(200);
    client.get(&target).await.expect_refusal(404, "Not Found");
    client.patch("/invoice/update", &update).await.expect_refusal(404, "Not Found");
    let list = client.get("/invoice/").await.expect(200);
    assert!(items(&list, "invoiceData").is_empty());
}

#[tokio::test]
async fn checkout_sees_status_and_env_but_the_backend_does_not() {
    let sandbox = Sandbox::start().await.unwrap();
    let created = Client::backend(&sandbox).post(CREATE, &body()).await.expect(201);
    let id = created["invoiceData"]["invoiceId"].as_str().unwrap();
    let target = format!("/checkout/data/invoice.get/{id}");
    let seen = Client::frontend(&sandbox).get(&target).await.expect(200);
    let mut data = created["invoiceData"].clone();
    assert!(data.get("status").is_none() && data.get("env").is_none());
    data["status"] = json!("pending");
    data["env"] = json!("test");
    assert_eq!(seen["invoiceData"], data);
    assert_eq!(seen["invoiceLink"], created["invoiceLink"]);
}

#[tokio::test]
async fn all_mistakes_are_reported_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let mut bad = body();
    bad["itemName"] = json!(" ");
    let reply = client.post("/invoice/create?businessName=", &bad).await;
    let message = reply.expect_invalid("itemName must");
    assert!(message.contains("businessName must"), "{message}");
    // If the e-mail address is invalid, parsing the body fails, so only that mistake is reported.
    bad["customerEmail"] = json!("nobody");
    let reply = client.post("/invoice/create?businessName=", &bad).await;
    reply.expect_invalid("customerEmail: an e-mail address needs an `@`");
}

#[tokio::test]
async fn missing_fields_and_invalid_dates_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for field in ["amount", "itemName", "customerEmail", "dueDate"] {
        let mut bad = body();
        bad.as_object_mut().unwrap().remove(field);
        client.post(CREATE, &bad).await.expect_invalid(&format!("missing field `{field}`"));
        bad[field] = Value::Null;
        client.post(CREATE, &bad).await.expect_invalid(&format!("{field}: "));
    }
    for date in ["31.01.2031", "2031-01-31", "2031-02-30T00:00:00Z", ""] {
        let mut bad = body();
        bad["dueDate"] = json!(date);
        client.post(CREATE, &bad).await.expect_invalid("dueDate: ");
    }
    let mut bad = body();
    bad["addPdf"] = json!("yes");
    client.post(CREATE, &bad).await.expect_invalid("addPdf: must be a boolean");
}

#[tokio::test]
async fn the_business_name_is_decoded_like_a_form() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for query in [
        "?businessName=Tom%20%26%20Jerry",
        "?businessName=Tom%20&%20Jerry%20=%2050",
        "?businessName=A+B",
        "?businessName=%C3%9Cn%C3%AFc%C3%B6d%C3%A9",
        "?x=1&businessName=Acme&amount=1",
        "?businessName=100%%20legit",
        "?businessName=%",
    ] {
        client.post(&format!("/invoice/create{query}"), &body()).await.expect(201);
    }
    for query in
        ["", "?", "?businessname=Acme", "?businessName=A&businessName=B", "?businessName=%ff"]
    {
        let reply = client.post(&format!("/invoice/create{query}"), &body()).await;
        reply.expect_invalid("query parameter businessName");
    }
}

#[tokio::test]
async fn a_due_date_that_has_passed_changes_nothing() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let backend = Client::backend(&sandbox);
    let body = json!({
        "amount": "1", "itemName": "i", "customerEmail": "a@example.com",
        "dueDate": "2025-01-02T00:00:00.000Z",
    });
    let created = backend.post("/invoice/create?businessName=A", &body).await.expect(201);
    let id = created["invoiceData"]["invoiceId"].as_str().unwrap();
    sandbox.advance(std::time::Duration::from_secs(30 * 24 * 60 * 60)).await.unwrap();
    let payer = Client::frontend(&sandbox);
    let fetch = format!("/checkout/data/invoice.get/{id}");
    assert_eq!(payer.get(&fetch).await.expect(200)["invoiceData"]["status"], "pending");
    let report = json!({
        "paymentLinkId": id, "payer": "0x1", "recipientWalletAddress": "0x2", "amount": "1",
        "userUUID": "u", "transactionSignature": "0x3", "chain": "sui", "env": "test",
    });
    payer.post("/checkout/save-payment/invoice.save", &report).await.expect(200);
    assert_eq!(payer.get(&fetch).await.expect(200)["invoiceData"]["status"], "paid");
}
