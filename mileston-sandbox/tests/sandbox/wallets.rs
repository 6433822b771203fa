//! Wallets and sub wallets: their balances are consistent whatever is sent or rejected.

use mileston_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::http::Client;
use crate::signed::{SIGNATURE, Signer, sign};

const ELSEWHERE: &str = "0x1111111111111111111111111111111111111111";
const SEND: &str = "/user/send-payment";
const BATCH: &str = "/user/batch-payment";

fn payment(amount: &str, recipient: &str, wallet: &str) -> Value {
    json!({ "amount": amount, "recipientAddress": recipient, "walletType": wallet })
}

fn batch(recipients: &[&str], amounts: &[&str], wallet: &str) -> Value {
    json!({ "recipients": recipients, "amounts": amounts, "walletType": wallet })
}

/// Returns the business's own wallet on a chain.
async fn main_wallet(signer: &Signer, chain: &str) -> Value {
    let list = signer.get("/user/all-wallets").await.expect(200);
    let wallets = list["walletData"].as_array().unwrap();
    wallets.iter().find(|wallet| wallet["blockchain"] == chain).unwrap().clone()
}

async fn main_balance(signer: &Signer, chain: &str) -> f64 {
    main_wallet(signer, chain).await["balance"].as_f64().unwrap()
}

/// Creates a sub wallet with a wallet on one chain. Returns the sub wallet's id and the wallet's address.
async fn subwallet(signer: &Signer, chain: &str) -> (String, String) {
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let id = created["uuid"].as_str().unwrap().to_owned();
    let body = json!({ "subWalletUuid": id, "walletType": chain });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    (id, on_chain["address"].as_str().unwrap().to_owned())
}

fn path(id: &str) -> String {
    format!("/user/sub-wallet/{id}")
}

/// Returns a method, target and body for each signed operation.
fn operations() -> Vec<(&'static str, &'static str, String)> {
    let send = payment("1", ELSEWHERE, "eth").to_string();
    vec![
        ("POST", SEND, send.clone()),
        ("POST", BATCH, batch(&[ELSEWHERE], &["1"], "eth").to_string()),
        ("GET", "/user/transaction-status/x", String::new()),
        ("GET", "/user/all-wallets", String::new()),
        ("POST", "/user/sub-wallet", "{}".to_owned()),
        ("POST", "/user/sub-wallet/create", r#"{"subWalletUuid":"x","walletType":"eth"}"#.into()),
        ("GET", "/user/sub-wallet/all", String::new()),
        ("GET", "/user/sub-wallet/x", String::new()),
        ("DELETE", "/user/sub-wallet/x", "{}".to_owned()),
        ("POST", "/user/sub-wallet/x/send", send),
    ]
}

#[tokio::test]
async fn every_operation_requires_a_valid_signature() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let (backend, frontend) = (Client::backend(&sandbox), Client::frontend(&sandbox));
    for (method, target, body) in operations() {
        let signed = if body.is_empty() { "{}" } else { &body };
        let body = (!body.is_empty()).then_some(body.as_str());
        let good = sign(sandbox.wallet_secret(), signed);
        let good_frontend = frontend.clone().header(SIGNATURE, &good);
        let reply = good_frontend.send(method, target, body).await;
        reply.expect_refusal(401, "Unauthorized");
        let reply = backend.send(method, target, body).await;
        let message = reply.expect_refusal(401, "Unauthorized");
        assert!(message.contains("is missing"), "{message}");
        for (wrong, reason) in [
            (good.to_uppercase(), "lower-case"),
            (sign(sandbox.wallet_secret(), "another body"), "doesn't match"),
            (sign(other.wallet_secret(), signed), "doesn't match"),
        ] {
            let reply = backend.clone().header(SIGNATURE, &wrong).send(method, target, body).await;
            let message = reply.expect_refusal(401, "Unauthorized");
            assert!(message.contains(reason), "{method} {target}: {message}");
            assert!(!message.contains(&wrong), "{message}");
        }
        let reply = backend.clone().header(SIGNATURE, &good).send(method, target, body).await;
        assert!([200, 201, 404].contains(&reply.status), "{method} {target}: {}", reply.body);
    }
}

