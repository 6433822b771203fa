//! Reported, repeated and verified payments, and reports that must not count as a payment.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::Client;

const AWAITING: &str =
    r#"{"message":"Still awaiting payment","error":"Bad Request","statusCode":400}"#;

/// One of the three kinds of records that can be paid.
struct Kind {
    create: &'static str,
    /// Where the id is in the response.
    id: &'static str,
    /// The word for the kind in the paths of checkout operations.
    word: &'static str,
}

const LINK: Kind =
    Kind { create: "/payment-link/create", id: "/paymentData/paymentLinkId", word: "paymentlink" };

const INVOICE: Kind = Kind {
    create: "/invoice/create?businessName=A",
    id: "/invoiceData/invoiceId",
    word: "invoice",
};

const RECURRING: Kind = Kind {
    create: "/recurring-payment/create?businessName=A",
    id: "/recurringPaymentData/recurringPaymentId",
    word: "recurring",
};

const KINDS: [Kind; 3] = [LINK, INVOICE, RECURRING];

/// Returns a body with the required fields of all three kinds. It is valid for each kind, because unknown fields are
/// ignored.
fn anything(amount: &str) -> Value {
    json!({
        "amount": amount, "itemName": "i", "customerEmail": "a@example.com",
        "dueDate": "2031-01-31T00:00:00.000Z", "subscriptionName": "s", "subscriberFullName": "f",
        "subscriberEmail": "a@example.com", "recurringDate": "2031-01-31T00:00:00.000Z",
        "recurringInterval": 30,
    })
}

async fn create(sandbox: &Sandbox, kind: &Kind, amount: &str) -> String {
    let created = Client::backend(sandbox).post(kind.create, &anything(amount)).await.expect(201);
    created.pointer(kind.id).unwrap().as_str().unwrap().to_owned()
}

fn report(id: &str, amount: &str, transaction: &str) -> Value {
    json!({
        "paymentLinkId": id, "payer": "0xpayer", "recipientWalletAddress": "0xrecipient",
        "amount": amount, "userUUID": "someone", "transactionSignature": transaction,
        "chain": "sui", "env": "test",
    })
}

fn question(id: &str, amount: &str) -> Value {
    json!({
        "paymentLinkId": id, "publicKey": "0xpayer", "amount": amount,
        "recipientWalletAddress": "0xrecipient", "chain": "sui", "env": "test",
        "userUUID": "someone", "token": "USDC",
    })
}

fn save(kind: &Kind) -> String {
    format!("/checkout/save-payment/{}.save", kind.word)
}

fn verify(kind: &Kind) -> String {
    format!("/checkout/verify-payment/{}.save", kind.word)
}

#[tokio::test]
async fn verifying_waits_until_a_payment_is_saved() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    for kind in &KINDS {
        let id = create(&sandbox, kind, "12.50").await;
        let reply = payer.post(&verify(kind), &question(&id, "12.5")).await;
        assert_eq!((reply.status, reply.body.as_str()), (400, AWAITING));

        let saved =
            payer.post(&save(kind), &report(&id, "12.5", &format!("0x{}", kind.word))).await;
        assert_eq!(saved.expect(200)["message"], "Payment saved");
        payer.post(&verify(kind), &question(&id, "12.50")).await.expect(200);
    }
}

#[tokio::test]
async fn a_payment_changes_the_status() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let invoice = create(&sandbox, &INVOICE, "1").await;
    payer.post(&save(&INVOICE), &report(&invoice, "1", "0x1")).await.expect(200);
    let seen = payer.get(&format!("/checkout/data/invoice.get/{invoice}")).await.expect(200);
    assert_eq!(seen["invoiceData"]["status"], "paid");

    let recurring = create(&sandbox, &RECURRING, "1").await;
    payer.post(&save(&RECURRING), &report(&recurring, "1", "0x2")).await.expect(200);
    let backend = Client::backend(&sandbox);
    let seen = backend.get(&format!("/recurring-payment/{recurring}")).await.expect(200);
    assert_eq!(seen["recurringPaymentData"]["currentPaymentStatus"], "paid");

    let reset = json!({ "recurringPaymentId": recurring, "currentPaymentStatus": "unpaid" });
    backend.patch("/recurring-payment/update", &reset).await.expect(200);
    let reply = payer.post(&verify(&RECURRING), &question(&recurring, "1")).await;
    assert_eq!(reply.body, AWAITING);
    payer.post(&save(&RECURRING), &report(&recurring, "1", "0x3")).await.expect(200);
    payer.post(&verify(&RECURRING), &question(&recurring, "1")).await.expect(200);
}

