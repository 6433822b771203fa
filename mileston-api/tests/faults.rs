//! For each fault, sends a read and a write to a server with that fault. Checks which error the client returns, whether
//! it retries, and which requests the server receives. The test fails if the results differ from the table in
//! `docs/reliability.md`.

#![allow(clippy::unwrap_used, reason = "test helpers may panic")]

#[path = "faults/list.rs"]
mod list;
#[path = "faults/server.rs"]
mod server;

use std::fmt;
use std::time::Duration;

use list::{Fault, LINK, Place};
use mileston_api::{
    Client, ClientBuilder, Error, NormalClient, NormalKey, Outcome, RetryPolicy, Test, types,
};
use server::{Act, FaultServer, answer};

/// The first two lines of the table.
const HEAD: &str =
    "| what the server does | error | a read | a write |\n| --- | --- | --- | --- |\n";

fn builder(origin: &str) -> ClientBuilder<NormalKey<Test>> {
    let key: NormalKey<Test> = "Mileston_TEST_fake0123".parse().unwrap();
    let builder = Client::builder(key, "my-business").unwrap();
    let policy = RetryPolicy::default().base_delay(Duration::ZERO);
    builder.retries(policy).origin(origin).unwrap()
}

/// The clients from which `with_origin` derives a client for each fault. All faults share them, because loading the
/// root certificates takes time.
#[derive(Clone)]
struct Clients {
    usual: NormalClient<Test>,
    hasty: NormalClient<Test>,
}

impl Clients {
    fn new() -> Self {
        let builder = builder("http://127.0.0.1:1").max_response_bytes(100_000);
        let policy = RetryPolicy::default().base_delay(Duration::ZERO);
        let hasty = builder
            .clone()
            .retries(policy.attempt_timeout(Duration::from_millis(200)))
            .total_timeout(Duration::from_secs(2));
        Clients { usual: builder.build().unwrap(), hasty: hasty.build().unwrap() }
    }

    fn of(&self, fault: &Fault, origin: &str) -> NormalClient<Test> {
        let client = if fault.stalls { &self.hasty } else { &self.usual };
        client.clone().with_origin(origin).unwrap()
    }
}

/// The result of one call.
struct Seen {
    error: Option<Error>,
    attempts: u32,
    requests: usize,
}

impl Seen {
    fn new(
        result: Result<mileston_api::Response<types::PaymentLinkEnvelope>, Error>,
        requests: usize,
    ) -> Self {
        match result {
            Ok(response) => Seen { error: None, attempts: response.attempts, requests },
            Err(error) => Seen { attempts: error.attempts(), error: Some(error), requests },
        }
    }

    /// Returns the name of the error kind without its status, e.g. `Refused` for `Refused(404)`.
    fn kind(&self) -> String {
        let Some(error) = &self.error else { return "–".to_owned() };
        let kind = format!("{:?}", error.kind());
        format!("`{}`", kind.split('(').next().unwrap())
    }

    /// Returns the text of the table cell for this call.
    fn cell(&self) -> String {
        let outcome = match self.error.as_ref().map(Error::outcome) {
            None => "succeeds",
            Some(Outcome::NotSent) => "not sent",
            Some(Outcome::Refused) => "refused",
            Some(_) => "unknown",
        };
        let retried = if self.attempts > 1 { "retried" } else { "once" };
        format!("{outcome}, {retried}, {} seen", self.requests)
    }
}

async fn call(clients: &Clients, fault: &Fault, write: bool) -> Seen {
    let elsewhere = FaultServer::start([Act::Answer(answer(200, "", LINK))]).await;
    let server = FaultServer::start((fault.acts)(&elsewhere.origin)).await;
    let nobody = server::nobody();
    let origin = match fault.place {
        Place::Server => server.origin.clone(),
        Place::Tls => server.origin.replace("http://", "https://"),
        Place::Nowhere => format!("http://{}", nobody.local_addr().unwrap()),
    };
    let client = clients.of(fault, &origin);
    for _ in 0..fault.before {
        client.payment_links().get("before").await.unwrap();
        // This gives the server time to close the connection, and the client time to notice.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let result = if write {
        let call = client.payment_links().create("100.00");
        match fault.large {
            true => call.body_field("note", "x".repeat(8 << 20)).with_response().await,
            false => call.with_response().await,
        }
    } else {
        client.payment_links().get("id-1").with_response().await
    };
    // An unwanted additional request would arrive during this time.
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(elsewhere.seen().is_empty(), "{}: a redirect must not be followed", fault.name);
    // A TLS handshake isn't a request.
    let requests = server.seen().iter().filter(|request| !request.starts_with('\u{16}')).count();
    Seen::new(result, requests - fault.before)
}

