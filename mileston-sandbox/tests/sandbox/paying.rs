//! Tests the checkout operations for wallets to pay to, card payments, the business and sub wallets.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::forms::{send_from, token_of};
use crate::http::Client;
use crate::signed::Signer;

const ELSEWHERE: &str = "0x1111111111111111111111111111111111111111";

async fn business(sandbox: &Sandbox) -> Value {
    let target = format!("/checkout/user/{}", sandbox.business_id());
    Client::frontend(sandbox).get(&target).await.expect(200)
}

#[tokio::test]
async fn a_key_can_fetch_only_its_own_business() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let found = business(&sandbox).await;
    assert_eq!(found["userData"]["onboarded"], true);
    assert_eq!(found["walletAddress"].as_object().unwrap().len(), 7);
    assert_eq!(found["walletBalance"], "70000.00");
    let payer = Client::frontend(&sandbox);
    for id in [other.business_id().as_str(), "x"] {
        let reply = payer.get(&format!("/checkout/user/{id}")).await;
        reply.expect_refusal(404, "Not Found");
    }
}

#[tokio::test]
async fn payments_go_to_the_wallets_of_the_business() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let addresses = business(&sandbox).await["walletAddress"].clone();
    for (query, chain) in [
        ("sui", "sui"),
        ("solana", "solana"),
        ("evm", "eth"),
        ("evm?evmChain=pol&env=test&merchant=0x1111111111111111111111111111111111111111", "pol"),
    ] {
        let wallet = payer.get(&format!("/checkout/payment-wallet/{query}")).await.expect(200);
        assert_eq!(wallet["publicKey"], addresses[chain], "{query}");
    }
    for (query, mention) in [
        ("evmChain=sui", "evmChain must be one of"),
        ("env=prod", "env must be test"),
        ("merchant=", "merchant isn't valid: not an address"),
    ] {
        let reply = payer.get(&format!("/checkout/payment-wallet/evm?{query}")).await;
        reply.expect_invalid(mention);
    }
    let reply = Client::backend(&sandbox).get("/checkout/payment-wallet/sui").await;
    reply.expect_refusal(401, "Unauthorized");
}

async fn start_on_ramp(payer: &Client, recipient: &str) -> (String, String) {
    let query = format!("amount=12.50&recipientWalletAddress={recipient}&chain=eth");
    let reply = payer.get(&format!("/checkout/onramp-data?{query}")).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let data = reply.json()["data"].clone();
    let text = |field: &str| data[field].as_str().unwrap().to_owned();
    (text("id"), text("link"))
}

fn question(amount: &str, recipient: &str, chain: &str) -> Value {
    json!({ "amount": amount, "chain": chain, "recipientWalletAddress": recipient })
}

#[tokio::test]
async fn a_payment_by_card_completes_at_the_second_status_request() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let own = business(&sandbox).await["walletAddress"]["eth"].as_str().unwrap().to_owned();
    let (id, link) = start_on_ramp(&payer, &own).await;
    let page = link.strip_prefix(sandbox.url()).unwrap();
    let shown = Client::anonymous(&sandbox).get(page).await;
    assert!(shown.body.contains("12.50") && shown.body.contains("Not paid"), "{}", shown.body);

    let target = format!("/checkout/onramp-payment-status/{id}");
    let body = question("12.5", &own, "eth");
    let first = payer.post(&target, &body).await.expect(200);
    assert_eq!(first["data"]["data"], json!({ "status": "PENDING" }));
    assert_eq!(business(&sandbox).await["walletBalance"], "70000.00");
    for _ in 0..2 {
        let done = payer.post(&target, &body).await.expect(200);
        assert_eq!(done["data"]["data"]["status"], "COMPLETED");
        assert!(done["data"]["data"]["transactionHash"].is_string());
        // The money arrives, and only once.
        assert_eq!(business(&sandbox).await["walletBalance"], "70012.50");
    }
    assert!(Client::anonymous(&sandbox).get(page).await.body.contains(">Paid<"));
}