#[tokio::test]
async fn an_identical_report_counts_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    for kind in &KINDS {
        let id = create(&sandbox, kind, "1").await;
        let first = report(&id, "1", &format!("0x{}", kind.word));
        payer.post(&save(kind), &first).await.expect(200);
        let again = payer.post(&save(kind), &first).await.expect(200);
        assert_eq!(again["message"], "Payment was already saved");
        let mut other = first.clone();
        other["payer"] = json!("0xother");
        let message = payer.post(&save(kind), &other).await.expect_refusal(409, "Conflict");
        assert!(message.contains("different details"), "{message}");
    }
}

#[tokio::test]
async fn a_transaction_pays_for_only_one_record() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let (one, two) = (create(&sandbox, &LINK, "1").await, create(&sandbox, &INVOICE, "1").await);
    payer.post(&save(&LINK), &report(&one, "1", "0x1")).await.expect(200);
    let reply = payer.post(&save(&INVOICE), &report(&two, "1", "0x1")).await;
    let message = reply.expect_refusal(409, "Conflict");
    assert!(message.contains("paid for something else"), "{message}");
    assert_eq!(payer.post(&verify(&INVOICE), &question(&two, "1")).await.body, AWAITING);
    // The same signature on a different chain is a different transaction.
    let mut elsewhere = report(&two, "1", "0x1");
    elsewhere["chain"] = json!("solana");
    payer.post(&save(&INVOICE), &elsewhere).await.expect(200);
}

#[tokio::test]
async fn only_a_payment_link_can_be_paid_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    for kind in &KINDS {
        let id = create(&sandbox, kind, "1").await;
        payer.post(&save(kind), &report(&id, "1", &format!("0xa{}", kind.word))).await.expect(200);
        let second = payer.post(&save(kind), &report(&id, "1", &format!("0xb{}", kind.word))).await;
        if kind.word == LINK.word {
            second.expect(200);
        } else {
            let message = second.expect_refusal(409, "Conflict");
            assert!(message.contains("already paid"), "{message}");
        }
    }
}

#[tokio::test]
async fn a_wrong_amount_does_not_count_as_a_payment() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let id = create(&sandbox, &INVOICE, "12.50").await;
    for amount in ["12.49", "12.55", "1250", "0.01"] {
        let reply = payer.post(&save(&INVOICE), &report(&id, amount, "0x1")).await;
        reply.expect_invalid("amount must be 12.50, the amount of the invoice");
        let reply = payer.post(&verify(&INVOICE), &question(&id, amount)).await;
        reply.expect_invalid("amount must be 12.50");
    }
    assert_eq!(payer.post(&verify(&INVOICE), &question(&id, "12.50")).await.body, AWAITING);
}

#[tokio::test]
async fn unknown_ids_and_ids_of_another_kind_are_not_found() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let link = create(&sandbox, &LINK, "1").await;
    for id in ["x", &link] {
        let reply = payer.post(&save(&INVOICE), &report(id, "1", "0x1")).await;
        reply.expect_refusal(404, "Not Found");
        let reply = payer.post(&verify(&INVOICE), &question(id, "1")).await;
        reply.expect_refusal(404, "Not Found");
        payer
            .get(&format!("/checkout/data/invoice.get/{id}"))
            .await
            .expect_refusal(404, "Not Found");
    }
    payer.post(&save(&LINK), &report(&link, "1", "0x1")).await.expect(200);
}

