//! The movable clock, and seeds that give the same results each time.

use std::time::Duration;

use mileston_api::Timestamp;
use mileston_sandbox::{KeyState, Sandbox, StartErrorKind, StoreErrorKind};
use serde_json::{Value, json};

use crate::http::{Client, Reply};
use crate::signed::Signer;
use crate::temporary::Folder;

const CLOCK: &str = "/_sandbox/clock";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Creates a client that controls the sandbox.
fn program(sandbox: &Sandbox) -> Client {
    Client::anonymous(sandbox).header("mileston-sandbox", "test")
}

fn time(reply: &Reply) -> Timestamp {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()["now"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn the_clock_follows_the_machine_until_it_is_moved() {
    let sandbox = Sandbox::start().await.unwrap();
    let program = program(&sandbox);
    let before = Timestamp::now().unwrap().as_millisecond();
    let now = time(&program.get(CLOCK).await).as_millisecond();
    assert!((before..=Timestamp::now().unwrap().as_millisecond()).contains(&now));

    let moved = time(&program.post(CLOCK, &json!({ "advance": 86400 })).await);
    assert!(moved.as_millisecond() >= now + 86_400_000);
    let status = Client::anonymous(&sandbox).get("/status").await.json();
    assert!(status["timestamp"].as_str().unwrap().parse::<Timestamp>().unwrap() >= moved);

    let moved = sandbox.advance(DAY).await.unwrap();
    let seen = time(&program.get(CLOCK).await);
    assert!(seen >= moved && moved.as_millisecond() >= now + 2 * 86_400_000);
}

#[tokio::test]
async fn the_clock_never_goes_back_and_refuses_invalid_input() {
    let sandbox = Sandbox::builder().seed(1).start().await.unwrap();
    let program = program(&sandbox);
    let then = json!({ "now": "2031-02-03T04:05:06.789Z" });
    assert_eq!(
        time(&program.post(CLOCK, &then).await),
        "2031-02-03T04:05:06.789Z".parse().unwrap()
    );
    assert_eq!(program.post(CLOCK, &then).await.status, 200, "the same time isn't in the past");
    let back = json!({ "now": "2031-02-03T04:05:06.788Z" });
    program.post(CLOCK, &back).await.expect_refusal(409, "Conflict");
    for odd in [
        json!({}),
        json!({ "advance": 1, "now": "2032-01-01T00:00:00Z" }),
        json!({ "advance": -1 }),
        json!({ "advance": "1" }),
        json!({ "advance": 1.5 }),
        json!({ "advanse": 1 }),
        json!({ "now": "tomorrow" }),
    ] {
        program.post(CLOCK, &odd).await.expect_invalid("");
    }
    let unknown = program.post(CLOCK, &json!({ "Mileston_TEST_fake": 1 })).await;
    let message = unknown.expect_invalid("unknown field: expected `advance` or `now`");
    assert!(!message.contains("Mileston"), "{message}");
    let late = json!({ "now": "9999-01-01T00:00:00.001Z" });
    program.post(CLOCK, &late).await.expect_refusal(400, "Bad Request");
    let error = sandbox.advance(Duration::MAX).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Clock, "the year is out of range");
    assert_eq!(time(&program.get(CLOCK).await).to_string(), "2031-02-03T04:05:06.789Z");
}

#[tokio::test]
async fn keys_expire_by_the_clock() {
    let sandbox = Sandbox::start().await.unwrap();
    let (keys, backend) = (sandbox.keys(), Client::backend(&sandbox));
    let fingerprint = keys.list().await.unwrap()[0].fingerprint.clone();
    // The overlap would end after the latest supported time.
    keys.roll(&fingerprint, Duration::MAX).await.unwrap();
    keys.roll(&fingerprint, DAY).await.unwrap();
    backend.get("/payment-link/").await.expect(200);
    sandbox.advance(DAY).await.unwrap();
    backend.get("/payment-link/").await.expect_refusal(401, "Unauthorized");
    assert!(matches!(keys.list().await.unwrap()[0].state, KeyState::Expired(_)));
}

#[tokio::test]
async fn a_file_keeps_the_time() {
    let folder = Folder::new("clock");
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let moved = sandbox.advance(365 * DAY).await.unwrap();
    sandbox.stop().await;
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    assert!(sandbox.advance(Duration::ZERO).await.unwrap() >= moved);
    sandbox.stop().await;
}

/// Calls operations that return ids, addresses and times.
async fn tour(sandbox: &Sandbox) -> Vec<String> {
    let (backend, payer, signer) =
        (Client::backend(sandbox), Client::frontend(sandbox), Signer::of(sandbox));
    let anything = json!({
        "amount": "12.50", "itemName": "i", "customerEmail": "a@example.com",
        "dueDate": "2031-01-31T00:00:00.000Z", "subscriptionName": "s", "subscriberFullName": "f",
        "subscriberEmail": "a@example.com", "recurringDate": "2031-01-31T00:00:00.000Z",
        "recurringInterval": 30,
    });
    let elsewhere = "0x1111111111111111111111111111111111111111";
    let payment = json!({ "amount": "1", "recipientAddress": elsewhere, "walletType": "eth" });
    let mut replies = vec![
        backend.post("/payment-link/create", &anything).await,
        // A rejected request doesn't use up any of the seed's values.
        backend.post("/payment-link/create", &json!({ "amount": "0" })).await,
        backend.post("/invoice/create?businessName=A", &anything).await,
        backend.post("/recurring-payment/create?businessName=A", &anything).await,
        signer.post("/user/sub-wallet", &json!({})).await,
        signer.get("/user/all-wallets").await,
        signer.post("/user/send-payment", &payment).await,
        payer.get(&format!("/checkout/user/{}", sandbox.business_id())).await,
        payer
            .get(&format!(
                "/checkout/onramp-data?amount=1&recipientWalletAddress={elsewhere}&chain=eth"
            ))
            .await,
        program(sandbox).post(CLOCK, &json!({ "advance": 5 })).await,
        Client::anonymous(sandbox).get("/status").await,
    ];
    let sent = replies[6].json()["transactionUUID"].as_str().unwrap().to_owned();
    replies.push(signer.get(&format!("/user/transaction-status/{sent}")).await);
    let to = replies[5].json()["walletData"][3]["address"].clone();
    let deposit = json!({ "chain": "eth", "token": "USDC", "amount": "1", "to": to });
    replies.push(program(sandbox).post("/_sandbox/chain/payments", &deposit).await);
    replies.push(program(sandbox).get("/_sandbox/chain/payments").await);
    replies.push(program(sandbox).get("/_sandbox/chain").await);
    let sub = replies[4].json()["uuid"].as_str().unwrap().to_owned();
    let body: Value = json!({ "subWalletUuid": sub, "walletType": "solana" });
    replies.push(signer.post("/user/sub-wallet/create", &body).await);
    // Some responses contain the sandbox's own URL, which has a different port each time.
    let text = |body: &str| body.replace(sandbox.url(), "URL");
    replies.iter().map(|reply| format!("{} {}", reply.status, text(&reply.body))).collect()
}

#[tokio::test]
async fn the_same_seed_gives_the_same_responses_byte_for_byte() {
    let first = Sandbox::builder().seed(42).start().await.unwrap();
    let answers = tour(&first).await;

    let second = Sandbox::builder().seed(42).start().await.unwrap();
    assert_eq!(second.business_id(), first.business_id());
    assert_eq!(tour(&second).await, answers);
    let same_key = second.normal_key().expose_secret() == first.normal_key().expose_secret();
    assert!(!same_key, "keys stay random");

    let other = Sandbox::builder().seed(43).start().await.unwrap();
    let (same, all) = (tour(&other).await, answers.len());
    let same = same.iter().zip(&answers).filter(|(one, two)| one == two).count();
    assert!(same < all / 2, "{same} of {all} are the same with a different seed");
}

#[tokio::test]
async fn a_file_continues_its_seeds_sequence() {
    let folder = Folder::new("seed");
    let whole = Sandbox::builder().seed(5).store(folder.path().join("whole.db"));
    let whole = whole.start().await.unwrap();
    let client = Client::at(whole.url(), whole.credentials().unwrap());
    let ids = [create(&client).await, create(&client).await, create(&client).await];
    whole.stop().await;

    let broken = Sandbox::builder().seed(5).store(folder.file());
    let broken = broken.start().await.unwrap();
    let credentials = broken.credentials().unwrap().clone();
    let first = create(&Client::at(broken.url(), &credentials)).await;
    broken.advance(DAY).await.unwrap();
    broken.stop().await;
    // The file stores its seed.
    let again = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let client = Client::at(again.url(), &credentials);
    assert_eq!([first, create(&client).await, create(&client).await], ids);
    let now = again.advance(Duration::ZERO).await.unwrap();
    assert_eq!(now.to_string(), "2025-01-02T00:00:00.000Z");
    again.stop().await;

    let error = Sandbox::builder().seed(6).store(folder.file()).start().await.unwrap_err();
    assert_eq!(error.kind(), StartErrorKind::Store(StoreErrorKind::Seed));
}

async fn create(client: &Client) -> String {
    let created = client.post("/payment-link/create", &json!({ "amount": "1" })).await.expect(201);
    created["paymentData"]["paymentLinkId"].as_str().unwrap().to_owned()
}
