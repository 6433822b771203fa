//! Checks which responses of a server end a wait, and which don't.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test helpers may panic")]

#[path = "faults/server.rs"]
mod server;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use mileston_api::runtime::{BoxFuture, TransportErrorKind, http};
use mileston_api::types::{self, PaymentLink, Token, TransactionStatus, VerifyPayment};
use mileston_api::{
    CheckoutClient, CheckoutKey, Client, Clock, ErrorKind, FakeTransport, InvoiceId, NormalKey,
    RateLimit, StatusCode, Test, TransactionId, Wait, WaitError, WalletClient, WalletKey,
    token_amount,
};
use server::{Act, FaultServer, answer, json};

const PAID: &str = r#"{"statusCode":200,"invoiceData":{"invoiceId":"7","status":"paid"}}"#;
const PENDING: &str = r#"{"statusCode":200,"invoiceData":{"invoiceId":"7","status":"pending"}}"#;
const AWAITING: &str =
    r#"{"message":"Still awaiting payment","error":"Bad Request","statusCode":400}"#;

fn frontend(origin: &str) -> CheckoutClient<Test> {
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn backend(origin: &str) -> WalletClient<Test> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let key: WalletKey<Test> = key.with_wallet_secret("fake-wallet-secret".parse().unwrap());
    let builder = Client::builder(key, "my-business").unwrap();
    builder.without_retries().origin(origin).unwrap().build().unwrap()
}

fn wait() -> Wait {
    let pause = Duration::from_millis(20);
    Wait::new().deadline(Duration::from_secs(10)).pauses(pause, pause)
}

fn status(status: u16, headers: &str) -> Act {
    Act::Answer(answer(status, &format!("connection: close\r\n{headers}"), ""))
}

async fn paid(
    server: &FaultServer,
    wait: Wait,
) -> Result<types::Invoice, WaitError<types::Invoice>> {
    wait.until_paid(&frontend(&server.origin), &InvoiceId::from("7")).await
}

fn question(token: Token) -> VerifyPayment {
    VerifyPayment::new(types::VerifyPaymentRequired {
        payment_link_id: "example-payment-link-id".parse().unwrap(),
        public_key: "0x3333333333333333333333333333333333333333".to_owned(),
        amount: token_amount!("100.00"),
        recipient_wallet_address: "0x2222222222222222222222222222222222222222".parse().unwrap(),
        chain: types::Chain::Eth,
        user_uuid: "example-business-id".to_owned(),
        token,
    })
    .evm_chain(types::EvmChain::Eth)
    .wallet_address("0x3333333333333333333333333333333333333333")
    .unwrap()
}

#[tokio::test]
async fn temporary_failures_do_not_end_a_wait() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"statusCode\"".to_vec();
    for act in [
        status(500, ""),
        status(502, ""),
        status(503, ""),
        status(504, ""),
        status(408, ""),
        status(429, ""),
        Act::Reset,
        Act::Close,
        Act::Answer(cut),
        json(200, PENDING),
        json(200, r#"{"statusCode":200}"#),
    ] {
        let server = FaultServer::start([act.clone(), json(200, PAID)]).await;
        let invoice = paid(&server, wait()).await.unwrap();
        assert_eq!(invoice.status, Some(types::InvoiceStatus::Paid));
        assert_eq!(server.seen().len(), 2, "{act:?}");
    }
}

#[tokio::test]
async fn any_other_failure_ends_a_wait_immediately() {
    for act in [
        status(400, ""),
        status(401, ""),
        status(403, ""),
        status(404, ""),
        status(422, ""),
        status(302, "location: /elsewhere\r\n"),
        json(200, r#"{"invoiceData":[1]}"#),
        json(200, "<html>"),
        json(200, ""),
    ] {
        let server = FaultServer::start([act.clone(), json(200, PAID)]).await;
        let ended = paid(&server, wait()).await.unwrap_err();
        assert!(matches!(ended, WaitError::Refused(_)), "{act:?}: {ended:?}");
        assert_eq!(server.seen().len(), 1, "{act:?}");
    }
    let server = FaultServer::start([json(200, PAID)]).await;
    let client = frontend(&server.origin);
    let ended = wait().until_paid(&client, &InvoiceId::from("")).await.unwrap_err();
    let WaitError::Refused(error) = ended else { panic!("{ended:?}") };
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::InvalidArgument, 0));
}