/// A row of the table.
struct Row {
    name: &'static str,
    read: Seen,
    write: Seen,
}

impl Row {
    fn kind(&self) -> String {
        match &self.read.error {
            Some(_) if self.read.kind() != self.write.kind() => {
                format!("{}, {}", self.read.kind(), self.write.kind())
            }
            Some(_) => self.read.kind(),
            None => self.write.kind(),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (read, write) = (self.read.cell(), self.write.cell());
        write!(f, "| {} | {} | {read} | {write} |", self.name, self.kind())
    }
}

/// Runs all faults and returns their rows. The faults run concurrently, in two groups: those that need short timeouts
/// run last, so that the other faults don't slow them down.
async fn rows() -> Vec<Row> {
    let clients = Clients::new();
    let (hasty, usual): (Vec<_>, Vec<_>) =
        list::faults().into_iter().enumerate().partition(|(_, fault)| fault.stalls);
    let mut rows = side_by_side(&clients, usual).await;
    rows.extend(side_by_side(&clients, hasty).await);
    rows.sort_by_key(|&(number, _)| number);
    rows.into_iter().map(|(_, row)| row).collect()
}

async fn side_by_side(clients: &Clients, faults: Vec<(usize, Fault)>) -> Vec<(usize, Row)> {
    let mut calls = tokio::task::JoinSet::new();
    for (number, fault) in faults {
        let clients = clients.clone();
        calls.spawn(async move {
            let (read, write) =
                tokio::join!(call(&clients, &fault, false), call(&clients, &fault, true));
            (number, Row { name: fault.name, read, write })
        });
    }
    calls.join_all().await
}

/// Returns the rows in the document.
fn documented() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reliability.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, rest) = document.split_once(HEAD).unwrap();
    rest.lines().take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_documented_table_is_correct() {
    let rows = rows().await;
    let twice: Vec<_> =
        rows.iter().filter(|row| row.write.requests > 1).map(|row| row.name).collect();
    assert!(twice.is_empty(), "the server must not receive a write twice: {twice:?}");
    let real: Vec<_> = rows.iter().map(Row::to_string).collect();
    let told = documented();
    let wrong: Vec<_> = told.iter().filter(|row| !real.contains(row)).collect();
    assert!(
        real == told,
        "wrong or misplaced rows in docs/reliability.md: {wrong:#?}; the correct table:\n{HEAD}{}",
        real.join("\n")
    );
}

/// Tests the client with a server that closes each connection shortly after a response, with different delays.
///
/// hyper itself sends a request again if its connection was closed before any part of the request was written, and
/// reqwest has no setting to prevent this. This test fails if a write ever arrives twice.
#[tokio::test]
async fn no_write_arrives_twice_if_idle_connections_close() {
    let clients = Clients::new();
    let mut failed = 0;
    for delay in [0, 50, 100, 200, 400, 800, 1600].map(Duration::from_micros) {
        failed += writes_while_connections_close(&clients.usual, delay).await;
    }
    assert!(failed > 0, "at least one write must fail because a connection closes");
}

/// Returns how many of 60 writes failed.
async fn writes_while_connections_close(client: &NormalClient<Test>, delay: Duration) -> usize {
    let kept = answer(200, "content-type: application/json\r\n", LINK);
    let server = FaultServer::start([Act::AnswerKeepAndClose(kept, delay)]).await;
    let client = client.clone().with_origin(&server.origin).unwrap();
    let mut failed = 0;
    for number in 0..60 {
        let amount = (number + 1_u32).to_string();
        if let Err(error) = client.payment_links().create(amount).await {
            assert_eq!((error.outcome(), error.attempts()), (Outcome::Unknown, 1), "{error}");
            failed += 1;
        }
        // This spreads the writes around the moment when the server closes the connection.
        tokio::time::sleep(delay * number / 30).await;
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    let seen = server.seen();
    for number in 0..60 {
        let body = format!("{{\"amount\":\"{}\"}}", number + 1);
        let arrived = seen.iter().filter(|request| request.ends_with(&body)).count();
        assert!(arrived <= 1, "write {number} arrived {arrived} times, delay {delay:?}");
    }
    assert!(seen.len() + failed >= 60, "{} seen, {failed} failed", seen.len());
    failed
}
