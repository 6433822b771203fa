//! Tests the outbox with a real PostgreSQL server and an emulated platform that loses requests and responses.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use mileston_api::types::{CreatePaymentLink, SendPayment, WalletType};
use mileston_api::{NormalClient, Test, WalletClient};
use mileston_fleet::postgres::{Tables, migrate};
use mileston_fleet::{
    Cipher, Decision, IfNotSeen, Metrics, NewPaymentLink, Outbox, OutboxError, Started,
    WalletPayment, Worker,
};
use mileston_sandbox::{Fault, Sandbox};
use tokio_postgres::IsolationLevel;

use crate::postgres_server::Database;

/// A platform, a database and an outbox.
struct Shop {
    sandbox: Sandbox,
    mileston: NormalClient<Test>,
    database: Database,
    connection: tokio_postgres::Client,
    outbox: Outbox,
}

impl Shop {
    async fn open() -> Option<Shop> {
        let database = Database::create("outbox").await?;
        let connection = database.connect().await;
        migrate(&connection, &Tables::default()).await.unwrap();
        let sandbox = Sandbox::start().await.unwrap();
        let mileston = NormalClient::new(sandbox.normal_key().clone(), sandbox.business_id());
        let mileston = mileston.unwrap().with_origin(sandbox.url()).unwrap();
        let outbox = Outbox::new(&Tables::default());
        Some(Shop { sandbox, mileston, database, connection, outbox })
    }

    /// Stores and sends an order's payment link.
    async fn order(&self, number: u32) -> Decision {
        let started = self.outbox.begin(&self.connection, &key(number), link(number)).await;
        match started.unwrap() {
            Started::First(pending) => {
                pending.send(&self.connection, &self.mileston).await.unwrap()
            }
            Started::Known(decision) => decision,
        }
    }

    /// Returns a client that may send payments from the business's wallet.
    fn wallet(&self) -> WalletClient<Test> {
        let key = self.sandbox.normal_key().clone();
        let key = key.with_wallet_secret(self.sandbox.wallet_secret().clone());
        let client = WalletClient::new(key, self.sandbox.business_id()).unwrap();
        client.with_origin(self.sandbox.url()).unwrap()
    }

    fn worker(&self, policy: IfNotSeen) -> Worker<mileston_api::NormalKey<Test>> {
        Worker::new(&self.outbox, self.mileston.clone(), policy)
            .first_pause(Duration::from_millis(10))
    }