#[tokio::test]
async fn an_invalid_report_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let id = create(&sandbox, &LINK, "1").await;
    for (field, value, mention) in [
        ("paymentLinkId", "", "paymentLinkId must not be empty"),
        ("payer", "", "payer must not be empty"),
        ("recipientWalletAddress", " ", "recipientWalletAddress must not be empty"),
        ("userUUID", "", "userUUID must not be empty"),
        ("transactionSignature", "", "transactionSignature must not be empty"),
        ("amount", "-1", "amount: the amount has a sign"),
        ("chain", "bitcoin", "chain must be one of"),
        ("env", "prod", "env must be test"),
        ("env", "production", "env must be test"),
    ] {
        let mut bad = report(&id, "1", "0x1");
        bad[field] = json!(value);
        payer.post(&save(&LINK), &bad).await.expect_invalid(mention);
    }
    let native = format!("{}?nativeTokens=BTC", save(&LINK));
    let reply = payer.post(&native, &report(&id, "1", "0x1")).await;
    reply.expect_invalid("nativeTokens must be one of");
    let native = format!("{}?nativeTokens=POL", save(&LINK));
    payer.post(&native, &report(&id, "1", "0x1")).await.expect(200);
}

#[tokio::test]
async fn an_invalid_verification_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let id = create(&sandbox, &LINK, "1").await;
    let mut bad = question(&id, "1");
    bad["chain"] = json!("eth");
    bad["token"] = json!("EURC");
    bad["publicKey"] = json!("");
    let message =
        payer.post(&verify(&LINK), &bad).await.expect_invalid("evmChain must be the same");
    for field in ["walletAddress must", "token must be one of", "publicKey must"] {
        assert!(message.contains(field), "{message}");
    }
    let mut good = question(&id, "1");
    good["chain"] = json!("eth");
    good["evmChain"] = json!("eth");
    good["walletAddress"] = json!("0xwallet");
    assert_eq!(payer.post(&verify(&LINK), &good).await.body, AWAITING);
}

#[tokio::test]
async fn checkout_operations_reject_unknown_kinds_of_records() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let message = payer.post("/checkout/verify-payment/undefined", &question("x", "1")).await;
    let message = message.expect_refusal(404, "Not Found");
    assert_eq!(message, "\"Cannot POST /checkout/verify-payment/undefined\"");
    let reply = payer.get("/checkout/data/recurring-payment.get/x").await;
    reply.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn a_payment_by_another_payer_or_wallet_does_not_count() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    for kind in &KINDS {
        let id = create(&sandbox, kind, "1").await;
        let transaction = format!("0x{}", kind.word);
        payer.post(&save(kind), &report(&id, "1", &transaction)).await.expect(200);
        for (field, value) in
            [("publicKey", "0xother"), ("recipientWalletAddress", "0xother"), ("chain", "solana")]
        {
            let mut other = question(&id, "1");
            other[field] = json!(value);
            let reply = payer.post(&verify(kind), &other).await;
            assert_eq!((reply.status, reply.body.as_str()), (400, AWAITING), "{field} {value}");
        }
        // The recipient can also be the wallet to check.
        let mut paid_to = question(&id, "1");
        paid_to["publicKey"] = json!("0xrecipient");
        payer.post(&verify(kind), &paid_to).await.expect(200);
    }
}

#[tokio::test]
async fn on_an_evm_chain_the_wallet_address_is_checked() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let id = create(&sandbox, &LINK, "1").await;
    let mut paid = report(&id, "1", "0x1");
    paid["chain"] = json!("base");
    payer.post(&save(&LINK), &paid).await.expect(200);
    let mut asked = question(&id, "1");
    asked["chain"] = json!("base");
    asked["evmChain"] = json!("base");
    asked["walletAddress"] = json!("0xother");
    assert_eq!(payer.post(&verify(&LINK), &asked).await.body, AWAITING);
    asked["walletAddress"] = json!("0xpayer");
    payer.post(&verify(&LINK), &asked).await.expect(200);
}