#[tokio::test]
async fn a_request_with_a_wrong_signature_does_not_move_money() {
    let sandbox = Sandbox::start().await.unwrap();
    let body = payment("1", ELSEWHERE, "eth");
    let wrong = Client::backend(&sandbox).header(SIGNATURE, &"0".repeat(64));
    wrong.post(SEND, &body).await.expect_refusal(401, "Unauthorized");
    assert_eq!(main_balance(&Signer::of(&sandbox), "eth").await, 10_000.0);
}

#[tokio::test]
async fn a_business_has_a_wallet_on_every_chain() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let list = signer.get("/user/all-wallets").await.expect(200);
    let wallets = list["walletData"].as_array().unwrap();
    let chains: Vec<_> = wallets.iter().map(|wallet| wallet["blockchain"].clone()).collect();
    assert_eq!(chains, ["avax", "pol", "base", "eth", "arb", "sui", "solana"]);
    assert!(wallets.iter().all(|wallet| wallet["balance"] == 10_000.0));
    let same = signer.get("/user/all-wallets").await.expect(200);
    assert_eq!(list, same);
    for (chain, start, length) in
        [("eth", "0xfa4e", 42), ("sui", "0xfa4e", 66), ("solana", "Sandbox", 43)]
    {
        let wallet = main_wallet(&signer, chain).await;
        let address = wallet["address"].as_str().unwrap();
        assert!(address.starts_with(start) && address.len() == length, "{address}");
    }
}

#[tokio::test]
async fn a_payment_is_pending_then_completed() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let sent = signer.post(SEND, &payment("0.50", ELSEWHERE, "sui")).await.expect(200);
    assert_eq!(main_balance(&signer, "sui").await, 9_999.5);
    assert_eq!(main_balance(&signer, "eth").await, 10_000.0);
    let id = sent["transactionUUID"].as_str().unwrap();
    let target = format!("/user/transaction-status/{id}");
    let first = signer.get(&target).await.expect(200);
    assert_eq!(first["data"]["status"], "pending");
    assert!(first["data"].get("signature").is_none(), "{first}");
    let second = signer.get(&target).await.expect(200)["data"].clone();
    assert_eq!(second["status"], "completed");
    for (field, value) in [
        ("transactionUUID", id),
        ("amount", "0.50"),
        ("recipientAddress", ELSEWHERE),
        ("walletType", "sui"),
    ] {
        assert_eq!(second[field], value);
    }
    assert_eq!(second["createdAt"], first["data"]["createdAt"]);
    assert!(second["signature"].is_string());
    assert_eq!(signer.get(&target).await.expect(200)["data"], second);
    let reply = signer.get("/user/transaction-status/x").await;
    reply.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn an_overdraft_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let tiny = "10000.000001";
    let message = signer.post(SEND, &payment(tiny, ELSEWHERE, "eth")).await;
    let message = message.expect_refusal(400, "Bad Request");
    assert!(message.contains("Not enough balance") && message.contains("10000.00"), "{message}");
    signer.post(SEND, &payment("10000", ELSEWHERE, "eth")).await.expect(200);
    let reply = signer.post(SEND, &payment("0.000001", ELSEWHERE, "eth")).await;
    reply.expect_refusal(400, "Bad Request");
    assert_eq!(main_balance(&signer, "eth").await, 0.0);
}

#[tokio::test]
async fn an_invalid_payment_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    for (amount, recipient, wallet, mention) in [
        ("0", ELSEWHERE, "eth", "amount: the amount is zero"),
        ("-1", ELSEWHERE, "eth", "amount: the amount has a sign"),
        ("1e3", ELSEWHERE, "eth", "amount: invalid character at byte 1: "),
        ("0.0000001", ELSEWHERE, "eth", "amount: the amount has more than 6 decimal places"),
        ("1", " ", "eth", "recipientAddress must not be empty"),
        ("1", ELSEWHERE, "bitcoin", "walletType must be one of"),
        ("1", ELSEWHERE, "all", "walletType must be one of"),
    ] {
        let reply = signer.post(SEND, &payment(amount, recipient, wallet)).await;
        reply.expect_invalid(mention);
    }
    let number = json!({ "amount": 1, "recipientAddress": ELSEWHERE, "walletType": "eth" });
    assert_eq!(signer.post(SEND, &number).await.status, 400);
    assert_eq!(main_balance(&signer, "eth").await, 10_000.0);
}

