//! The life of a recurring payment.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::Client;

const CREATE: &str = "/recurring-payment/create?businessName=Acme";
const UPDATE: &str = "/recurring-payment/update";

fn body() -> Value {
    json!({
        "amount": "50.00", "subscriptionName": "Plan", "subscriberFullName": "John Doe",
        "subscriberEmail": "john@example.com", "recurringDate": "2031-01-31T00:00:00.000Z",
        "recurringInterval": 30,
    })
}

#[tokio::test]
async fn it_is_created_read_changed_listed_and_deleted() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let created = client.post(CREATE, &body()).await.expect(201);
    let id = created["recurringPaymentData"]["recurringPaymentId"].as_str().unwrap();
    let mut data = body();
    data["recurringPaymentId"] = json!(id);
    data["currentPaymentStatus"] = json!("unpaid");
    assert_eq!(created["recurringPaymentData"], data);
    assert_eq!(created.as_object().unwrap().len(), 3, "there is no link: {created}");

    let target = format!("/recurring-payment/{id}");
    assert_eq!(client.get(&target).await.expect(200)["recurringPaymentData"], data);

    let update = json!({
        "recurringPaymentId": id, "recurringInterval": 15, "subscriberWalletAddress": "0x1",
        "currentPaymentStatus": "paid", "addPdf": false,
    });
    let updated = client.patch(UPDATE, &update).await.expect(200);
    data["recurringInterval"] = json!(15);
    data["subscriberWalletAddress"] = json!("0x1");
    data["currentPaymentStatus"] = json!("paid");
    data["addPdf"] = json!(false);
    assert_eq!(updated["recurringPaymentData"], data);

    let list = client.get("/recurring-payment/").await.expect(200);
    assert_eq!(list["recurringPaymentData"], json!([data]));

    let seen = Client::frontend(&sandbox).get(&format!("/checkout/data/recurring.get/{id}")).await;
    data["env"] = json!("test");
    assert_eq!(seen.expect(200)["recurringPaymentData"], data);

    client.delete(&format!("/recurring-payment/delete/{id}")).await.expect(200);
    client.get(&target).await.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn it_can_start_as_paid() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut paid = body();
    paid["currentPaymentStatus"] = json!("paid");
    let created = Client::backend(&sandbox).post(CREATE, &paid).await.expect(201);
    assert_eq!(created["recurringPaymentData"]["currentPaymentStatus"], "paid");
}

#[tokio::test]
async fn mistakes_are_told_with_their_field() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for (field, value, mention) in [
        ("recurringInterval", json!("30"), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(1.5), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(-1), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(0), "recurringInterval must be"),
        ("currentPaymentStatus", json!("maybe"), "currentPaymentStatus must be paid or unpaid"),
        ("subscriberEmail", json!("x"), "subscriberEmail must be"),
        ("subscriptionName", json!(""), "subscriptionName must not be empty"),
        ("amount", json!("-5"), "amount: an amount with a sign"),
    ] {
        let mut bad = body();
        bad[field] = value.clone();
        client.post(CREATE, &bad).await.expect_invalid(mention);
        let update = json!({ "recurringPaymentId": "x", field: value });
        client.patch(UPDATE, &update).await.expect_invalid(mention);
    }
}
