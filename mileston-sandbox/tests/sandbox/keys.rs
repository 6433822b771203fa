//! Keys as on the Developers tab: listed, created, rolled, revoked, in a running sandbox and on the command line.

use std::time::Duration;

use mileston_keys::{KeyKind, ModeName};
use mileston_sandbox::{KeyState, Sandbox, StoreErrorKind};
use serde_json::Value;

use crate::http::Client;
use crate::program::{Running, run, text};
use crate::signed::Signer;
use crate::temporary::Folder;

const LIST: &str = "/payment-link/";

/// Creates a backend client with this key.
fn with(sandbox: &Sandbox, key: &str) -> Client {
    let client = Client::anonymous(sandbox).header("apikey", key);
    client.header("businessid", sandbox.business_id().as_str())
}

#[tokio::test]
async fn a_rolled_key_is_valid_for_the_overlap_and_the_new_key_is_valid_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let keys = sandbox.keys();
    let listed = keys.list().await.unwrap();
    let names: Vec<_> = listed.iter().map(|key| (key.kind, key.mode, key.state)).collect();
    let (test, active) = (ModeName::Test, KeyState::Active);
    assert_eq!(names, [(KeyKind::Normal, test, active), (KeyKind::Checkout, test, active)]);
    let (normal, hour) = (&listed[0].fingerprint, Duration::from_secs(3600));
    let new = keys.roll(normal, hour).await.unwrap();
    Client::backend(&sandbox).get(LIST).await.expect(200);
    with(&sandbox, new.expose_secret()).get(LIST).await.expect(200);
    assert!(matches!(keys.list().await.unwrap()[0].state, KeyState::Expires(_)));

    let newer = keys.roll(normal, Duration::ZERO).await.unwrap();
    let refused = Client::backend(&sandbox).get(LIST).await;
    let message = refused.expect_refusal(401, "Unauthorized");
    assert!(message.contains("no longer valid"), "{message}");
    with(&sandbox, new.expose_secret()).get(LIST).await.expect(200);
    with(&sandbox, newer.expose_secret()).get(LIST).await.expect(200);
    let error = keys.roll(normal, hour).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Key);
    Client::frontend(&sandbox).get("/checkout/payment-wallet/sui").await.expect(200);
}

