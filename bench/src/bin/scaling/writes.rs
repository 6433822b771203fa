//! Measures the inbox and the outbox in PostgreSQL: how long a transaction with the inbox takes, and how many
//! statements the outbox executes for each write.

use std::time::Instant;

use mileston_api::types::CreatePaymentLink;
use mileston_api::{NormalClient, Test};
use mileston_bench::Failure;
use mileston_fleet::postgres::{Tables, migrate};
use mileston_fleet::{Begun, NewPaymentLink, Outbox, PostgresInbox, Started};
use mileston_sandbox::Sandbox;
use tokio_postgres::{Client, NoTls};
use tools::servers::Servers;

use crate::p50;

const ROUNDS: usize = 100;
const DELIVERIES: usize = 50;
const WRITES: u32 = 100;

/// Compares a transaction that uses the inbox with a transaction that uses a bare insert instead.
pub(crate) async fn measure(servers: &Servers) -> Result<(), Failure> {
    let mut client = connect(servers).await?;
    let tables = "CREATE TABLE bare (key text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now()); \
        CREATE INDEX ON bare (at); CREATE TABLE work (key text)";
    client.batch_execute(tables).await?;
    let inbox = PostgresInbox::new(&Tables::default());
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        for number in 0..DELIVERIES {
            let key = format!("{round:060}{number:04}");
            let started = Instant::now();
            let transaction = client.transaction().await?;
            let insert = "INSERT INTO bare (key) VALUES ($1) ON CONFLICT DO NOTHING";
            transaction.execute(insert, &[&key]).await?;
            transaction.execute("INSERT INTO work VALUES ($1)", &[&key]).await?;
            transaction.commit().await?;
            bare.push(nanoseconds(started));
            let started = Instant::now();
            let transaction = client.transaction().await?;
            if inbox.begin(&transaction, &key).await? != Begun::First {
                return Err("a new delivery was treated as a repeated one".into());
            }
            transaction.execute("INSERT INTO work VALUES ($1)", &[&key]).await?;
            transaction.commit().await?;
            ours.push(nanoseconds(started));
        }
    }
    let (bare, ours) = (p50(&mut bare), p50(&mut ours));
    println!("| transaction with `INSERT … ON CONFLICT`, p50 | {bare:.0} µs | |");
    println!(
        "| transaction with `PostgresInbox`, p50 | {ours:.0} µs, {:.2} × | 1.2 × |",
        ours / bare
    );
    Ok(())
}

/// Counts the statements that the outbox executes for each write. PostgreSQL's log contains each statement.
pub(crate) async fn count(servers: &Servers) -> Result<(), Failure> {
    let client = connect(servers).await?;
    let sandbox = Sandbox::start().await?;
    let mileston: NormalClient<Test> =
        NormalClient::new(sandbox.normal_key().clone(), sandbox.business_id())?;
    let mileston = mileston.with_origin(sandbox.url())?;
    let outbox = Outbox::new(&Tables::default());
    let before = statements(servers)?;
    for number in 0..WRITES {
        let link = CreatePaymentLink::new("12.50")?.title(format!("Order {number}"));
        let key = format!("order-{number}");
        match outbox.begin(&client, &key, NewPaymentLink(link)).await? {
            Started::First(pending) => drop(pending.send(&client, &mileston).await?),
            Started::Known(decision) => return Err(format!("known: {decision:?}").into()),
        }
    }
    let each = f64::from(statements(servers)? - before) / f64::from(WRITES);
    println!("| statements of the outbox for each write | {each:.2} | 2 |");
    Ok(())
}

/// Returns the number of executed statements of any kind.
fn statements(servers: &Servers) -> Result<u32, Failure> {
    let log = servers.postgres_log()?;
    let logged = log.lines().filter(|line| line.contains("LOG:  "));
    let executed =
        logged.filter(|line| line.contains(" execute ") || line.contains(" statement: "));
    Ok(u32::try_from(executed.count())?)
}

async fn connect(servers: &Servers) -> Result<Client, Failure> {
    let started = Instant::now();
    let (client, connection) = loop {
        match tokio_postgres::connect(&servers.database_url(), NoTls).await {
            Ok(connected) => break connected,
            // PostgreSQL listens on its port before it accepts connections, so retry for up to 30
            // seconds.
            Err(error) if started.elapsed().as_secs() > 30 => return Err(error.into()),
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    };
    tokio::spawn(connection);
    migrate(&client, &Tables::default()).await?;
    Ok(client)
}

fn nanoseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
