//! A delivery is repeated until the endpoint acknowledges it.

use std::time::Duration;

use axum::Router;
use mileston_sandbox::{DeliveryState, Sandbox};
use serde_json::json;

use super::endpoint::{Endpoint, hasty, respond, serve, token};
use super::shop::{Kind, Shop};
use super::{is_settled, program, settled};

#[tokio::test]
async fn any_response_but_200_is_retried() {
    let statuses = [500, 201, 204, 302, 404];
    let answer = move |before: usize| respond(statuses.get(before).copied().unwrap_or(200), "no");
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let endpoint = Endpoint::answering(answer).await;
    let webhooks = sandbox.webhooks();
    webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!(delivery.state, DeliveryState::Delivered);
    let responses: Vec<_> = delivery.attempts.iter().map(|one| one.status.unwrap()).collect();
    assert_eq!(responses, [500, 201, 204, 302, 404, 200]);
    let got = endpoint.got();
    assert_eq!(got.len(), 6);
    assert!(got.iter().all(|one| one.body == got[0].body), "a retry is identical");
}

#[tokio::test]
async fn a_delivery_is_given_up_after_ten_attempts_and_can_be_sent_again() {
    let answer = |before: usize| respond(if before < 10 { 503 } else { 200 }, "<b>later</b>\n");
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let endpoint = Endpoint::answering(answer).await;
    let webhooks = sandbox.webhooks();
    webhooks.register(&endpoint.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::GivenUp, 10));
    assert_eq!(delivery.attempts[0].answer.as_deref(), Some("<b>later</b>"));

    let target = format!("/_sandbox/webhooks/deliveries/{}", delivery.number);
    let again = program(&sandbox).send("POST", &format!("{target}/redeliver"), None).await;
    assert_eq!(again.status, 202, "{}", again.body);
    let delivery = settled(&webhooks, is_settled).await;
    assert_eq!((delivery.state, delivery.attempts.len()), (DeliveryState::Delivered, 11));
    let listed = program(&sandbox).get(&target).await.json();
    assert_eq!(
        (&listed["state"], &listed["attempts"][10]["status"]),
        (&json!("delivered"), &json!(200))
    );
    assert_eq!(listed["attempts"][0]["answer"], "<b>later</b>");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Endpoint::start().await;
    let to = elsewhere.url.clone();
    let redirect = Endpoint::answering(move |_| {
        let mut response = respond(307, "");
        response.headers_mut().insert("location", to.parse().unwrap());
        response
    });
    let redirect = redirect.await;
    let sandbox = Sandbox::builder().webhooks(hasty()).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&redirect.url, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Invoice).await;
    let delivery = settled(&webhooks, |delivery| delivery.attempts.len() > 1).await;
    assert_eq!(delivery.attempts[0].status, Some(307));
    assert_eq!(elsewhere.got().len(), 0);
}

#[tokio::test]
async fn an_attempt_without_a_response_times_out() {
    let hanging = Router::new().fallback(std::future::pending::<()>);
    let (hanging, _task) = serve(hanging).await;
    let settings = hasty().timeout(Duration::from_millis(100));
    let sandbox = Sandbox::builder().webhooks(settings).start().await.unwrap();
    let webhooks = sandbox.webhooks();
    webhooks.register(&hanging, &token(), &[]).await.unwrap();
    Shop::of(&sandbox).sell(Kind::Link).await;
    let delivery = settled(&webhooks, |delivery| delivery.attempts.len() > 1).await;
    assert_eq!(delivery.attempts[0].problem.as_deref(), Some("no response within 100ms"));
}