#[tokio::test]
async fn a_payment_by_card_completes_with_a_click_on_its_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let payer = Client::frontend(&sandbox);
    let own = business(&sandbox).await["walletAddress"]["eth"].as_str().unwrap().to_owned();
    let (id, link) = start_on_ramp(&payer, &own).await;
    let page = link.strip_prefix(sandbox.url()).unwrap();
    let shown = Client::anonymous(&sandbox).get(page).await.body;
    let form = format!("token={}", token_of(&shown));
    let click = async |site: &str, form: &str| {
        let browser = Client::anonymous(&sandbox);
        send_from(&browser, site, &format!("{page}/pay"), form).await.status
    };
    assert_eq!(click("cross-site", &form).await, 403);
    assert_eq!(click("same-origin", "token=guessed").await, 403);
    assert_eq!(business(&sandbox).await["walletBalance"], "70000.00");
    // Twice, as an impatient user does: the money arrives once.
    for _ in 0..2 {
        assert_eq!(click("same-origin", &form).await, 303);
        assert_eq!(business(&sandbox).await["walletBalance"], "70012.50");
    }
    let target = format!("/checkout/onramp-payment-status/{id}");
    let status = payer.post(&target, &question("12.5", &own, "eth")).await.expect(200);
    assert_eq!(status["data"]["data"]["status"], "COMPLETED");
    assert_eq!(business(&sandbox).await["walletBalance"], "70012.50");
    assert!(!Client::anonymous(&sandbox).get(page).await.body.contains("Pay as a test payer"));
}

#[tokio::test]
async fn an_invalid_payment_by_card_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let payer = Client::frontend(&sandbox);
    for (query, mention) in [
        ("amount=0&recipientWalletAddress=a&chain=eth", "amount isn't valid: the amount is zero"),
        (
            "amount=1&recipientWalletAddress=&chain=eth",
            "recipientWalletAddress isn't valid: not an address",
        ),
        (
            "amount=1&recipientWalletAddress=0x1111111111111111111111111111111111111111&chain=sui",
            "chain must be one of",
        ),
    ] {
        let reply = payer.get(&format!("/checkout/onramp-data?{query}")).await;
        reply.expect_invalid(mention);
    }
    let (id, _) = start_on_ramp(&payer, ELSEWHERE).await;
    let target = format!("/checkout/onramp-payment-status/{id}");
    for body in [
        question("12.51", ELSEWHERE, "eth"),
        question("12.50", "a", "eth"),
        question("12.50", ELSEWHERE, "pol"),
    ] {
        payer.post(&target, &body).await.expect_invalid("the payment was started with");
    }
    let good = question("12.50", ELSEWHERE, "eth");
    let stranger = Client::with_checkout(&sandbox, other.business_id(), other.checkout_key());
    stranger.post(&target, &good).await.expect_refusal(404, "Not Found");
    let reply = payer.post("/checkout/onramp-payment-status/x", &good).await;
    reply.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn checkout_sees_a_sub_wallet_in_the_mode_of_its_key() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let signer = Signer::of(&sandbox);
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let id = created["uuid"].as_str().unwrap();
    let body = json!({ "subWalletUuid": id, "walletType": "base" });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    let (payer, target) = (Client::frontend(&sandbox), format!("/checkout/sub-wallets/{id}"));
    let seen = payer.clone().header("env", "test").get(&target).await.expect(200);
    let expected = json!({
        "type": "all", "address": { "base": on_chain["address"] }, "balance": "0.00",
        "balances": { "base": "0.00" },
    });
    assert_eq!(seen["data"], expected);
    for (env, mention) in
        [("prod", "env must be test"), ("production", "header env must be one of test, prod")]
    {
        let reply = payer.clone().header("env", env).get(&target).await;
        reply.expect_invalid(mention);
    }
    assert_eq!(payer.get(&target).await.status, 400);
    let stranger = Client::with_checkout(&sandbox, other.business_id(), other.checkout_key());
    let reply = stranger.header("env", "test").get(&target).await;
    reply.expect_refusal(404, "Not Found");
}