    /// Runs a worker until the write with this number is decided, and returns the decision.
    async fn decided(&self, number: u32, policy: IfNotSeen) -> Decision {
        let worker = self.worker(policy);
        for _ in 0..400 {
            // A write is due again only after a pause. The test skips that pause.
            self.sql("UPDATE mileston_outbox SET leased_until = now() WHERE state <> 'sending'")
                .await;
            worker.step(&self.connection).await.unwrap();
            let found = self.outbox.decision(&self.connection, &key(number)).await.unwrap();
            if let Some(decision) = found.filter(|found| *found != Decision::Undecided) {
                return decision;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not decided");
    }

    async fn sql(&self, statement: &str) {
        self.connection.batch_execute(statement).await.unwrap();
    }

    /// Returns the titles of the platform's payment links.
    async fn titles(&self) -> Vec<String> {
        let links = self.mileston.payment_links().list().await.unwrap().payment_data;
        let mut titles: Vec<String> = links.into_iter().filter_map(|link| link.title).collect();
        titles.sort();
        titles
    }

    /// Returns the complete contents of the table as text.
    async fn stored(&self) -> String {
        let statement = "SELECT coalesce(string_agg(row_to_json(mileston_outbox)::text, ''), '') FROM mileston_outbox";
        self.connection.query_one(statement, &[]).await.unwrap().get(0)
    }
}

fn key(number: u32) -> String {
    format!("order-{number}")
}

fn link(number: u32) -> NewPaymentLink {
    let link = CreatePaymentLink::new("12.50").unwrap().title(format!("Order {number}"));
    NewPaymentLink(link.description("a chair for Ada"))
}

fn payment(amount: &str) -> WalletPayment {
    let to = "0x1111111111111111111111111111111111111111";
    WalletPayment(SendPayment::new(amount, to, WalletType::Eth).unwrap())
}

fn is_done(decision: &Decision) -> bool {
    matches!(decision, Decision::Done { record: Some(_) })
}

#[tokio::test]
async fn a_write_is_sent_once_per_key() {
    let Some(shop) = Shop::open().await else { return };
    let first = shop.order(1).await;
    assert!(is_done(&first), "{first:?}");
    assert_eq!(shop.order(1).await, first, "the second call gets the result of the first");
    assert_eq!(shop.titles().await, ["Order 1"]);
    assert!(shop.worker(IfNotSeen::SendAgain).step(&shop.connection).await.unwrap().is_none());
}

#[tokio::test]
async fn a_lost_response_is_found_in_the_list() {
    let Some(shop) = Shop::open().await else { return };
    let _lost = shop.sandbox.fault(Fault::AnswerLost).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    let decision = shop.decided(1, IfNotSeen::SendAgain).await;
    assert!(is_done(&decision), "{decision:?}");
    assert_eq!(shop.titles().await, ["Order 1"]);
}

#[tokio::test]
async fn a_request_that_never_arrived_is_sent_again_if_the_policy_says_so() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    let decision = shop.decided(1, IfNotSeen::SendAgain).await;
    assert!(is_done(&decision), "{decision:?}");
    assert_eq!(shop.titles().await, ["Order 1"]);
}

#[tokio::test]
async fn a_write_that_was_executed_twice_needs_a_person() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    let worker = shop.worker(IfNotSeen::SendAgain);
    while shop.titles().await.is_empty() {
        shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
        let step = worker.step(&shop.connection).await.unwrap().unwrap();
        assert_eq!(step.decision, Decision::Undecided);
    }
    // The platform executes the first request only now, or has not listed its record until now.
    let created = shop.mileston.payment_links().create("12.50").title("Order 1");
    created.description("a chair for Ada").await.unwrap();
    let decision = shop.decided(1, IfNotSeen::SendAgain).await;
    let Decision::NeedsPerson { reason } = decision else { panic!("{decision:?}") };
    let links = shop.mileston.payment_links().list().await.unwrap().payment_data;
    assert_eq!(links.len(), 2);
    for link in links {
        let id = link.payment_link_id;
        assert!(reason.contains(id.as_str()), "{reason}");
    }
}

/// The response to a repeated request arrives when another process has already claimed the write.
#[tokio::test]
async fn a_late_confirmation_is_kept() {
    let Some(shop) = Shop::open().await else { return };
    drop(shop.outbox.begin(&shop.connection, &key(1), link(1)).await.unwrap());
    shop.sql("UPDATE mileston_outbox SET state = 'ready', sends = 2").await;
    let started = shop.outbox.begin(&shop.connection, &key(1), link(1)).await.unwrap();
    let Started::First(pending) = started else { panic!("{started:?}") };
    shop.sql("UPDATE mileston_outbox SET state = 'unknown', fence = fence + 1").await;
    let decision = pending.send(&shop.connection, &shop.mileston).await.unwrap();
    assert_eq!(decision, Decision::Undecided);
    let stored = shop.stored().await;
    assert!(stored.contains(r#""executed":true"#), "{stored}");
    assert!(is_done(&shop.decided(1, IfNotSeen::SendAgain).await));
    assert_eq!(shop.titles().await, ["Order 1"]);
}

/// The confirmation is stored while this worker looks for the record.
#[tokio::test]
async fn a_write_that_the_platform_has_confirmed_is_not_sent_again() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    // After one more look, the worker would send the write again.
    shop.sql("UPDATE mileston_outbox SET leased_until = now(), looks = 2, unseen = 2").await;
    let slow = Fault::Latency(Duration::from_millis(500));
    let _slow = shop.sandbox.fault(slow).on("listPaymentLinks").times(1).unwrap();
    let other = shop.database.connect().await;
    let confirm = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        other.batch_execute("UPDATE mileston_outbox SET executed = true").await.unwrap();
    };
    let worker = shop.worker(IfNotSeen::SendAgain);
    let (step, ()) = tokio::join!(worker.step(&shop.connection), confirm);
    assert_eq!(step.unwrap().unwrap().decision, Decision::Undecided);
    assert!(shop.titles().await.is_empty());
}

