//! Transfers from wallets: how they are confirmed, and how they fail when a test asks for it.

use std::time::Duration;

use mileston_sandbox::{Sandbox, Settlement};
use serde_json::{Value, json};

use crate::http::Client;
use crate::program::{Running, text};
use crate::signed::Signer;
use crate::temporary::Folder;

const ELSEWHERE: &str = "0x1111111111111111111111111111111111111111";

fn payment(amount: &str, recipient: &str) -> Value {
    json!({ "amount": amount, "recipientAddress": recipient, "walletType": "eth" })
}

async fn start(settlement: Settlement) -> (Sandbox, Signer, Client) {
    let sandbox = Sandbox::builder().seed(1).settlement(settlement).start().await.unwrap();
    let (signer, program) = (Signer::of(&sandbox), Client::anonymous(&sandbox));
    (sandbox, signer, program.header("mileston-sandbox", "test"))
}

/// Creates a sub wallet on Ethereum, and returns its id and address.
async fn subwallet(signer: &Signer) -> (String, String) {
    let created = signer.post("/user/sub-wallet", &json!({})).await.expect(201);
    let id = created["uuid"].as_str().unwrap().to_owned();
    let body = json!({ "subWalletUuid": id, "walletType": "eth" });
    let on_chain = signer.post("/user/sub-wallet/create", &body).await.expect(201);
    (id, on_chain["address"].as_str().unwrap().to_owned())
}

/// Returns the balances of the business's own wallet on Ethereum and of a sub wallet.
async fn balances(signer: &Signer, sub: &str) -> (f64, String) {
    let list = signer.get("/user/all-wallets").await.expect(200);
    let mut wallets = list["walletData"].as_array().unwrap().iter();
    let main = wallets.find(|wallet| wallet["blockchain"] == "eth").unwrap()["balance"].as_f64();
    let sub = signer.get(&format!("/user/sub-wallet/{sub}")).await.expect(200);
    (main.unwrap(), sub["balance"].as_str().unwrap().to_owned())
}

async fn status(signer: &Signer, sent: &Value) -> Value {
    let id = sent["transactionUUID"].as_str().unwrap();
    signer.get(&format!("/user/transaction-status/{id}")).await.expect(200)["data"].clone()
}

#[tokio::test]
async fn a_transfer_is_pending_until_its_chain_confirms_it() {
    let (sandbox, signer, _) = start(Settlement::WithClock).await;
    let (sub, address) = subwallet(&signer).await;
    let sent = signer.post("/user/send-payment", &payment("3", &address)).await.expect(200);
    for _ in 0..3 {
        assert_eq!(status(&signer, &sent).await["status"], "pending");
    }
    assert_eq!(balances(&signer, &sub).await, (9_997.0, "0.00".to_owned()));
    sandbox.advance(Duration::from_millis(5_999)).await.unwrap();
    assert_eq!(status(&signer, &sent).await["status"], "pending");
    sandbox.advance(Duration::from_millis(1)).await.unwrap();
    assert_eq!(balances(&signer, &sub).await, (9_997.0, "3.00".to_owned()));
    sandbox.advance(Duration::from_secs(60)).await.unwrap();
    let done = status(&signer, &sent).await;
    assert_eq!(done["status"], "completed");
    assert!(done["signature"].is_string());
    assert_eq!(
        done["updatedAt"], "2025-01-01T00:00:06.000Z",
        "the time of the confirmation, not of the request"
    );
    assert_eq!(status(&signer, &sent).await, done);
}

#[tokio::test]
async fn a_failed_transfer_returns_its_money() {
    for settlement in [Settlement::WithClock, Settlement::OnSecondLook] {
        let (sandbox, signer, program) = start(settlement).await;
        let (sub, address) = subwallet(&signer).await;
        let reply = program.post("/_sandbox/chain/fail-next", &json!({ "count": 2 })).await;
        assert_eq!(reply.json(), json!({ "count": 2 }));
        let sent = signer.post("/user/send-payment", &payment("3", &address)).await.expect(200);
        let batch = json!({
            "recipients": [address, ELSEWHERE], "amounts": ["1", "2"], "walletType": "eth",
        });
        let batch = signer.post("/user/batch-payment", &batch).await.expect(200);
        // While the transfers are pending, their money has left the sender but not arrived anywhere.
        assert_eq!(balances(&signer, &sub).await, (9_994.0, "0.00".to_owned()));
        for sent in [&sent, &batch] {
            assert_eq!(status(&signer, sent).await["status"], "pending");
        }
        sandbox.advance(Duration::from_secs(60)).await.unwrap();
        for sent in [&sent, &batch, &sent] {
            let failed = status(&signer, sent).await;
            assert_eq!(failed["status"], "failed");
            assert!(failed.get("signature").is_none(), "{failed}");
        }
        assert_eq!(balances(&signer, &sub).await, (10_000.0, "0.00".to_owned()));
        // The next transfer succeeds again.
        let sent = signer.post("/user/send-payment", &payment("3", &address)).await.expect(200);
        status(&signer, &sent).await;
        sandbox.advance(Duration::from_secs(60)).await.unwrap();
        assert_eq!(status(&signer, &sent).await["status"], "completed");
        assert_eq!(balances(&signer, &sub).await, (9_997.0, "3.00".to_owned()));
    }
}

