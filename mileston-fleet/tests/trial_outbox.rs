//! A trial of the outbox: responses are lost, connections are reset, and the processes that send the writes are killed.
//! The stored decisions are then compared with what the emulated platform executed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

#[path = "trial/platform.rs"]
mod platform;
#[path = "trial/processes.rs"]
mod processes;
#[path = "trial/random.rs"]
mod random;
#[path = "servers/postgres.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod server;
#[path = "trial/writes.rs"]
mod writes;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use mileston_api::Client;
use mileston_fleet::postgres::{Tables, migrate};
use mileston_fleet::{Decision, IfNotSeen, Intent, Outbox, OutboxError, Started, Worker};
use mileston_sandbox::{Fault, Sandbox};
use platform::{Executions, Platform};
use processes::{Worker as Process, Workers, is_long};
use serde::{Deserialize, Serialize};
use server::Database;
use writes::{AnyWrite, KINDS, kind, write};

const PROCESSES: usize = 4;
/// How many writes are stored between two kills.
const KILL_AFTER: i64 = 25;

/// The operations of the writes.
const OPERATIONS: [&str; 4] =
    ["createPaymentLink", "createInvoice", "createRecurringPayment", "sendPayment"];

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Settings {
    database: String,
    platform: Platform,
    writes: usize,
    way: Way,
}

/// How a process sends writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    Outbox,
    /// It sends a write again if there was no response, like most hand-written code.
    SendAgain,
}

/// How the writes of a kind ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen {
    done: usize,
    needs_person: usize,
    /// Why these writes need a person, with the number of writes for each reason.
    reasons: BTreeMap<String, usize>,
    /// All other writes, described in text: undecided, refused, or recorded as done although the platform didn't
    /// execute them.
    wrong: Vec<String>,
    /// The number of writes that the platform executed more than once.
    doubled: usize,
}

async fn platform() -> Sandbox {
    let sandbox = Sandbox::start().await.unwrap();
    for (seed, operation) in (1..).zip(OPERATIONS) {
        sandbox.fault(Fault::AnswerLost).on(operation).with_probability(0.1, seed).unwrap();
        // The first rule leaves nine of ten requests unaffected. This rule affects a ninth of those, which is a tenth of
        // all requests.
        sandbox.fault(Fault::Reset).on(operation).with_probability(0.1 / 0.9, seed + 9).unwrap();
    }
    sandbox
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_is_decided_and_none_is_executed_twice() {
    let Some(database) = Database::create("trial_outbox").await else { return };
    let writes = if is_long() { 10_000 } else { 1_000 };
    let sandbox = platform().await;
    let platform = Platform::prepare(&sandbox, writes).await;
    let client = database.connect().await;
    migrate(&client, &Tables::default()).await.unwrap();
    let settings =
        Settings { database: database.url(), platform: platform.clone(), writes, way: Way::Outbox };
    let mut workers = Workers::start("outbox", PROCESSES, &settings);
    let started = Instant::now();
    let (mut decided, mut next_kill) = (0, 0);
    while decided < i64::try_from(writes).unwrap() {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let unexpected = workers.reports();
        assert!(unexpected.is_empty(), "{unexpected:?}");
        assert!(started.elapsed() < Duration::from_secs(7_200), "{decided} writes are decided");
        let statement = "SELECT count(*), count(decided_at) FROM mileston_outbox";
        let row = client.query_one(statement, &[]).await.unwrap();
        let stored: i64 = row.get(0);
        decided = row.get(1);
        // Kills depend on the number of stored writes, not on time. A restarted process first skips the writes that are
        // already stored, so on a slow machine, a kill after a fixed time would come before the first new write.
        if stored >= next_kill && stored < i64::try_from(writes).unwrap() {
            workers.kill_one();
            next_kill = stored + KILL_AFTER;
        }
    }
    let (kills, took) = (workers.kills(), started.elapsed());
    drop(workers);
    let decisions = decisions(&client, writes).await;
    let seen = compare(&decisions, &platform.executions().await);
    for (kind, seen) in KINDS.iter().zip(&seen) {
        tools::say(&format!(
            "trial_outbox: {kind}: {} done, {} need a person, {} executed twice {:?}",
            seen.done, seen.needs_person, seen.doubled, seen.reasons
        ));
    }
    let statement = "SELECT count(*) FROM mileston_outbox WHERE fence > 1";
    let taken: i64 = client.query_one(statement, &[]).await.unwrap().get(0);
    tools::say(&format!(
        "trial_outbox: {taken} writes decided by a worker, {kills} processes killed, {} s",
        took.as_secs()
    ));
    assert!(kills >= 10, "{kills}");
    for (kind, seen) in KINDS.iter().zip(&seen) {
        assert_eq!(seen.doubled, 0, "{kind}");
        assert!(seen.wrong.is_empty(), "{kind}: {:?}", seen.wrong);
        // The platform has no list of payments from a wallet.
        let is_listed = *kind != "wallet-payment";
        assert!(!is_listed || seen.needs_person * 100 <= seen.done, "{kind}: {seen:?}");
    }
}

/// Shows that the trial above would notice a program that simply sends a write again if there is no response.
#[tokio::test(flavor = "multi_thread")]
async fn sending_again_without_checking_executes_writes_twice() {
    let Some(database) = Database::create("trial_outbox").await else { return };
    let (writes, sandbox) = (200, platform().await);
    let platform = Platform::prepare(&sandbox, writes).await;
    let settings = Settings {
        database: database.url(),
        platform: platform.clone(),
        writes,
        way: Way::SendAgain,
    };
    let workers = Workers::start("no-outbox", PROCESSES, &settings);
    let started = Instant::now();
    while workers.reports().len() < PROCESSES {
        assert!(started.elapsed() < Duration::from_secs(60), "{:?}", workers.reports());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let executions = platform.executions().await;
    let doubled = (0..writes).filter(|number| executions.times(*number) > 1).count();
    assert!(doubled > 5, "{doubled}");
}

/// Returns the stored decision about each write.
async fn decisions(client: &tokio_postgres::Client, writes: usize) -> BTreeMap<usize, Decision> {
    let outbox = Outbox::new(&Tables::default());
    let mut decisions = BTreeMap::new();
    for number in 0..writes {
        let decision = outbox.decision(client, &key(number)).await.unwrap();
        decisions.insert(number, decision.unwrap_or(Decision::Undecided));
    }
    decisions
}

/// Compares the decisions with what the platform executed, for each kind.
fn compare(decisions: &BTreeMap<usize, Decision>, executions: &Executions) -> Vec<Seen> {
    let mut seen = vec![Seen::default(); KINDS.len()];
    for (number, decision) in decisions {
        let seen = &mut seen[kind(*number)];
        let times = executions.times(*number);
        seen.doubled += usize::from(times > 1);
        match decision {
            Decision::Done { .. } if times > 0 => seen.done += 1,
            Decision::NeedsPerson { reason } => {
                seen.needs_person += 1;
                // Removes the ids that may follow the reason.
                let reason = reason.split(':').next().unwrap_or_default();
                *seen.reasons.entry(reason.to_owned()).or_default() += 1;
            }
            other => seen.wrong.push(format!("{number}: {other:?}, executed {times} times")),
        }
    }
    seen
}

fn key(number: usize) -> String {
    format!("order-{number}")
}

/// Not a test: what each process of the trial does.
#[test]
#[ignore = "the trial starts it in other processes"]
fn worker() {
    let Some(process) = Process::<Settings>::of_this_process() else { return };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        match process.settings.way {
            Way::Outbox => {
                tokio::join!(send_all(&process, 0), send_all(&process, 1), reconcile(&process));
            }
            Way::SendAgain => {
                tokio::join!(send_again(&process, 0), send_again(&process, 1));
                process.report("sent");
                std::future::pending().await
            }
        }
    });
}