#[tokio::test]
async fn a_request_that_never_arrived_can_be_left_to_a_person() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    let decision = shop.decided(1, IfNotSeen::AskPerson).await;
    assert!(matches!(decision, Decision::NeedsPerson { .. }), "{decision:?}");
    assert!(shop.titles().await.is_empty());
    let found = Decision::Refused { reason: "the order was cancelled".to_owned() };
    assert!(shop.outbox.resolve(&shop.connection, &key(1), &found).await.unwrap());
    assert_eq!(shop.order(1).await, found);
    // There is no record with this name, so a corrected write can use the name, with a new key.
    let again = shop.outbox.begin(&shop.connection, "order-1-again", link(1)).await.unwrap();
    assert!(matches!(again, Started::First(_)), "{again:?}");
}

#[tokio::test]
async fn a_write_whose_sender_died_is_taken_over() {
    let Some(shop) = Shop::open().await else { return };
    let started = shop.outbox.begin(&shop.connection, &key(1), link(1)).await.unwrap();
    drop(started);
    let worker = shop.worker(IfNotSeen::SendAgain);
    assert!(worker.step(&shop.connection).await.unwrap().is_none(), "the lease hasn't ended yet");
    shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
    let decision = shop.decided(1, IfNotSeen::SendAgain).await;
    assert!(is_done(&decision), "{decision:?}");
    assert_eq!(shop.titles().await, ["Order 1"]);
}