#[tokio::test]
async fn rolling_again_never_extends_the_overlap() {
    let sandbox = Sandbox::start().await.unwrap();
    let (keys, minute) = (sandbox.keys(), Duration::from_secs(60));
    let normal = keys.list().await.unwrap().remove(0).fingerprint;
    keys.roll(&normal, minute).await.unwrap();
    let expires = keys.list().await.unwrap().remove(0).state;
    keys.roll(&normal, 60 * minute).await.unwrap();
    assert_eq!(keys.list().await.unwrap().remove(0).state, expires);
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once_and_stays_revoked() {
    let sandbox = Sandbox::start().await.unwrap();
    let keys = sandbox.keys();
    let normal = keys.list().await.unwrap().remove(0).fingerprint;
    keys.revoke(&normal).await.unwrap();
    Client::backend(&sandbox).get(LIST).await.expect_refusal(401, "Unauthorized");
    let state = keys.list().await.unwrap().remove(0).state;
    assert!(matches!(state, KeyState::Revoked(_)));
    keys.revoke(&normal).await.unwrap();
    assert_eq!(keys.list().await.unwrap().remove(0).state, state, "the first time counts");
    for fingerprint in [normal.as_str(), "0123456789ab", "", "%", "' OR 1=1 --"] {
        assert!(keys.roll(fingerprint, Duration::ZERO).await.is_err(), "{fingerprint}");
    }
    keys.revoke("0123456789ab").await.unwrap_err();
}

#[tokio::test]
async fn a_new_key_sees_the_same_data_and_a_live_key_needs_live_mode() {
    let sandbox = Sandbox::start().await.unwrap();
    let keys = sandbox.keys();
    let body = serde_json::json!({ "amount": "1" });
    Client::backend(&sandbox).post("/payment-link/create", &body).await.expect(201);
    let new = keys.create(None, KeyKind::Normal, ModeName::Test).await.unwrap();
    let list = with(&sandbox, new.expose_secret()).get(LIST).await.expect(200);
    assert_eq!(list["paymentData"].as_array().unwrap().len(), 1);
    let live = keys.create(None, KeyKind::Normal, ModeName::Live).await.unwrap();
    let refused = with(&sandbox, live.expose_secret()).get(LIST).await;
    let message = refused.expect_refusal(401, "Unauthorized");
    assert!(message.contains("without live mode"), "{message}");
    let stranger = "somebody-else".parse().unwrap();
    keys.create(Some(&stranger), KeyKind::Normal, ModeName::Test).await.unwrap_err();
}

#[track_caller]
fn keys(arguments: &[&str], file: &str) -> Value {
    let arguments = [&["keys"], arguments, &["--store", file, "--json"]].concat();
    let output = run(&arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn the_command_line_rolls_a_key_that_was_lost() {
    let folder = Folder::new("keys");
    let file = folder.file().to_str().unwrap().to_owned();
    let output = run(&["keys", "list", "--store", &file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("doesn't exist"));
    assert!(!folder.file().exists(), "listing doesn't create the file");

    let sandbox = Sandbox::builder().store(&file).start().await.unwrap();
    let lost = sandbox.credentials().unwrap().clone();
    sandbox.stop().await;
    let list = keys(&["list"], &file);
    let fingerprints: Vec<_> =
        list["keys"].as_array().unwrap().iter().map(|key| text(key, "fingerprint")).collect();
    assert_eq!((fingerprints.len(), text(&list, "store")), (2, file.clone()));
    let new = text(&keys(&["roll", &fingerprints[0]], &file), "key");
    let revoked = keys(&["revoke", &fingerprints[1]], &file);
    assert_eq!(text(&revoked, "fingerprint"), fingerprints[1]);
    let checkout = keys(&["create", "--checkout"], &file);
    assert_eq!(text(&checkout, "kind"), "Checkout");

    let secret = text(&keys(&["roll-secret"], &file), "walletSecret");

    let mut running = Running::start(&["serve", "--port", "0", "--json", "--store", &file]);
    let ready: Value = serde_json::from_str(&running.line()).unwrap();
    let client = |key: &str| {
        let client = Client::of_url(&text(&ready, "url")).header("apikey", key);
        client.header("businessid", lost.business_id().as_str())
    };
    client(&new).get(LIST).await.expect(200);
    client(lost.normal_key().expose_secret()).get(LIST).await.expect(401);
    let wallet = "/checkout/payment-wallet/sui";
    client(&text(&checkout, "key")).get(wallet).await.expect(200);
    client(lost.checkout_key().expose_secret()).get(wallet).await.expect(401);
    let all = "/user/all-wallets";
    Signer::new(client(&new), &secret.parse().unwrap()).get(all).await.expect(200);
    Signer::new(client(&new), lost.wallet_secret()).get(all).await.expect(401);
}

#[test]
fn the_command_line_lists_keys_and_explains_errors() {
    let folder = Folder::new("keys-people");
    let file = folder.file().to_str().unwrap().to_owned();
    let mut running = Running::start(&["serve", "--port", "0", "--store", &file]);
    while !running.line().starts_with("The keys and the wallet secret won't be shown again") {}
    running.kill();
    let list = String::from_utf8(run(&["keys", "list", "--store", &file]).stdout).unwrap();
    assert_eq!(list.lines().filter(|line| line.ends_with("  active")).count(), 2, "{list}");
    assert!(!list.contains("Mileston_"), "{list}");
    let output = run(&["keys", "roll", "0123456789ab", "--store", &file]);
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("was not changed: no key has this fingerprint"), "{error}");
    let mut running = Running::start(&["serve", "--port", "0", "--store", &file]);
    while !running.line().contains("keys roll FINGERPRINT --store") {}
    running.kill();
}
