//! Payments on the simulated chains: confirmed by the clock, found by verifying.

use std::time::Duration;

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::Client;
use crate::signed::Signer;
use crate::webhooks::endpoint::{Endpoint, token};

pub(crate) const PAYMENTS: &str = "/_sandbox/chain/payments";
pub(crate) const AWAITING: &str =
    r#"{"message":"Still awaiting payment","error":"Bad Request","statusCode":400}"#;
/// Longer than any chain needs to confirm.
pub(crate) const CONFIRMED: Duration = Duration::from_secs(60);

/// A sandbox whose clock is stopped, and its clients.
pub(crate) struct Shop {
    pub(crate) sandbox: Sandbox,
    pub(crate) backend: Client,
    pub(crate) payer: Client,
    pub(crate) program: Client,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
        let (backend, payer) = (Client::backend(&sandbox), Client::frontend(&sandbox));
        let program = Client::anonymous(&sandbox).header("mileston-sandbox", "test");
        Shop { sandbox, backend, payer, program }
    }

    pub(crate) async fn invoice(&self, amount: &str) -> String {
        let body = json!({
            "amount": amount, "itemName": "i", "customerEmail": "a@example.com",
            "dueDate": "2031-01-31T00:00:00.000Z",
        });
        let created = self.backend.post("/invoice/create?businessName=A", &body).await.expect(201);
        created["invoiceData"]["invoiceId"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn address(&self, chain: &str) -> String {
        let target = match chain {
            "sui" | "solana" => format!("/checkout/payment-wallet/{chain}"),
            evm => format!("/checkout/payment-wallet/evm?evmChain={evm}"),
        };
        let wallet = self.payer.get(&target).await.expect(200);
        wallet["publicKey"].as_str().unwrap().to_owned()
    }

    /// Sends money to the business. The payment is confirmed only after the clock is advanced.
    pub(crate) async fn send(&self, chain: &str, token: &str, amount: &str) -> Value {
        let to = self.address(chain).await;
        self.send_to(&json!({ "chain": chain, "token": token, "amount": amount, "to": to })).await
    }

    pub(crate) async fn send_to(&self, payment: &Value) -> Value {
        let reply = self.program.post(PAYMENTS, payment).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()
    }

    /// Returns whether the invoice is paid in USDC on this chain. Checks that verifying the invoice and fetching it
    /// give the same result.
    pub(crate) async fn is_paid(&self, id: &str, amount: &str, chain: &str) -> bool {
        let address = self.address(chain).await;
        let mut question = json!({
            "paymentLinkId": id, "publicKey": address, "amount": amount,
            "recipientWalletAddress": address, "chain": chain, "env": "test",
            "userUUID": "someone", "token": "USDC",
        });
        if !["sui", "solana"].contains(&chain) {
            question["evmChain"] = json!(chain);
            question["walletAddress"] = json!(address);
        }
        let reply = self.payer.post("/checkout/verify-payment/invoice.save", &question).await;
        if reply.status != 200 {
            assert_eq!((reply.status, reply.body.as_str()), (400, AWAITING));
        }
        let fetched = self.payer.get(&format!("/checkout/data/invoice.get/{id}")).await.expect(200);
        let status = if reply.status == 200 { "paid" } else { "pending" };
        assert_eq!(fetched["invoiceData"]["status"], status);
        reply.status == 200
    }

    /// Returns a payment as the sandbox shows it.
    pub(crate) async fn seen(&self, payment: &Value) -> Value {
        let list = self.program.get(PAYMENTS).await.json()["payments"].clone();
        let mut all = list.as_array().unwrap().iter();
        all.find(|seen| seen["transaction"] == payment["transaction"]).unwrap().clone()
    }

    pub(crate) async fn wait(&self, time: Duration) {
        self.sandbox.advance(time).await.unwrap();
    }
}

#[tokio::test]
async fn a_payment_counts_once_it_is_confirmed() {
    let shop = Shop::open().await;
    for (chain, blocks, block) in [("eth", 3, 2000), ("base", 3, 1000), ("solana", 4, 500)] {
        let id = shop.invoice("12.50").await;
        let payment = shop.send(chain, "USDC", "12.5").await;
        for confirmations in 0..blocks {
            let seen = shop.seen(&payment).await;
            assert_eq!(seen["confirmations"], confirmations, "{seen}");
            assert_eq!(seen["confirmed"], false);
            assert!(!shop.is_paid(&id, "12.50", chain).await);
            shop.wait(Duration::from_millis(block)).await;
        }
        assert_eq!(shop.seen(&payment).await["confirmed"], true);
        assert!(shop.is_paid(&id, "12.50", chain).await);
        assert!(shop.is_paid(&id, "12.50", chain).await, "it stays paid");
        let pays = json!({ "kind": "invoice", "id": id, "amount": "12.50", "surplus": "0.00" });
        assert_eq!(shop.seen(&payment).await["pays"], pays);
    }
}

#[tokio::test]
async fn an_underpaid_invoice_waits_for_the_rest() {
    let shop = Shop::open().await;
    let id = shop.invoice("12.50").await;
    shop.send("base", "USDC", "12.499999").await;
    shop.wait(CONFIRMED).await;
    assert!(!shop.is_paid(&id, "12.50", "base").await);
    let rest = shop.send("base", "USDC", "0.000001").await;
    assert!(!shop.is_paid(&id, "12.50", "base").await, "the second part is not confirmed yet");
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&id, "12.50", "base").await);
    assert_eq!(shop.seen(&rest).await["pays"]["amount"], "0.000001");
    let page = Client::anonymous(&shop.sandbox).header("accept", "text/html");
    let page = page.get("/payments").await.body;
    assert!(page.contains(">Paid<"), "{page}");
}