#[tokio::test]
async fn two_workers_never_work_on_the_same_write() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(9).unwrap();
    // A list of exactly ten records could be a page of a longer list, so this test creates only nine.
    for number in 0..9 {
        assert_eq!(shop.order(number).await, Decision::Undecided);
    }
    let other = shop.database.connect().await;
    let (first, second) = (shop.worker(IfNotSeen::SendAgain), shop.worker(IfNotSeen::SendAgain));
    let work = async |worker: Worker<_>, connection: &tokio_postgres::Client| {
        for _ in 0..400 {
            worker.step(connection).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
    tokio::join!(work(first, &shop.connection), work(second, &other));
    let expected: Vec<String> = (0..9).map(|number| format!("Order {number}")).collect();
    assert_eq!(shop.titles().await, expected);
}

#[tokio::test]
async fn a_rejected_write_ends_with_the_platforms_reason() {
    let Some(shop) = Shop::open().await else { return };
    let client = shop.wallet();
    let started = shop.outbox.begin(&shop.connection, "order-1", payment("1000000.00")).await;
    let Started::First(pending) = started.unwrap() else { panic!("known") };
    let decision = pending.send(&shop.connection, &client).await.unwrap();
    let Decision::Refused { reason } = &decision else { panic!("{decision:?}") };
    assert!(reason.contains("balance"), "{reason}");
    let found = shop.outbox.decision(&shop.connection, "order-1").await.unwrap();
    assert_eq!(found, Some(decision));
}

#[tokio::test]
async fn a_rolled_back_write_was_never_begun() {
    let Some(mut shop) = Shop::open().await else { return };
    let transaction = shop.connection.transaction().await.unwrap();
    drop(shop.outbox.begin(&transaction, "order-1", link(1)).await.unwrap());
    transaction.rollback().await.unwrap();
    assert_eq!(shop.outbox.decision(&shop.connection, "order-1").await.unwrap(), None);
    assert!(is_done(&shop.order(1).await));
}

#[tokio::test]
async fn two_writes_that_could_be_confused_are_not_both_stored() {
    let Some(shop) = Shop::open().await else { return };
    assert!(is_done(&shop.order(1).await));
    let begin = async |key: &str, link: NewPaymentLink| {
        shop.outbox.begin(&shop.connection, key, link).await.map(drop).unwrap_err()
    };
    assert!(matches!(begin("order-1", link(2)).await, OutboxError::KeyReused));
    assert!(matches!(begin("order-2", link(1)).await, OutboxError::NameTaken));
    let unnamed = NewPaymentLink(CreatePaymentLink::new("12.50").unwrap().title("  "));
    assert!(matches!(begin("order-3", unnamed).await, OutboxError::Unnamed));
}

#[tokio::test]
async fn a_lost_payment_from_a_wallet_needs_a_person() {
    let Some(shop) = Shop::open().await else { return };
    let client = shop.wallet();
    let _lost = shop.sandbox.fault(Fault::AnswerLost).on("sendPayment").times(1).unwrap();
    let started = shop.outbox.begin(&shop.connection, &key(1), payment("1.00")).await.unwrap();
    let Started::First(pending) = started else { panic!("{started:?}") };
    assert_eq!(pending.send(&shop.connection, &client).await.unwrap(), Decision::Undecided);
    let decision = shop.decided(1, IfNotSeen::SendAgain).await;
    assert!(matches!(decision, Decision::NeedsPerson { .. }), "{decision:?}");
}

/// A cipher whose key is never available.
#[derive(Debug)]
struct Locked;

impl Cipher for Locked {
    fn encrypt(&self, plain: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        Ok(plain.to_owned())
    }

    fn decrypt(&self, _: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        Err("the key service is unavailable".into())
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_decrypted_now_is_kept() {
    let Some(mut shop) = Shop::open().await else { return };
    let open = shop.outbox.clone();
    shop.outbox = open.clone().cipher(Arc::new(Locked));
    let _lost = shop.sandbox.fault(Fault::AnswerLost).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    for _ in 0..5 {
        shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
        let result = shop.worker(IfNotSeen::SendAgain).step(&shop.connection).await;
        assert!(matches!(result, Err(OutboxError::Cipher(_))), "{result:?}");
    }
    shop.outbox = open;
    assert!(is_done(&shop.decided(1, IfNotSeen::SendAgain).await));
    assert_eq!(shop.titles().await, ["Order 1"]);
}

/// Not real encryption: reverses the text, so that the test can see where the cipher is used.
#[derive(Debug)]
struct Reversed;

impl Cipher for Reversed {
    fn encrypt(&self, plain: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        Ok(plain.chars().rev().collect())
    }

    fn decrypt(&self, encrypted: &str) -> Result<String, Box<dyn Error + Send + Sync>> {
        self.encrypt(encrypted)
    }
}

#[tokio::test]
async fn a_body_is_encrypted_and_deleted_when_the_write_is_decided() {
    let Some(mut shop) = Shop::open().await else { return };
    shop.outbox = shop.outbox.clone().cipher(Arc::new(Reversed));
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    let stored = shop.stored().await;
    let reversed: String = "a chair for Ada".chars().rev().collect();
    assert!(stored.contains(&reversed) && !stored.contains("chair for Ada"), "{stored}");
    assert!(is_done(&shop.decided(1, IfNotSeen::SendAgain).await));
    let stored = shop.stored().await;
    assert!(!stored.contains(&reversed) && stored.contains("order-1"), "{stored}");
    assert!(!stored.contains(shop.sandbox.normal_key().expose_secret()), "a key is stored");
}

#[tokio::test]
async fn a_decided_write_can_be_deleted() {
    let Some(shop) = Shop::open().await else { return };
    let _reset = shop.sandbox.fault(Fault::Reset).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    assert!(!shop.outbox.forget(&shop.connection, "order-1").await.unwrap(), "not decided");
    assert!(is_done(&shop.decided(1, IfNotSeen::SendAgain).await));
    assert!(shop.outbox.forget(&shop.connection, "order-1").await.unwrap());
    assert_eq!(shop.stored().await, "");
}

#[tokio::test]
async fn a_late_success_of_a_write_that_was_sent_again_needs_a_person() {
    let Some(shop) = Shop::open().await else { return };
    let started = shop.outbox.begin(&shop.connection, "order-1", link(1)).await.unwrap();
    let Started::First(pending) = started else { panic!("{started:?}") };
    // While this process sleeps, a worker takes over the write, doesn't find its record on the platform, and sends the
    // write again.
    shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
    assert!(is_done(&shop.decided(1, IfNotSeen::SendAgain).await));
    // The platform has no idempotency keys, so now it executes the write a second time.
    let decision = pending.send(&shop.connection, &shop.mileston).await.unwrap();
    let Decision::NeedsPerson { reason } = &decision else { panic!("{decision:?}") };
    assert!(reason.contains("executed twice"), "{reason}");
    assert_eq!(shop.titles().await, ["Order 1", "Order 1"]);
    let stuck = shop.outbox.needing_person(&shop.connection, 10).await.unwrap();
    assert_eq!(stuck, [("order-1".to_owned(), reason.clone())]);
}

#[tokio::test]
async fn a_worker_runs_until_it_is_stopped_and_finishes_its_write() {
    let Some(mut shop) = Shop::open().await else { return };
    let metrics = Arc::new(Metrics::default());
    shop.outbox = shop.outbox.clone().observer(Arc::clone(&metrics) as _);
    let _lost = shop.sandbox.fault(Fault::AnswerLost).on("createPaymentLink").times(1).unwrap();
    assert_eq!(shop.order(1).await, Decision::Undecided);
    shop.sql("UPDATE mileston_outbox SET leased_until = now()").await;
    let worker = shop.worker(IfNotSeen::AskPerson);
    // The worker is stopped before it begins, but still finishes the write that is due.
    let stop = std::future::ready(());
    worker.run(&shop.connection, Duration::from_secs(60), stop).await.unwrap();
    let decision = shop.outbox.decision(&shop.connection, "order-1").await.unwrap();
    assert!(decision.is_some_and(|decision| is_done(&decision)));

    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopping = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.send(()).unwrap();
    };
    let started = std::time::Instant::now();
    let stopped = async { drop(stopped.await) };
    let run = worker.run(&shop.connection, Duration::from_secs(60), stopped);
    let (run, ()) = tokio::join!(run, stopping);
    run.unwrap();
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "the worker must stop during its pause, not after it"
    );
    let text = metrics.text();
    for line in [
        "mileston_fleet_outbox_pending 0",
        "mileston_fleet_outbox_writes_total{mileston_fleet_outcome=\"done\"} 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{text}");
    }
}