#[tokio::test]
async fn a_batch_is_paid_completely_or_not_at_all() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let (id, address) = subwallet(&signer, "pol").await;
    let recipients = [address.as_str(), ELSEWHERE];
    let reply = signer.post(BATCH, &batch(&recipients, &["1", "10000"], "pol")).await;
    reply.expect_refusal(400, "Bad Request");
    assert_eq!(main_balance(&signer, "pol").await, 10_000.0);
    assert_eq!(signer.get(&path(&id)).await.expect(200)["balance"], "0.00");

    let sent = signer.post(BATCH, &batch(&recipients, &["0.1", "0.2"], "pol")).await.expect(200);
    assert_eq!(sent["data"], json!({}));
    assert_eq!(main_balance(&signer, "pol").await, 9_999.7);
    assert_eq!(signer.get(&path(&id)).await.expect(200)["balance"], "0.10");
    let id = sent["transactionUUID"].as_str().unwrap();
    let found = signer.get(&format!("/user/transaction-status/{id}")).await.expect(200);
    assert_eq!(found["data"]["amount"], "0.30");
}

#[tokio::test]
async fn an_invalid_batch_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    for (body, mention) in [
        (batch(&[], &[], "eth"), "recipients must not be empty"),
        (batch(&["a", "b"], &["1"], "eth"), "recipients and amounts have different lengths"),
        (batch(&["a"], &["1", "1"], "eth"), "recipients and amounts have different lengths"),
        (batch(&["a", ""], &["1", "1"], "eth"), "recipients[1] must not be empty"),
        (batch(&["a", "b"], &["1", "0"], "eth"), "amounts[1]: the amount is zero"),
        (batch(&["a"], &["1"], "all"), "walletType must be one of"),
    ] {
        signer.post(BATCH, &body).await.expect_invalid(mention);
    }
    let most = "99999999999999999999";
    let reply = signer.post(BATCH, &batch(&["a", "b", "c", "d"], &[most; 4], "eth")).await;
    assert!(reply.expect_refusal(400, "Bad Request").contains("Not enough balance"));
    assert_eq!(main_balance(&signer, "eth").await, 10_000.0);
}

#[tokio::test]
async fn a_sub_wallet_from_creation_to_deletion() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let phrase = created["recoveryPhrase"].as_str().unwrap();
    assert!(phrase.starts_with("these twelve words of a sandbox are fake"), "{phrase}");
    assert_eq!(phrase.split(' ').count(), 12);
    assert!(created["publicKey"].is_string());
    let id = created["uuid"].as_str().unwrap();
    let fresh = signer.get(&path(id)).await.expect(200);
    assert!(fresh.get("recoveryPhrase").is_none(), "{fresh}");
    assert_eq!((&fresh["address"], &fresh["balance"]), (&json!({}), &json!("0.00")));

    let body = json!({ "subWalletUuid": id, "walletType": "solana" });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    assert_eq!((&on_chain["type"], &on_chain["balance"]), (&json!("solana"), &json!("0.00")));
    let reply = signer.post("/user/sub-wallet/create", &body).await;
    reply.expect_refusal(409, "Conflict");
    let address = on_chain["address"].as_str().unwrap();

    signer.post(SEND, &payment("2.5", address, "solana")).await.expect(200);
    let list = signer.get("/user/sub-wallet/all").await.expect(200);
    assert_eq!(list["data"]["balances"], json!({ id: { "solana": "2.50" } }));
    assert_eq!(list["data"]["address"], json!({ id: { "solana": address } }));
    assert_eq!(list["data"]["balance"], "2.50");

    let send = format!("{}/send", path(id));
    let reply = signer.post(&send, &payment("2.51", ELSEWHERE, "solana")).await;
    assert!(reply.expect_refusal(400, "Bad Request").contains("Not enough balance"));
    let reply = signer.post(&send, &payment("1", ELSEWHERE, "eth")).await;
    assert!(reply.expect_refusal(400, "Bad Request").contains("no wallet on eth"));
    let sent = signer.post(&send, &payment("1", ELSEWHERE, "solana")).await.expect(200);
    let transaction = sent["transactionUUID"].as_str().unwrap();
    assert_eq!(signer.get(&path(id)).await.expect(200)["balances"]["solana"], "1.50");

    signer.delete(&path(id)).await.expect(200);
    // The rest of the sub wallet's money went back to the business's own wallet.
    assert_eq!(main_balance(&signer, "solana").await, 9_999.0);
    signer.get(&format!("/user/transaction-status/{transaction}")).await.expect(200);
    for reply in [
        signer.get(&path(id)).await,
        signer.delete(&path(id)).await,
        signer.post(&send, &payment("1", ELSEWHERE, "solana")).await,
        signer.post("/user/sub-wallet/create", &body).await,
    ] {
        reply.expect_refusal(404, "Not Found");
    }
}

