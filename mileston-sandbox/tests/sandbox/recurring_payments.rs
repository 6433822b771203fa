//! The life cycle of a recurring payment.

use std::time::Duration;

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::Client;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

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
async fn the_life_cycle_of_a_recurring_payment() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    let created = client.post(CREATE, &body()).await.expect(201);
    let id = created["recurringPaymentData"]["recurringPaymentId"].as_str().unwrap();
    let mut data = body();
    data["recurringPaymentId"] = json!(id);
    data["currentPaymentStatus"] = json!("unpaid");
    assert_eq!(created["recurringPaymentData"], data);
    assert_eq!(created.as_object().unwrap().len(), 3, "the response has no link: {created}");

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
async fn a_recurring_payment_can_start_as_paid() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut paid = body();
    paid["currentPaymentStatus"] = json!("paid");
    let created = Client::backend(&sandbox).post(CREATE, &paid).await.expect(201);
    assert_eq!(created["recurringPaymentData"]["currentPaymentStatus"], "paid");
}

#[tokio::test]
async fn error_messages_name_the_field() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::backend(&sandbox);
    for (field, value, mention) in [
        ("recurringInterval", json!("30"), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(1.5), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(-1), "recurringInterval: must be a whole number"),
        ("recurringInterval", json!(0), "recurringInterval must be"),
        ("currentPaymentStatus", json!("maybe"), "currentPaymentStatus must be paid or unpaid"),
        ("subscriberEmail", json!("x"), "subscriberEmail: an e-mail address needs an `@`"),
        ("subscriptionName", json!(""), "subscriptionName must not be empty"),
        ("amount", json!("-5"), "amount: the amount has a sign"),
    ] {
        let mut bad = body();
        bad[field] = value.clone();
        client.post(CREATE, &bad).await.expect_invalid(mention);
        let update = json!({ "recurringPaymentId": "x", field: value });
        client.patch(UPDATE, &update).await.expect_invalid(mention);
    }
}

fn verify(id: &str) -> Value {
    json!({
        "paymentLinkId": id, "publicKey": "0xpayer", "amount": "50",
        "recipientWalletAddress": "0xrecipient", "chain": "sui", "env": "test",
        "userUUID": "someone", "token": "USDC",
    })
}

fn report(id: &str, transaction: &str) -> Value {
    json!({
        "paymentLinkId": id, "payer": "0xpayer", "recipientWalletAddress": "0xrecipient",
        "amount": "50", "userUUID": "someone", "transactionSignature": transaction,
        "chain": "sui", "env": "test",
    })
}

/// Returns whether the recurring payment is paid. Checks that the business and the payer get the same status, and that
/// the Payments page shows it.
async fn is_paid(sandbox: &Sandbox, id: &str) -> bool {
    let seen = Client::backend(sandbox).get(&format!("/recurring-payment/{id}")).await.expect(200);
    let status = seen["recurringPaymentData"]["currentPaymentStatus"].clone();
    let frontend = Client::frontend(sandbox);
    let fetched = frontend.get(&format!("/checkout/data/recurring.get/{id}")).await.expect(200);
    assert_eq!(fetched["recurringPaymentData"]["currentPaymentStatus"], status);
    let list = Client::backend(sandbox).get("/recurring-payment/").await.expect(200);
    assert_eq!(list["recurringPaymentData"][0]["currentPaymentStatus"], status);
    let page = Client::anonymous(sandbox).header("accept", "text/html").get("/payments").await;
    let is_unpaid = page.body.contains(">Not paid<") || page.body.contains(">Due again<");
    assert_eq!(is_unpaid, status == "unpaid", "{}", page.body);
    status == "paid"
}

#[tokio::test]
async fn a_recurring_payment_is_due_again_and_old_payments_no_longer_count() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let (backend, payer) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    let mut monthly = body();
    // The clock starts at 2025-01-01.
    monthly["recurringDate"] = json!("2025-01-11T00:00:00.000Z");
    let created = backend.post(CREATE, &monthly).await.expect(201);
    let id = created["recurringPaymentData"]["recurringPaymentId"].as_str().unwrap();
    let save = "/checkout/save-payment/recurring.save";
    let verify_target = "/checkout/verify-payment/recurring.save";

    // After a payment before the first due date, the recurring payment stays paid until the second due date.
    payer.post(save, &report(id, "0x1")).await.expect(200);
    for days in [0, 10, 29] {
        sandbox.advance(days * DAY).await.unwrap();
        assert!(is_paid(&sandbox, id).await);
        payer.post(verify_target, &verify(id)).await.expect(200);
    }
    sandbox.advance(DAY).await.unwrap();
    assert!(!is_paid(&sandbox, id).await);
    payer.post(verify_target, &verify(id)).await.expect_refusal(400, "Bad Request");
    // The payment for the previous period was already saved, so reporting it again doesn't pay for this
    // period.
    let repeated = payer.post(save, &report(id, "0x1")).await.expect(200);
    assert_eq!(repeated["message"], "Payment was already saved");
    assert!(!is_paid(&sandbox, id).await);

    // After a payment in the middle of a period, the recurring payment stays paid until the end of that period.
    sandbox.advance(15 * DAY).await.unwrap();
    payer.post(save, &report(id, "0x2")).await.expect(200);
    payer.post(verify_target, &verify(id)).await.expect(200);
    sandbox.advance(14 * DAY).await.unwrap();
    assert!(is_paid(&sandbox, id).await);
    sandbox.advance(DAY).await.unwrap();
    assert!(!is_paid(&sandbox, id).await);

    // While the recurring payment is unpaid, its amount can be changed. If the business then marks it as paid, it stays
    // paid until the end of the period.
    let update = json!({ "recurringPaymentId": id, "amount": "60.00" });
    backend.patch(UPDATE, &update).await.expect(200);
    let update = json!({ "recurringPaymentId": id, "currentPaymentStatus": "paid" });
    backend.patch(UPDATE, &update).await.expect(200);
    sandbox.advance(30 * DAY - Duration::from_millis(1)).await.unwrap();
    assert!(is_paid(&sandbox, id).await);
    sandbox.advance(Duration::from_millis(1)).await.unwrap();
    assert!(!is_paid(&sandbox, id).await);
}