#[tokio::test]
async fn a_payment_that_was_not_sent_goes_to_its_caller_or_to_a_person() {
    let Some(shop) = Shop::open().await else { return };
    let client = shop.wallet();
    let busy = Fault::TooManyRequests { retry_after: 0 };
    let _busy = shop.sandbox.fault(busy).on("sendPayment").times(10).unwrap();
    for _ in 0..2 {
        let started = shop.outbox.begin(&shop.connection, "order-1", payment("1.00")).await;
        let Started::First(pending) = started.unwrap() else { panic!("known") };
        let decision = pending.send(&shop.connection, &client).await.unwrap();
        assert_eq!(decision, Decision::Undecided, "the caller can begin the payment again");
    }
    let worker = shop.worker(IfNotSeen::SendAgain);
    shop.sql("UPDATE mileston_outbox SET leased_until = now() - interval '9 minutes'").await;
    assert_eq!(worker.step(&shop.connection).await.unwrap(), None);
    shop.sql("UPDATE mileston_outbox SET leased_until = now() - interval '11 minutes'").await;
    let step = worker.step(&shop.connection).await.unwrap().unwrap();
    let Decision::NeedsPerson { reason } = step.decision else { panic!("{step:?}") };
    assert!(reason.contains("not sent") && reason.contains("429"), "{reason}");
}

#[tokio::test]
async fn two_processes_that_begin_the_same_write_at_once_send_it_once() {
    let Some(mut shop) = Shop::open().await else { return };
    let mut other = shop.database.connect().await;
    let transaction = shop.connection.transaction().await.unwrap();
    let first = shop.outbox.begin(&transaction, "order-1", link(1)).await.unwrap();
    assert!(matches!(first, Started::First(_)), "{first:?}");
    // The second process has to wait for the first, and can't see the first one's row when the wait ends.
    let begin = async {
        let transaction = other.transaction().await.unwrap();
        let started = shop.outbox.begin(&transaction, "order-1", link(1)).await.unwrap();
        transaction.commit().await.unwrap();
        started
    };
    let commit = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        transaction.commit().await.unwrap();
    };
    let (second, ()) = tokio::join!(begin, commit);
    assert!(matches!(second, Started::Known(Decision::Undecided)), "{second:?}");
}

#[tokio::test]
async fn a_transaction_that_cannot_see_a_concurrent_write_says_so() {
    let Some(mut shop) = Shop::open().await else { return };
    let mut other = shop.database.connect().await;
    let builder = other.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
    let blind = builder.start().await.unwrap();
    blind.query_one("SELECT 1", &[]).await.unwrap();
    let transaction = shop.connection.transaction().await.unwrap();
    drop(shop.outbox.begin(&transaction, "order-1", link(1)).await.unwrap());
    transaction.commit().await.unwrap();
    let result = shop.outbox.begin(&blind, "order-1", link(1)).await;
    assert!(
        matches!(result, Err(OutboxError::Conflict | OutboxError::Postgres(_))),
        "the write must not count as new: {result:?}"
    );
}
