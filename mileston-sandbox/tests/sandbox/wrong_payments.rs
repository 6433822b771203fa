//! Payers' mistakes: the wrong network, the wrong token, too little, too much, paying twice.

use mileston_sandbox::ChainPayment;
use serde_json::{Value, json};

use crate::chain::{AWAITING, CONFIRMED, PAYMENTS, Shop};
use crate::program::text;

const EVM: [&str; 5] = ["avax", "pol", "base", "eth", "arb"];

async fn balance(shop: &Shop) -> Value {
    let business = format!("/checkout/user/{}", shop.sandbox.business_id());
    shop.payer.get(&business).await.expect(200)["walletBalance"].clone()
}

/// Makes a payment over HTTP and returns the response.
async fn trigger(shop: &Shop, mistake: &str, id: &str) -> Value {
    let order = json!({ "event": "invoice-paid", "id": id, "mistake": mistake });
    let reply = shop.program.post("/_sandbox/trigger", &order).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

#[tokio::test]
async fn a_payment_to_the_right_address_on_the_wrong_evm_network_does_not_count() {
    let shop = Shop::open().await;
    for chosen in EVM {
        let to = shop.address(chosen).await;
        for network in EVM.into_iter().filter(|network| *network != chosen) {
            let id = shop.invoice("12.50").await;
            let payment = json!({ "chain": network, "token": "USDC", "amount": "12.50", "to": to });
            let payment = shop.send_to(&payment).await;
            assert_eq!(
                (&payment["chain"], &payment["walletOn"]),
                (&json!(network), &json!(chosen))
            );
            shop.wait(CONFIRMED).await;
            assert!(!shop.is_paid(&id, "12.50", chosen).await, "{network} for {chosen}");
            assert!(
                !shop.is_paid(&id, "12.50", network).await,
                "the wallet on {network} has a different address"
            );
            assert_eq!(shop.seen(&payment).await["pays"], Value::Null);
        }
    }
    // None of the business's wallets received the money.
    assert_eq!(balance(&shop).await, "70000.00");
    let flying = shop.program.get("/_sandbox/chain").await.json();
    assert_eq!(flying["inFlight"], json!([]));
    // A payment on the right network has no `walletOn`.
    let right = shop.send("base", "USDC", "1").await;
    assert_eq!(right["walletOn"], Value::Null);
}

#[tokio::test]
async fn verifying_on_the_network_that_received_the_money_finds_the_payment() {
    let shop = Shop::open().await;
    let (id, to) = (shop.invoice("12.50").await, shop.address("base").await);
    shop.send_to(&json!({ "chain": "eth", "token": "USDC", "amount": "12.50", "to": to })).await;
    shop.wait(CONFIRMED).await;
    let question = |chain: &str| {
        json!({
            "paymentLinkId": id, "publicKey": to, "amount": "12.50", "recipientWalletAddress": to,
            "chain": chain, "evmChain": chain, "walletAddress": to, "env": "test",
            "userUUID": "someone", "token": "USDC",
        })
    };
    let verify = "/checkout/verify-payment/invoice.save";
    assert_eq!(shop.payer.post(verify, &question("base")).await.body, AWAITING);
    shop.payer.post(verify, &question("eth")).await.expect(200);
}

#[tokio::test]
async fn a_sub_wallet_can_be_paid_on_the_wrong_network() {
    let shop = Shop::open().await;
    let signer = crate::signed::Signer::of(&shop.sandbox);
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let body = json!({ "subWalletUuid": created["uuid"], "walletType": "pol" });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    let payment =
        json!({ "chain": "arb", "token": "USDC", "amount": "1", "to": on_chain["address"] });
    assert_eq!(shop.send_to(&payment).await["walletOn"], "pol");
    shop.wait(CONFIRMED).await;
    let target = format!("/user/sub-wallet/{}", text(&created, "uuid"));
    assert_eq!(signer.get(&target).await.expect(200)["balance"], "0.00");
}

#[tokio::test]
async fn each_mistake_can_be_triggered() {
    let shop = Shop::open().await;
    for (mistake, expected, is_paid) in [
        ("wrong-network", &[("eth", "USDC", "12.50")][..], false),
        ("wrong-chain", &[("solana", "USDC", "12.50")], false),
        ("wrong-token", &[("base", "ETH", "12.50")], false),
        ("underpaid", &[("base", "USDC", "6.25")], false),
        ("overpaid", &[("base", "USDC", "13.50")], true),
        ("paid-twice", &[("base", "USDC", "12.50"), ("base", "USDC", "12.50")], true),
    ] {
        // Each mistake gets its own sandbox, because a business has only one receiving wallet on each chain.
        let shop = Shop::open().await;
        let id = shop.invoice("12.50").await;
        let happened = trigger(&shop, mistake, &id).await;
        assert_eq!(happened["mistake"], mistake);
        let payments = happened["payments"].as_array().unwrap();
        let found: Vec<_> = payments
            .iter()
            .map(|it| (text(it, "chain"), text(it, "token"), text(it, "amount")))
            .collect();
        let found: Vec<_> =
            found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(found, expected, "{mistake}");
        assert!(payments.iter().all(|it| it["to"] == happened["payments"][0]["to"]));
        assert!(!shop.is_paid(&id, "12.50", "base").await, "{mistake}: not confirmed");
        shop.wait(CONFIRMED).await;
        assert_eq!(shop.is_paid(&id, "12.50", "base").await, is_paid, "{mistake}");
    }
    let order = json!({ "event": "paymentlink-paid", "mistake": "wrong-planet" });
    let reply = shop.program.post("/_sandbox/trigger", &order).await;
    reply.expect_invalid("mistake: isn't one of the known values");
}

#[tokio::test]
async fn a_mistake_without_an_id_creates_a_record_to_pay() {
    let shop = Shop::open().await;
    for event in ["paymentlink-paid", "invoice-paid", "recurring-paid"] {
        let order = json!({ "event": event, "mistake": "wrong-network" });
        let happened = shop.program.post("/_sandbox/trigger", &order).await.json();
        assert_eq!((&happened["made"], &happened["amount"]), (&json!(true), &json!("12.50")));
        assert_eq!(happened["payments"][0]["walletOn"], "base");
    }
    let list = shop.program.get(PAYMENTS).await.json();
    assert_eq!(list["payments"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_rust_test_can_make_a_wrong_payment() {
    let shop = Shop::open().await;
    let to = shop.address("base").await;
    let payment = |chain: &str, to: &str| {
        let amount = "12.50".parse().unwrap();
        ChainPayment::new(chain.into(), "USDC".into(), amount, to).sent_by("0xpayer")
    };
    let transaction = shop.sandbox.pay(payment("eth", &to)).await.unwrap();
    let seen = shop.seen(&json!({ "transaction": transaction })).await;
    assert_eq!((&seen["walletOn"], &seen["from"]), (&json!("base"), &json!("0xpayer")));
    let error = shop.sandbox.pay(payment("sui", &to)).await.unwrap_err();
    assert_eq!(error.status(), 404);
    assert!(
        error.to_string().starts_with("This sandbox has no wallet with the address in `to` on sui"),
        "{error}"
    );
    let error = shop.sandbox.pay(payment("btc", &to)).await.unwrap_err();
    assert_eq!(error.status(), 400);
}