#[tokio::test]
async fn money_arrives_only_on_its_own_chain() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let (id, address) = subwallet(&signer, "eth").await;
    signer.post(SEND, &payment("1", &address, "base")).await.expect(200);
    assert_eq!(signer.get(&path(&id)).await.expect(200)["balance"], "0.00");
    let own = main_wallet(&signer, "eth").await["address"].as_str().unwrap().to_owned();
    signer.post(SEND, &payment("1", &own, "eth")).await.expect(200);
    assert_eq!(main_balance(&signer, "eth").await, 10_000.0);
}

#[tokio::test]
async fn a_wallet_is_created_only_on_a_known_chain() {
    let sandbox = Sandbox::start().await.unwrap();
    let signer = Signer::of(&sandbox);
    let (id, _) = subwallet(&signer, "eth").await;
    for (body, mention) in [
        (json!({ "subWalletUuid": id, "walletType": "all" }), "walletType must be one of"),
        (json!({ "subWalletUuid": " ", "walletType": "eth" }), "subWalletUuid must not be empty"),
    ] {
        signer.post("/user/sub-wallet/create", &body).await.expect_invalid(mention);
    }
    let body = json!({ "subWalletUuid": "a custom name", "walletType": "eth" });
    let reply = signer.post("/user/sub-wallet/create", &body).await;
    reply.expect_refusal(404, "Not Found");
}

#[tokio::test]
async fn businesses_cannot_reach_each_others_wallets() {
    let sandbox = Sandbox::start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    check_apart(&Signer::of(&sandbox), &Signer::of_other(&sandbox, &other)).await;
}

#[tokio::test]
async fn modes_cannot_reach_each_others_wallets() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let (business, key) = (sandbox.business_id(), sandbox.live_normal_key().unwrap());
    let live = Client::with_normal(&sandbox, business, key);
    let live = Signer::new(live, sandbox.wallet_secret());
    check_apart(&Signer::of(&sandbox), &live).await;
}

async fn check_apart(owner: &Signer, stranger: &Signer) {
    let (id, _) = subwallet(owner, "eth").await;
    let sent = owner.post(SEND, &payment("1", ELSEWHERE, "eth")).await.expect(200);
    let transaction = sent["transactionUUID"].as_str().unwrap();
    let body = json!({ "subWalletUuid": id, "walletType": "sui" });
    for reply in [
        stranger.get(&path(&id)).await,
        stranger.delete(&path(&id)).await,
        stranger.post(&format!("{}/send", path(&id)), &payment("1", "a", "eth")).await,
        stranger.post("/user/sub-wallet/create", &body).await,
        stranger.get(&format!("/user/transaction-status/{transaction}")).await,
    ] {
        reply.expect_refusal(404, "Not Found");
    }
    let list = stranger.get("/user/sub-wallet/all").await.expect(200);
    assert_eq!(list["data"]["address"], json!({}));
    assert_eq!(main_balance(stranger, "eth").await, 10_000.0);
    let (own, theirs) = (main_wallet(owner, "eth").await, main_wallet(stranger, "eth").await);
    assert_ne!(own["address"], theirs["address"]);
    owner.get(&path(&id)).await.expect(200);
}
