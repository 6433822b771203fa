//! Webhooks on the pages: a form registers a webhook, its token is shown once, and deliveries are listed with their
//! content escaped, and can be sent again.

use mileston_sandbox::{DeliveryState, Sandbox};

use super::endpoint::{Endpoint, hasty, respond, token};
use super::settled;
use super::shop::{Kind, Shop};
use crate::forms::{self, common};
use crate::http::{Client, Reply};
use crate::pages::{browser, expect_page};

async fn send(client: &Client, action: &str, form: &str) -> Reply {
    forms::send(client, &format!("/_sandbox/webhook-forms/{action}"), form).await
}

fn location(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{}", reply.body);
    reply.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned()
}

#[tokio::test]
async fn a_webhook_is_registered_and_its_token_shown_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let (form, endpoint) = (common(&sandbox).await, Endpoint::start().await);
    let person = browser(&sandbox);
    for (fields, token) in [
        ("&verification=fake-webhook-token&invoice-paid=on", Some("fake-webhook-token")),
        ("&verification=&invoice-paid=on&paymentlink-paid=on", None),
    ] {
        let form = format!("{form}&url={}{fields}", endpoint.url);
        let address = location(&send(&person, "register", &form).await);
        let page = person.get(&address).await;
        expect_page(&page, 200);
        let (_, shown) = page.body.split_once("id=\"verification\">").unwrap();
        let shown = shown.split_once('<').unwrap().0.to_owned();
        assert!(token.is_none_or(|token| shown == token) && shown.len() > 16);
        assert!(page.body.contains(&endpoint.url) && !address.contains(&shown));
        for page in [&address, "/", "/webhooks", "/requests"] {
            let page = person.get(page).await;
            expect_page(&page, 200);
            assert!(!page.body.contains(&shown));
        }
    }
    Shop::of(&sandbox).sell(Kind::Invoice).await;
    endpoint.wait_for(2).await;
    for webhook in sandbox.webhooks().list().await.unwrap() {
        let gone = send(&person, "remove", &format!("{form}&webhook={}", webhook.id)).await;
        assert!(location(&gone).starts_with("/?business="));
    }
    assert_eq!(sandbox.webhooks().list().await.unwrap(), []);
}

#[tokio::test]
async fn a_delivery_is_shown_escaped_and_sent_again_by_a_click() {
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let answer =
        |before: usize| respond(if before < 10 { 500 } else { 200 }, "<script>no</script>");
    let endpoint = Endpoint::answering(answer).await;
    let webhooks = sandbox.webhooks();
    webhooks.register(&format!("{}?<b>", endpoint.url), &token(), &[]).await.unwrap();
    let shop = Shop::of(&sandbox);
    let link = shop.ask(Kind::Link).await;
    shop.pay_by(Kind::Link, &link, "</code><script>alert(1)</script>").await.unwrap();
    let given_up = settled(&webhooks, |one| one.state == DeliveryState::GivenUp).await;
    let person = browser(&sandbox);
    let page = person.get("/webhooks").await;
    expect_page(&page, 200);
    for shown in ["Given up", "paymentlink-paid", "10 attempts", "&lt;script&gt;no&lt;/script&gt;"]
    {
        assert!(page.body.contains(shown), "{shown} in {}", page.body);
    }
    assert!(!page.body.contains("<script>") && !page.body.contains("fake-webhook-token"));
    let form = format!("{}&delivery={}", common(&sandbox).await, given_up.number);
    assert!(location(&send(&person, "redeliver", &form).await).starts_with("/webhooks?"));
    settled(&webhooks, |one| one.state == DeliveryState::Delivered).await;
    assert!(person.get("/webhooks").await.body.contains("11 attempts"));
}

#[tokio::test]
async fn a_page_from_another_site_cannot_change_webhooks() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = format!("{}&url=http://127.0.0.1:1/&invoice-paid=on", common(&sandbox).await);
    let stranger = browser(&sandbox).header("Sec-Fetch-Site", "cross-site");
    for action in ["register", "remove", "redeliver"] {
        let target = format!("/_sandbox/webhook-forms/{action}");
        let kind = "application/x-www-form-urlencoded";
        let reply = stranger.send_as("POST", &target, kind, Some(&form)).await;
        assert_eq!(reply.status, 403, "{}", reply.body);
        let guessed = form.replacen("token=", "token=x", 1);
        assert_eq!(send(&browser(&sandbox), action, &guessed).await.status, 403);
    }
    assert_eq!(sandbox.webhooks().list().await.unwrap(), []);
}