#[tokio::test]
async fn an_overpayment_shows_its_surplus() {
    let shop = Shop::open().await;
    let id = shop.invoice("12.50").await;
    let (first, second) =
        (shop.send("sui", "USDC", "10").await, shop.send("sui", "USDC", "10").await);
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&id, "12.50", "sui").await);
    let first = shop.seen(&first).await["pays"].clone();
    assert_eq!((&first["amount"], &first["surplus"]), (&json!("10.00"), &json!("0.00")));
    let second = shop.seen(&second).await["pays"].clone();
    assert_eq!((&second["amount"], &second["surplus"]), (&json!("2.50"), &json!("7.50")));
}

#[tokio::test]
async fn a_payment_on_a_different_chain_or_in_a_different_token_does_not_count() {
    let shop = Shop::open().await;
    let id = shop.invoice("12.50").await;
    shop.send("base", "USDC", "12.50").await;
    shop.send("eth", "USDT", "12.50").await;
    shop.send("eth", "ETH", "12.50").await;
    shop.wait(CONFIRMED).await;
    assert!(!shop.is_paid(&id, "12.50", "eth").await);
    shop.send("eth", "USDC", "12.50").await;
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&id, "12.50", "eth").await);
}

#[tokio::test]
async fn a_payment_pays_for_only_one_record() {
    let shop = Shop::open().await;
    let (first, second) = (shop.invoice("5").await, shop.invoice("5").await);
    let payment = shop.send("base", "USDC", "5").await;
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&first, "5", "base").await);
    assert!(!shop.is_paid(&second, "5", "base").await);

    // Reporting the payment for a different invoice also fails. For the same invoice, the payment is already saved.
    let report = |id: &str, payment: &Value| {
        json!({
            "paymentLinkId": id, "payer": payment["from"], "amount": "5", "userUUID": "u",
            "recipientWalletAddress": payment["to"], "chain": "base", "env": "test",
            "transactionSignature": payment["transaction"],
        })
    };
    let save = "/checkout/save-payment/invoice.save";
    let reply = shop.payer.post(save, &report(&second, &payment)).await;
    reply.expect_refusal(409, "Conflict");
    let known = shop.payer.post(save, &report(&first, &payment)).await.expect(200);
    assert_eq!(known["message"], "Payment was already saved");

    // A payment that was reported for one invoice is not found for a different one.
    let reported = shop.send("base", "USDC", "5").await;
    shop.wait(CONFIRMED).await;
    shop.payer.post(save, &report(&second, &reported)).await.expect(200);
    let third = shop.invoice("5").await;
    assert!(!shop.is_paid(&third, "5", "base").await);
    assert_eq!(shop.seen(&reported).await["pays"]["id"], json!(second));
}

#[tokio::test]
async fn each_invoice_uses_the_payment_with_its_amount() {
    let shop = Shop::open().await;
    let (large, small) = (shop.invoice("7").await, shop.invoice("3").await);
    for amount in ["3", "7"] {
        shop.send("base", "USDC", amount).await;
    }
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&large, "7", "base").await);
    assert!(shop.is_paid(&small, "3", "base").await);
}