/// Returns the numbers of the writes that a task sends. Each process has two tasks, 0 and 1.
fn mine(process: &Process<Settings>, task: usize) -> impl Iterator<Item = usize> {
    (process.number * 2 + task..process.settings.writes).step_by(PROCESSES * 2)
}

async fn send_all(process: &Process<Settings>, task: usize) {
    let platform = &process.settings.platform;
    let (normal, wallet) = (platform.client(), platform.wallet_client());
    let mut database = connect(&process.settings.database).await;
    let outbox = Outbox::new(&Tables::default()).lease(Duration::from_secs(10));
    for number in mine(process, task) {
        let sent = match write(number, platform) {
            AnyWrite::Link(write) => send(&outbox, &mut database, number, write, &normal).await,
            AnyWrite::Invoice(write) => send(&outbox, &mut database, number, write, &normal).await,
            AnyWrite::Recurring(write) => {
                send(&outbox, &mut database, number, write, &normal).await
            }
            AnyWrite::Wallet(write) => send(&outbox, &mut database, number, write, &wallet).await,
        };
        if let Err(error) = sent {
            process.report(&format!("{number}: {error:?}"));
        }
    }
}

async fn send<K, I: Intent<K>>(
    outbox: &Outbox,
    database: &mut tokio_postgres::Client,
    number: usize,
    write: I,
    client: &Client<K>,
) -> Result<(), OutboxError> {
    let transaction = database.transaction().await.unwrap();
    let started = outbox.begin(&transaction, &key(number), write).await?;
    transaction.commit().await.unwrap();
    if let Started::First(pending) = started {
        pending.send(&*database, client).await?;
    }
    Ok(())
}

async fn reconcile(process: &Process<Settings>) {
    let database = connect(&process.settings.database).await;
    let outbox = Outbox::new(&Tables::default()).lease(Duration::from_secs(10));
    let client = process.settings.platform.client();
    let worker = Worker::new(&outbox, client, IfNotSeen::SendAgain);
    let worker = worker.first_pause(Duration::from_millis(200));
    loop {
        match worker.step(&database).await {
            Ok(Some(_)) => {}
            Ok(None) => tokio::time::sleep(Duration::from_millis(100)).await,
            Err(error) => process.report(&format!("{error:?}")),
        }
    }
}

async fn send_again(process: &Process<Settings>, task: usize) {
    let platform = &process.settings.platform;
    let (normal, wallet) = (platform.client(), platform.wallet_client());
    for number in mine(process, task) {
        let sent = || async {
            match write(number, platform) {
                AnyWrite::Link(write) => sent(write, &normal).await,
                AnyWrite::Invoice(write) => sent(write, &normal).await,
                AnyWrite::Recurring(write) => sent(write, &normal).await,
                AnyWrite::Wallet(write) => sent(write, &wallet).await,
            }
        };
        while !sent().await {}
    }
}

/// Sends a write once, and returns whether it succeeded.
async fn sent<K, I: Intent<K>>(write: I, client: &Client<K>) -> bool {
    write.send(client).await.is_ok()
}

async fn connect(database: &str) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(database, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
