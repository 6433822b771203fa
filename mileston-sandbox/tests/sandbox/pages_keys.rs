//! The Developers tab: its forms create, roll and revoke keys, and each new key is shown once. Forms from other sites
//! are rejected.

use mileston_keys::{AnyKey, WalletSecret};
use mileston_sandbox::{KeyState, Sandbox};
use serde_json::json;

use crate::forms::{self, common};
use crate::http::{Client, Reply};
use crate::pages::{browser, expect_page};
use crate::signed::Signer;

/// Submits a form as the page does.
async fn send(client: &Client, action: &str, form: &str) -> Reply {
    forms::send(client, &format!("/_sandbox/keys/{action}"), form).await
}

/// Follows the redirect, and returns the key shown there.
async fn revealed(sandbox: &Sandbox, reply: &Reply) -> (String, Option<AnyKey>) {
    let (address, text) = revealed_text(sandbox, reply).await;
    (address, text.map(|text| AnyKey::parse(&text).unwrap()))
}

async fn revealed_text(sandbox: &Sandbox, reply: &Reply) -> (String, Option<String>) {
    assert_eq!(reply.status, 303, "{}", reply.body);
    let to = reply.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let page = browser(sandbox).get(to).await;
    expect_page(&page, 200);
    let shown = page.body.split_once("id=\"revealed\">");
    (to.to_owned(), shown.map(|(_, rest)| rest.split_once('<').unwrap().0.to_owned()))
}

async fn can_create(sandbox: &Sandbox, key: &AnyKey) -> bool {
    let client = Client::anonymous(sandbox).header("apikey", key.expose_secret());
    let client = client.header("businessid", sandbox.business_id().as_str());
    client.post("/payment-link/create", &json!({ "amount": "1" })).await.status == 201
}

#[tokio::test]
async fn a_key_is_created_and_shown_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = common(&sandbox).await;
    let made = send(&browser(&sandbox), "create", &format!("{form}&kind=normal")).await;
    let (address, key) = revealed(&sandbox, &made).await;
    let key = key.expect("the key is shown");
    assert!(!address.contains("Mileston_"), "{address}");
    assert!(can_create(&sandbox, &key).await);
    let again = browser(&sandbox).get(&address).await;
    assert!(again.body.contains("was already shown once"), "{}", again.body);
    for page in [again, browser(&sandbox).get("/").await] {
        assert!(!page.body.contains(key.expose_secret()));
        assert!(!page.body.contains(sandbox.normal_key().expose_secret()));
        assert!(!page.body.contains(sandbox.wallet_secret().expose_secret()));
    }
}

#[tokio::test]
async fn a_rolled_key_stays_valid_for_the_chosen_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = common(&sandbox).await;
    let keys = sandbox.keys();
    let old = keys.list().await.unwrap().remove(0);
    let form = format!("{form}&fingerprint={}", old.fingerprint);
    let normal = AnyKey::from(sandbox.normal_key().clone());
    for (hours, stays) in [("24", true), ("0", false)] {
        let rolled = send(&browser(&sandbox), "roll", &format!("{form}&hours={hours}")).await;
        let (_, key) = revealed(&sandbox, &rolled).await;
        assert!(can_create(&sandbox, &key.unwrap()).await);
        assert_eq!(can_create(&sandbox, &normal).await, stays, "{hours}");
    }
    // The old key is no longer valid.
    let refused = send(&browser(&sandbox), "roll", &format!("{form}&hours=1")).await;
    expect_page(&refused, 409);
    assert!(refused.body.contains("no longer valid"), "{}", refused.body);
}

#[tokio::test]
async fn a_revoked_key_is_refused_and_listed_as_revoked() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = common(&sandbox).await;
    let old = sandbox.keys().list().await.unwrap().remove(0);
    let form = format!("{form}&fingerprint={}", old.fingerprint);
    let revoked = send(&browser(&sandbox), "revoke", &form).await;
    assert_eq!(revoked.status, 303, "{}", revoked.body);
    let normal = AnyKey::from(sandbox.normal_key().clone());
    assert!(!can_create(&sandbox, &normal).await);
    let tab = browser(&sandbox).get("/").await;
    assert!(tab.body.contains("Revoked") && tab.body.contains(&old.fingerprint), "{}", tab.body);
}

