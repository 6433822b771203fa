//! Tests the flow against the sandbox. The tests run the flow the way the page does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may panic")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use checkout_plain::flow::{Button, Effect, Event, Flow, Kind, Request, Slot, Trouble};
use checkout_plain::platform::Platform;
use mileston_api::types::{Chain, Token};
use mileston_api::{
    CheckoutClient, CheckoutKey, Client, ModeName, PaymentLinkId, Test, TokenAmount, tokens,
};
use mileston_sandbox::{ChainPayment, Sandbox};

const NOW: u64 = 1_700_000_000;

/// The time after which a payment is confirmed on every chain in the sandbox.
const CONFIRMED: Duration = Duration::from_secs(60);

struct Shop {
    sandbox: Sandbox,
    client: CheckoutClient<Test>,
}

impl Shop {
    async fn open() -> Self {
        let sandbox = Sandbox::start().await.unwrap();
        let client = Client::new(sandbox.checkout_key().clone(), sandbox.business_id()).unwrap();
        Shop { client: client.with_origin(sandbox.url()).unwrap(), sandbox }
    }

    async fn link(&self, price: &str) -> PaymentLinkId {
        let backend = Client::new(self.sandbox.normal_key().clone(), self.sandbox.business_id());
        let backend = backend.unwrap().with_origin(self.sandbox.url()).unwrap();
        let created = backend.payment_links().create(price).title("Coffee beans").await.unwrap();
        created.payment_data().unwrap().payment_link_id.clone()
    }

    fn visit(&self, link: &PaymentLinkId) -> (Flow, Vec<Effect>) {
        let business_id = self.sandbox.business_id().to_string();
        Flow::new(link.clone(), ModeName::Test, business_id, None)
    }

    async fn pay(&self, flow: &Flow, chain: &Chain) {
        let view = flow.view();
        let amount: TokenAmount = view.text(Slot::Amount).unwrap().parse().unwrap();
        let payment = ChainPayment::new(
            chain.clone(),
            Token::Usdc,
            amount,
            view.text(Slot::Address).unwrap(),
        );
        self.sandbox.pay(payment).await.unwrap();
        self.sandbox.advance(CONFIRMED).await.unwrap();
    }
}

/// Sends the requests one after the other, until there is nothing more to do, or the flow waits for
/// the payer.
async fn run(
    client: &CheckoutClient<Test>,
    flow: &mut Flow,
    mut effects: Vec<Effect>,
) -> Option<Request> {
    while !effects.is_empty() {
        match effects.remove(0) {
            Effect::Send(question @ Request::Payment(_)) => return Some(question),
            Effect::Send(request) => effects.extend(flow.handle(client.send(request).await, NOW)),
            Effect::Stop => effects.clear(),
        }
    }
    None
}

#[tokio::test]
async fn a_link_is_paid_on_every_chain() {
    let shop = Shop::open().await;
    for row in &tokens::TABLE {
        let link = shop.link("12.50").await;
        let (mut flow, effects) = shop.visit(&link);
        assert_eq!(run(&shop.client, &mut flow, effects).await, None);
        let picked = Event::Picked(Some(row.chain.to_string()), None);
        assert_eq!(flow.handle(picked, NOW), []);
        let effects = flow.handle(Event::Continued, NOW);
        let question = run(&shop.client, &mut flow, effects).await.unwrap();
        assert_eq!(flow.view().screen.name(), "waiting", "{}: {:?}", row.chain, flow.view());

        // Nothing is verified before the payment.
        let early =
            tokio::time::timeout(Duration::from_millis(300), shop.client.send(question.clone()));
        assert!(early.await.is_err(), "{}", row.chain);
        shop.pay(&flow, &row.chain).await;
        let effects = flow.handle(shop.client.send(question).await, NOW);
        assert_eq!((flow.view().screen.name(), effects), ("verified", vec![]), "{}", row.chain);
    }
}

#[tokio::test]
async fn a_link_that_does_not_exist_is_not_found() {
    let shop = Shop::open().await;
    let (mut flow, effects) = shop.visit(&"no-such-link".into());
    run(&shop.client, &mut flow, effects).await;
    assert_eq!(flow.view().screen.name(), "not-found");
}

#[tokio::test]
async fn an_unknown_key_is_rejected_and_the_payer_can_retry() {
    let shop = Shop::open().await;
    let link = shop.link("12.50").await;
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let stranger = Client::new(key, shop.sandbox.business_id()).unwrap();
    let stranger = stranger.with_origin(shop.sandbox.url()).unwrap();
    let (mut flow, effects) = shop.visit(&link);
    run(&stranger, &mut flow, effects).await;
    assert_eq!(flow.view().screen.name(), "refused");
    assert!(!format!("{:?}", flow.view()).contains("fake0123"));

    let effects = flow.handle(Event::Clicked(Button::Retry), NOW);
    run(&shop.client, &mut flow, effects).await;
    assert_eq!(flow.view().screen.name(), "ready");
}

#[tokio::test]
async fn a_stopped_service_is_unavailable() {
    let shop = Shop::open().await;
    let link = shop.link("12.50").await;
    let (mut flow, effects) = shop.visit(&link);
    shop.sandbox.stop().await;
    run(&shop.client, &mut flow, effects).await;
    assert_eq!(flow.view().screen.name(), "unavailable");
}

/// Starts a server that responds to every request with this status. Returns its origin.
fn server_that_responds(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            // The requests to this server have no body.
            lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\n");
            let response = format!("{head}connection: close\r\ncontent-length: 2\r\n\r\n{{}}");
            stream.write_all(response.as_bytes()).unwrap();
        }
    });
    origin
}

#[tokio::test]
async fn a_busy_service_is_unavailable() {
    for (status, kind) in [
        ("408 Request Timeout", Kind::Unavailable),
        ("429 Too Many Requests", Kind::Unavailable),
        ("403 Forbidden", Kind::Refused),
    ] {
        let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
        let client = Client::new(key, "business-1").unwrap();
        let client = client.with_origin(&server_that_responds(status)).unwrap();
        let call = client.checkout().fetch_payment_link("link-1").without_retries();
        let error = call.await.unwrap_err();
        assert_eq!(Trouble::of_link(&error).kind, kind, "{status}: {error}");
    }
}