#[tokio::test]
async fn each_payer_of_a_payment_link_is_verified_separately() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = Client::frontend(&sandbox);
    let id = create(&sandbox, &LINK, "1").await;
    for payer in ["0xa", "0xb"] {
        let mut asked = question(&id, "1");
        asked["publicKey"] = json!(payer);
        assert_eq!(client.post(&verify(&LINK), &asked).await.body, AWAITING, "{payer}");
        let mut paid = report(&id, "1", payer);
        paid["payer"] = json!(payer);
        client.post(&save(&LINK), &paid).await.expect(200);
        client.post(&verify(&LINK), &asked).await.expect(200);
    }
}

#[tokio::test]
async fn the_amount_of_a_paid_invoice_cannot_change() {
    let sandbox = Sandbox::start().await.unwrap();
    let (backend, payer) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    for (kind, id_field, update, get) in [
        (&INVOICE, "invoiceId", "/invoice/update", "/invoice/"),
        (&RECURRING, "recurringPaymentId", "/recurring-payment/update", "/recurring-payment/"),
    ] {
        let id = create(&sandbox, kind, "12.50").await;
        let transaction = format!("0x{}", kind.word);
        payer.post(&save(kind), &report(&id, "12.50", &transaction)).await.expect(200);
        let before = backend.get(&format!("{get}{id}")).await.body;
        for amount in ["12.51", "1", "1000000"] {
            let body = json!({
                id_field: id, "amount": amount, "customerEmail": "x@example.com",
                "subscriberEmail": "x@example.com", "currentPaymentStatus": "paid",
            });
            let message = backend.patch(update, &body).await.expect_refusal(409, "Conflict");
            assert!(message.ends_with("is paid: its amount can't be changed.\""), "{message}");
        }
        // No part of a rejected update is applied.
        assert_eq!(backend.get(&format!("{get}{id}")).await.body, before);
        let body = json!({ id_field: id, "amount": "12.5", "itemName": "j" });
        backend.patch(update, &body).await.expect(200);
        payer.post(&verify(kind), &question(&id, "12.50")).await.expect(200);
    }
}

#[tokio::test]
async fn a_recurring_payment_that_becomes_unpaid_may_get_a_new_amount() {
    let sandbox = Sandbox::start().await.unwrap();
    let (backend, payer) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    let id = create(&sandbox, &RECURRING, "1").await;
    payer.post(&save(&RECURRING), &report(&id, "1", "0x1")).await.expect(200);
    let reset =
        json!({ "recurringPaymentId": id, "amount": "2", "currentPaymentStatus": "unpaid" });
    let updated = backend.patch("/recurring-payment/update", &reset).await.expect(200);
    assert_eq!(updated["recurringPaymentData"]["amount"], "2");
    assert_eq!(updated["recurringPaymentData"]["currentPaymentStatus"], "unpaid");
    assert_eq!(payer.post(&verify(&RECURRING), &question(&id, "2")).await.body, AWAITING);
    // The business marks the recurring payment as paid, but no wallet has paid it.
    let paid = json!({ "recurringPaymentId": id, "currentPaymentStatus": "paid" });
    backend.patch("/recurring-payment/update", &paid).await.expect(200);
    assert_eq!(payer.post(&verify(&RECURRING), &question(&id, "2")).await.body, AWAITING);
}

#[tokio::test]
async fn a_payment_link_with_a_new_amount_waits_for_payment_again() {
    let sandbox = Sandbox::start().await.unwrap();
    let (backend, payer) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    let id = create(&sandbox, &LINK, "1").await;
    payer.post(&save(&LINK), &report(&id, "1", "0x1")).await.expect(200);
    for (amount, status) in [("1.00", 200), ("2", 400)] {
        let body = json!({ "paymentLinkId": id, "amount": amount });
        backend.patch("/payment-link/update", &body).await.expect(200);
        payer.post(&verify(&LINK), &question(&id, amount)).await.expect(status);
    }
    assert_eq!(payer.post(&verify(&LINK), &question(&id, "2")).await.body, AWAITING);
    payer.post(&save(&LINK), &report(&id, "2", "0x2")).await.expect(200);
    payer.post(&verify(&LINK), &question(&id, "2")).await.expect(200);
}