#[tokio::test]
async fn fail_next_skips_rejected_transfers_and_can_be_cancelled() {
    let (sandbox, signer, program) = start(Settlement::WithClock).await;
    program.post("/_sandbox/chain/fail-next", &json!({ "count": 1 })).await;
    let much = payment("10001", ELSEWHERE);
    signer.post("/user/send-payment", &much).await.expect_refusal(400, "Bad Request");
    let failing = signer.post("/user/send-payment", &payment("1", ELSEWHERE)).await.expect(200);
    program.post("/_sandbox/chain/fail-next", &json!({ "count": 5 })).await;
    program.post("/_sandbox/chain/fail-next", &json!({ "count": 0 })).await;
    let fine = signer.post("/user/send-payment", &payment("1", ELSEWHERE)).await.expect(200);
    sandbox.advance(Duration::from_secs(60)).await.unwrap();
    assert_eq!(status(&signer, &failing).await["status"], "failed");
    assert_eq!(status(&signer, &fine).await["status"], "completed");
    let odd = program.post("/_sandbox/chain/fail-next", &json!({ "count": -1 })).await;
    odd.expect_invalid("count");
}

#[tokio::test]
async fn a_deleted_sub_wallets_money_returns_to_the_business() {
    let (sandbox, signer, program) = start(Settlement::WithClock).await;
    let (payer, address) = subwallet(&signer).await;
    signer.post("/user/send-payment", &payment("5", &address)).await.expect(200);
    sandbox.advance(Duration::from_secs(60)).await.unwrap();
    program.post("/_sandbox/chain/fail-next", &json!({ "count": 1 })).await;
    let target = format!("/user/sub-wallet/{payer}");
    signer.post(&format!("{target}/send"), &payment("5", ELSEWHERE)).await.expect(200);
    signer.delete(&target).await.expect(200);
    let (other, _) = subwallet(&signer).await;
    assert_eq!(balances(&signer, &other).await.0, 9_995.0);
    sandbox.advance(Duration::from_secs(60)).await.unwrap();
    assert_eq!(balances(&signer, &other).await.0, 10_000.0);
}

#[tokio::test]
async fn money_in_transit_survives_a_restart() {
    let folder = Folder::new("in-flight");
    let builder = Sandbox::builder().seed(1).settlement(Settlement::WithClock);
    let sandbox = builder.store(folder.file()).start().await.unwrap();
    let credentials = sandbox.credentials().unwrap().clone();
    let signer =
        |url: &str| Signer::new(Client::at(url, &credentials), credentials.wallet_secret());
    let (sub, address) = subwallet(&signer(sandbox.url())).await;
    let body = payment("3", &address);
    let sent = signer(sandbox.url()).post("/user/send-payment", &body).await.expect(200);
    sandbox.stop().await;

    // Each transfer keeps its settlement.
    let sandbox = Sandbox::builder().store(folder.file()).start().await.unwrap();
    let signer = signer(sandbox.url());
    for _ in 0..2 {
        assert_eq!(status(&signer, &sent).await["status"], "pending");
    }
    sandbox.advance(Duration::from_secs(60)).await.unwrap();
    assert_eq!(status(&signer, &sent).await["status"], "completed");
    assert_eq!(balances(&signer, &sub).await, (9_997.0, "3.00".to_owned()));
    sandbox.stop().await;
}

#[tokio::test]
async fn serve_completes_transfers_by_the_clock() {
    let mut running = Running::start(&["serve", "--port", "0", "--json", "--seed", "1"]);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let client = Client::of_url(&text(&ready, "url"));
    let program = client.clone().header("mileston-sandbox", "test");
    let client = client.header("apikey", &text(&ready, "normalKey"));
    let client = client.header("businessid", &text(&ready, "businessId"));
    let signer = Signer::new(client, &text(&ready, "walletSecret").parse().unwrap());
    let sent = signer.post("/user/send-payment", &payment("1", ELSEWHERE)).await.expect(200);
    for _ in 0..2 {
        assert_eq!(status(&signer, &sent).await["status"], "pending");
    }
    program.post("/_sandbox/clock", &json!({ "advance": 6 })).await.json();
    assert_eq!(status(&signer, &sent).await["status"], "completed");
}