#[tokio::test]
async fn a_wallet_secret_is_rolled_and_shown_once() {
    let sandbox = Sandbox::start().await.unwrap();
    Signer::of(&sandbox).get("/user/all-wallets").await.expect(200);
    let form = common(&sandbox).await;
    let rolled = send(&browser(&sandbox), "roll-secret", &form).await;
    let (address, shown) = revealed_text(&sandbox, &rolled).await;
    let secret: WalletSecret = shown.unwrap().parse().unwrap();
    let refused = Signer::of(&sandbox).get("/user/all-wallets").await;
    refused.expect_refusal(401, "Unauthorized");
    let signer = Signer::new(Client::backend(&sandbox), &secret);
    signer.get("/user/all-wallets").await.expect(200);
    let again = browser(&sandbox).get(&address).await;
    assert!(!again.body.contains(secret.expose_secret()), "{}", again.body);
}

#[tokio::test]
async fn a_form_from_another_site_cannot_change_keys() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = common(&sandbox).await;
    let fingerprint = sandbox.keys().list().await.unwrap().remove(0).fingerprint;
    let form = format!("{form}&kind=normal&hours=0&fingerprint={fingerprint}");
    let no_token = form.split_once('&').unwrap().1.to_owned();
    let wrong_token = format!("token=guessed&{no_token}");
    let kind = "application/x-www-form-urlencoded";
    for action in ["create", "roll", "revoke", "roll-secret"] {
        let target = format!("/_sandbox/keys/{action}");
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("X-Nothing", "x"),
        ] {
            let other = browser(&sandbox).header(name, value);
            expect_page(&other.send_as("POST", &target, kind, Some(&form)).await, 403);
        }
        expect_page(&send(&browser(&sandbox), action, &wrong_token).await, 403);
        expect_page(&send(&browser(&sandbox), action, &no_token).await, 400);
        let renamed = browser(&sandbox).with_host("evil.example");
        expect_page(&send(&renamed, action, &form).await, 421);
        // A GET request changes nothing either.
        let read = browser(&sandbox).get(&format!("{target}?{form}")).await;
        assert_eq!(read.status, 404, "{}", read.body);
    }
    let keys = sandbox.keys().list().await.unwrap();
    assert_eq!(keys.len(), 2);
    assert!(keys.iter().all(|key| key.state == KeyState::Active), "{keys:?}");
}

#[tokio::test]
async fn an_invalid_form_is_refused_with_a_page() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = common(&sandbox).await;
    for (action, rest, status, words) in [
        ("create", "kind=wallet", 400, "kind must be normal or checkout"),
        ("create", "", 400, "kind"),
        ("create", "kind=normal&mode=live", 400, "mode"),
        ("roll", "fingerprint=000000000000&hours=1", 404, "No key has this fingerprint"),
        ("roll", "fingerprint=%3Cb%3E&hours=x", 400, "hours"),
        ("roll", "fingerprint=0&hours=169", 400, "at most 168"),
        ("revoke", "fingerprint=%3Cb%3E", 404, "No key has this fingerprint"),
    ] {
        let reply = send(&browser(&sandbox), action, &format!("{form}&{rest}")).await;
        expect_page(&reply, status);
        assert!(reply.body.contains(words), "{rest}: {}", reply.body);
        assert!(!reply.body.contains("<b>"), "{}", reply.body);
    }
}

#[tokio::test]
async fn each_business_and_mode_has_its_own_list() {
    let sandbox = Sandbox::builder().live_keys(true).start().await.unwrap();
    let other = sandbox.add_business().await.unwrap();
    let keys = sandbox.keys().list().await.unwrap();
    for business in [sandbox.business_id(), other.business_id()] {
        for mode in ["test", "live"] {
            let tab = browser(&sandbox).get(&format!("/?business={business}&mode={mode}")).await;
            expect_page(&tab, 200);
            for key in &keys {
                let is_theirs = key.business == *business && key.mode.to_string() == mode;
                assert_eq!(tab.body.contains(&key.fingerprint), is_theirs, "{key:?}");
            }
        }
    }
    expect_page(&browser(&sandbox).get("/?business=nobody").await, 404);
}