#[tokio::test]
async fn another_payers_payment_does_not_count() {
    // On Sui, `publicKey` may be the payer's own wallet: then another payer's payment doesn't count.
    let shop = Shop::open().await;
    let (id, to) = (shop.invoice("5").await, shop.address("sui").await);
    let question = json!({
        "paymentLinkId": id, "publicKey": "0xpayer", "amount": "5", "recipientWalletAddress": to,
        "chain": "sui", "env": "test", "userUUID": "someone", "token": "USDC",
    });
    let verify = "/checkout/verify-payment/invoice.save";
    let mut payment = json!({ "chain": "sui", "token": "USDC", "amount": "5", "to": to });
    shop.send_to(&payment).await;
    shop.wait(CONFIRMED).await;
    assert_eq!(shop.payer.post(verify, &question).await.body, AWAITING);
    payment["from"] = json!("0xpayer");
    shop.send_to(&payment).await;
    shop.wait(CONFIRMED).await;
    shop.payer.post(verify, &question).await.expect(200);
}

#[tokio::test]
async fn a_payment_for_an_earlier_period_no_longer_counts() {
    let shop = Shop::open().await;
    let body = json!({
        "amount": "5", "subscriptionName": "s", "subscriberFullName": "f",
        "subscriberEmail": "a@example.com", "recurringDate": "2025-01-01T00:00:00.000Z",
        "recurringInterval": 7,
    });
    let create = "/recurring-payment/create?businessName=A";
    let created = shop.backend.post(create, &body).await.expect(201);
    let id = created["recurringPaymentData"]["recurringPaymentId"].as_str().unwrap();
    let to = shop.address("sui").await;
    let question = json!({
        "paymentLinkId": id, "publicKey": to, "amount": "5", "recipientWalletAddress": to,
        "chain": "sui", "env": "test", "userUUID": "someone", "token": "USDC",
    });
    let verify = "/checkout/verify-payment/recurring.save";
    for _ in 0..3 {
        assert_eq!(shop.payer.post(verify, &question).await.body, AWAITING);
        shop.send("sui", "USDC", "5").await;
        shop.wait(CONFIRMED).await;
        shop.payer.post(verify, &question).await.expect(200);
        shop.wait(Duration::from_secs(7 * 24 * 60 * 60)).await;
    }
}