#[tokio::test]
async fn the_deadline_error_has_the_last_record_and_failure() {
    let server = FaultServer::start([json(200, PENDING), status(503, "")]).await;
    let start = Instant::now();
    let ended = paid(&server, wait().deadline(Duration::from_millis(300))).await.unwrap_err();
    assert!((300..3000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    let text = ended.to_string();
    let told = "the deadline has passed, and the last request failed: fetchInvoice (GET ";
    assert!(text.starts_with(told), "{text}");
    let WaitError::Deadline { last, failure } = ended else { panic!("{ended:?}") };
    assert_eq!(last.unwrap().status, Some(types::InvoiceStatus::Pending));
    let unavailable = ErrorKind::Failed(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(failure.unwrap().kind(), unavailable);
    assert!((3..=30).contains(&server.seen().len()), "{}", server.seen().len());
}

#[tokio::test]
async fn the_deadline_ends_a_running_request() {
    let server = FaultServer::start([Act::AnswerAndStall(Vec::new())]).await;
    let start = Instant::now();
    let ended = paid(&server, wait().deadline(Duration::from_millis(200))).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(3));
    assert!(matches!(ended, WaitError::Deadline { last: None, failure: None }), "{ended:?}");
    let text = "the deadline has passed; the payment may still complete";
    assert_eq!(ended.to_string(), text);
}

#[tokio::test]
async fn the_wait_that_the_platform_requests_is_respected() {
    let server = FaultServer::start([status(429, "retry-after: 1\r\n"), json(200, PAID)]).await;
    let start = Instant::now();
    paid(&server, wait()).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    let server = FaultServer::start([status(503, "retry-after: 99999999999999\r\n")]).await;
    let ended = paid(&server, wait().deadline(Duration::from_millis(200))).await.unwrap_err();
    assert!(matches!(ended, WaitError::Deadline { failure: Some(_), .. }), "{ended:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn the_clients_rate_limit_is_respected() {
    let server = FaultServer::start([json(200, PENDING), json(200, PAID)]).await;
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let limit = RateLimit::new(1, Duration::from_millis(500)).fail_fast();
    let builder = Client::builder(key, "my-business").unwrap().governor(limit);
    let client = builder.origin(&server.origin).unwrap().build().unwrap();
    let start = Instant::now();
    wait().until_paid(&client, &InvoiceId::from("7")).await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(400), "{:?}", start.elapsed());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn dropping_a_wait_ends_its_requests() {
    let server = FaultServer::start([json(200, PENDING)]).await;
    let several = async {
        while server.seen().len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        ended = paid(&server, wait()) => panic!("{ended:?}"),
        () = several => {}
    }
    let seen = server.seen().len();
    tokio::time::sleep(Duration::from_millis(300)).await;
    // One request may already have been on its way.
    assert!(server.seen().len() <= seen + 1);
}

#[tokio::test]
async fn extreme_times_do_no_harm() {
    let server = FaultServer::start([json(200, PAID)]).await;
    let endless = Wait::new().deadline(Duration::MAX).pauses(Duration::MAX, Duration::MAX);
    paid(&server, endless).await.unwrap();
    let server = FaultServer::start([json(200, PENDING)]).await;
    let waiting = paid(&server, endless);
    assert!(tokio::time::timeout(Duration::from_millis(200), waiting).await.is_err());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_payment_is_verified_only_with_200_in_the_body() {
    for (first, questions) in [
        (json(400, AWAITING), 2),
        (json(201, r#"{"statusCode":202,"message":"not yet"}"#), 2),
        (json(200, r#"{"statusCode":404}"#), 2),
        (json(201, r#"{"statusCode":200}"#), 1),
        (json(201, r#"{"statusCode":"200"}"#), 1),
        (json(200, AWAITING), 2),
        (json(200, r#"{"message":"Still awaiting payment"}"#), 2),
        (json(201, r#"{"message":"paid"}"#), 2),
        (json(200, "{}"), 2),
        (json(200, r#"{"success":false}"#), 2),
    ] {
        let server = FaultServer::start([first.clone(), json(200, r#"{"statusCode":200}"#)]).await;
        let client = frontend(&server.origin);
        wait().until_verified::<PaymentLink, _>(&client, &question(Token::Usdc)).await.unwrap();
        assert_eq!(server.seen().len(), questions, "{first:?}");
    }
    let server = FaultServer::start([json(400, r#"{"message":"chain must be known"}"#)]).await;
    let client = frontend(&server.origin);
    let body = question(Token::Usdc);
    let ended = wait().until_verified::<PaymentLink, _>(&client, &body).await.unwrap_err();
    assert!(matches!(ended, WaitError::Refused(_)), "{ended:?}");
}

#[tokio::test]
async fn a_payment_is_settled_if_completed_failed_or_cancelled() {
    let told = |status| json(200, &format!(r#"{{"data":{{"status":"{status}"}}}}"#));
    for (status, settled) in [
        ("completed", TransactionStatus::Completed),
        ("failed", TransactionStatus::Failed),
        ("cancelled", TransactionStatus::Cancelled),
    ] {
        let acts = [told("pending"), told("a-new-one"), told(status)];
        let server = FaultServer::start(acts).await;
        let client = backend(&server.origin);
        let transaction = wait().until_settled(&client, &TransactionId::from("9")).await.unwrap();
        assert_eq!(transaction.status, Some(settled));
        assert_eq!(server.seen().len(), 3, "{status}");
    }
}

/// A clock on which only sleeping takes time. It records each sleep.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Duration>>>);

impl Clock for Kept {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().iter().sum()
    }

    fn wall_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let kept = self.clone();
        Box::pin(async move { kept.0.lock().unwrap().push(duration) })
    }

    fn random(&self) -> f64 {
        0.5
    }
}

#[tokio::test]
async fn a_wait_uses_the_clock_of_its_client() {
    let transport = FakeTransport::new();
    (0..10).for_each(|_| transport.respond(http::Response::new(PENDING)));
    let clock = Kept::default();
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    let client = builder.transport(transport.clone()).clock(clock.clone()).build().unwrap();
    let wait = Wait::new().deadline(Duration::from_secs(10));
    let ended = wait.until_paid(&client, &InvoiceId::from("7")).await.unwrap_err();
    assert!(matches!(ended, WaitError::Deadline { last: Some(_), failure: None }), "{ended:?}");
    // These are three quarters of 2, 3 and 4.5 seconds, and then what remains of the ten seconds.
    let slept: Vec<_> = clock.0.lock().unwrap().iter().map(Duration::as_millis).collect();
    assert_eq!(slept, [1500, 2250, 3375, 2875]);
    assert_eq!(transport.requests().len(), 4);
}

/// Runs a wait whose requests have these results, as in a browser, which doesn't say why there is no response.
async fn waited(responses: &[Result<u16, TransportErrorKind>]) -> (Result<(), ErrorKind>, usize) {
    let transport = FakeTransport::new();
    for response in responses {
        match response {
            Ok(200) => transport.respond(http::Response::new(PENDING)),
            Ok(status) => {
                transport.respond(http::Response::builder().status(*status).body("{}").unwrap());
            }
            Err(kind) => transport.fail(*kind),
        }
    }
    transport.respond(http::Response::new(PAID));
    let key: CheckoutKey<Test> = "Mileston_TEST_CHECKOUTKEY_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap().without_retries();
    let client = builder.transport(transport.clone()).clock(Kept::default()).build().unwrap();
    let ended = Wait::new().until_paid(&client, &InvoiceId::from("7")).await;
    let ended = match ended {
        Ok(_) => Ok(()),
        Err(WaitError::Refused(error)) => Err(error.kind()),
        Err(other) => panic!("{other:?}"),
    };
    (ended, transport.requests().len())
}

#[tokio::test]
async fn a_missing_response_does_not_end_a_wait_after_an_earlier_response() {
    const NONE: Result<u16, TransportErrorKind> = Err(TransportErrorKind::NoResponse);
    for before in [200, 503, 429] {
        assert_eq!(waited(&[Ok(before), NONE, NONE]).await, (Ok(()), 4), "{before}");
    }
    assert_eq!(waited(&[NONE]).await, (Err(ErrorKind::NoResponse), 1));
    let broken = Err(TransportErrorKind::Interrupted);
    assert_eq!(waited(&[broken, NONE]).await, (Err(ErrorKind::NoResponse), 2));
}