#[tokio::test]
async fn money_arrives_in_wallets_when_it_is_confirmed() {
    let shop = Shop::open().await;
    let signer = Signer::of(&shop.sandbox);
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let sub = created["uuid"].as_str().unwrap();
    let body = json!({ "subWalletUuid": sub, "walletType": "eth" });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    let target = format!("/user/sub-wallet/{sub}");
    let balance = async || {
        let business = format!("/checkout/user/{}", shop.sandbox.business_id());
        let main = shop.payer.get(&business).await.expect(200)["walletBalance"].clone();
        (signer.get(&target).await.expect(200)["balance"].clone(), main)
    };
    let mut payment =
        json!({ "chain": "eth", "token": "USDC", "amount": "2.5", "to": on_chain["address"] });
    shop.send_to(&payment).await;
    shop.send("eth", "USDT", "0.000000000000000001").await;
    // Counting ETH would need a price in dollars.
    shop.send("eth", "ETH", "3").await;
    assert_eq!(balance().await, (json!("0.00"), json!("70000.00")));
    let state = shop.program.get("/_sandbox/chain").await.json();
    assert_eq!(state["inFlight"].as_array().unwrap().len(), 2, "{state}");
    assert_eq!(state["inFlight"][0]["arrivesAt"], "2025-01-01T00:00:06.000Z");
    shop.wait(CONFIRMED).await;
    let arrived = (json!("2.50"), json!("70000.000000000000000001"));
    assert_eq!(balance().await, arrived);
    let state = shop.program.get("/_sandbox/chain").await.json();
    assert_eq!(state["inFlight"], json!([]));

    // Money that has arrived can be spent. Money in transit to a deleted wallet goes to the business.
    let send = json!({ "amount": "2.5", "recipientAddress": "0x1111111111111111111111111111111111111111", "walletType": "eth" });
    signer.post(&format!("{target}/send"), &send).await.expect(200);
    payment["amount"] = json!("4");
    shop.send_to(&payment).await;
    signer.delete(&target).await.expect(200);
    shop.wait(CONFIRMED).await;
    let business = format!("/checkout/user/{}", shop.sandbox.business_id());
    let main = shop.payer.get(&business).await.expect(200);
    assert_eq!(main["walletBalance"], "70004.000000000000000001");
    let reply = shop.program.post(PAYMENTS, &payment).await;
    reply.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn addresses_ignore_case_where_their_chain_does() {
    let shop = Shop::open().await;
    for (chain, same) in [("base", true), ("sui", true), ("solana", false)] {
        let id = shop.invoice("5").await;
        let to = shop.address(chain).await.to_ascii_uppercase().replacen("0X", "0x", 1);
        let payment = json!({ "chain": chain, "token": "USDC", "amount": "5", "to": to });
        let reply = shop.program.post(PAYMENTS, &payment).await;
        assert_eq!(reply.status, if same { 201 } else { 404 }, "{}", reply.body);
        shop.wait(CONFIRMED).await;
        assert_eq!(shop.is_paid(&id, "5", chain).await, same);
    }
    let signer = Signer::of(&shop.sandbox);
    let capitals = shop.address("base").await.to_ascii_uppercase().replacen("0X", "0x", 1);
    let send = json!({ "amount": "7", "recipientAddress": capitals, "walletType": "base" });
    signer.post("/user/send-payment", &send).await.expect(200);
    let business = format!("/checkout/user/{}", shop.sandbox.business_id());
    let main = shop.payer.get(&business).await.expect(200);
    assert_eq!(
        main["walletBalance"], "70010.00",
        "money sent to the business's own wallet is not lost"
    );
}

#[tokio::test]
async fn an_invalid_payment_is_refused() {
    let shop = Shop::open().await;
    let good = json!({
        "chain": "eth", "token": "USDC", "amount": "1", "to": shop.address("eth").await,
    });
    for (field, value, mention) in [
        ("chain", json!("btc"), "chain must be one of"),
        ("chain", json!("all"), "chain must be one of"),
        ("token", json!("SOL"), "token must be a token that exists on this chain"),
        ("amount", json!("0"), "amount: the amount is zero"),
        ("amount", json!("-1"), "amount: the amount has a sign"),
        ("to", json!(""), "to must not be empty"),
        ("from", json!(" "), "from must not be empty"),
        ("form", json!("x"), "unknown field"),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        shop.program.post(PAYMENTS, &bad).await.expect_invalid(mention);
    }
    let mut stray = good.clone();
    stray["to"] = json!("0x1111111111111111111111111111111111111111");
    let message = shop.program.post(PAYMENTS, &stray).await.expect_refusal(404, "Not Found");
    assert!(!message.contains("0x1111"), "{message}");
    // An address is valid in only one family of chains.
    for (chain, other) in [("eth", "sui"), ("eth", "solana"), ("sui", "base"), ("solana", "sui")] {
        let to = shop.address(other).await;
        let stray = json!({ "chain": chain, "token": "USDC", "amount": "1", "to": to });
        shop.program.post(PAYMENTS, &stray).await.expect_refusal(404, "Not Found");
    }
    let list = shop.program.get(PAYMENTS).await.json();
    assert_eq!(list, json!({ "payments": [] }));
    // A request without the `mileston-sandbox` header is rejected.
    let reply = Client::anonymous(&shop.sandbox).post(PAYMENTS, &good).await;
    reply.expect_refusal(403, "Forbidden");
}

#[tokio::test]
async fn a_webhook_gets_one_event_for_several_payments_on_the_chain() {
    let (shop, endpoint) = (Shop::open().await, Endpoint::start().await);
    shop.sandbox.webhooks().register(&endpoint.url, &token(), &[]).await.unwrap();
    let id = shop.invoice("12.50").await;
    shop.send("base", "USDC", "12").await;
    let rest = shop.send("base", "USDC", "0.50").await;
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&id, "12.50", "base").await);
    assert!(shop.is_paid(&id, "12.50", "base").await, "verifying again still finds the payment");
    endpoint.wait_for(1).await;
    // If verifying again had caused a second event, that event would arrive before the event for this next payment.
    let other = shop.invoice("3").await;
    shop.send("base", "USDC", "3").await;
    shop.wait(CONFIRMED).await;
    assert!(shop.is_paid(&other, "3", "base").await);
    let received = endpoint.wait_for(2).await;
    let received: Vec<_> = received.iter().map(|got| got.delivery()).collect();
    let ids: Vec<_> = received.iter().filter_map(|delivery| delivery.paid_id()).collect();
    assert_eq!((received.len(), ids), (2, vec![id.as_str(), other.as_str()]));
    let payload = &received[0].raw;
    assert_eq!(received[0].event.name(), "invoice-paid");
    for (field, expected) in [
        ("amount", json!("12.50")),
        ("transactionSignature", rest["transaction"].clone()),
        ("recipientWalletAddress", json!(shop.address("base").await)),
        ("userUUID", json!("someone")),
        ("chain", json!("base")),
        ("env", json!("test")),
        ("status", json!("paid")),
        // The sandbox's clock started at the beginning of 2025, and was advanced by one minute.
        ("createdAt", json!("2025-01-01T00:01:00.000Z")),
    ] {
        assert_eq!(payload[field], expected, "{field} of {payload}");
    }
}
