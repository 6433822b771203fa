//! The inbox on a real PostgreSQL server: each delivery is processed once, whatever happens to the process that began
//! it.

use std::time::{Duration, Instant};

use mileston_fleet::postgres::{MigrateError, Tables, migrate};
use mileston_fleet::{Begun, PostgresInbox};

use sqlx::{Connection as _, PgConnection};
use tokio_postgres::Client;

use crate::postgres_server::Database;

async fn ready(server: &Database) -> (Client, PostgresInbox) {
    let client = server.connect().await;
    migrate(&client, &Tables::default()).await.unwrap();
    let inbox = PostgresInbox::new(&Tables::default()).wait(Duration::from_millis(300));
    (client, inbox)
}

#[tokio::test]
async fn a_delivery_is_processed_once() {
    let Some(server) = Database::create("inbox").await else { return };
    let (mut client, inbox) = ready(&server).await;
    for expected in [Begun::First, Begun::Done, Begun::Done] {
        let transaction = client.transaction().await.unwrap();
        assert_eq!(inbox.begin(&transaction, "key").await.unwrap(), expected);
        transaction.commit().await.unwrap();
    }
    let transaction = client.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "another").await.unwrap(), Begun::First);
}

#[tokio::test]
async fn a_delivery_can_be_processed_again_after_its_process_failed_or_died() {
    let Some(server) = Database::create("inbox").await else { return };
    let (mut client, inbox) = ready(&server).await;
    let transaction = client.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "key").await.unwrap(), Begun::First);
    transaction.rollback().await.unwrap();

    let mut dying = server.connect().await;
    let transaction = dying.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "key").await.unwrap(), Begun::First);
    // The server ends the connection, as it would if the process that uses the connection had died.
    let pid: i32 = transaction.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
    client.query_one("SELECT pg_terminate_backend($1)", &[&pid]).await.unwrap();

    let transaction = client.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "key").await.unwrap(), Begun::First);
}

#[tokio::test]
async fn a_second_process_waits_until_the_first_commits() {
    let Some(server) = Database::create("inbox").await else { return };
    let (mut first, inbox) = ready(&server).await;
    let mut second = server.connect().await;
    let working = first.transaction().await.unwrap();
    assert_eq!(inbox.begin(&working, "key").await.unwrap(), Begun::First);

    let started = Instant::now();
    let waiting = second.transaction().await.unwrap();
    assert_eq!(inbox.begin(&waiting, "key").await.unwrap(), Begun::Busy);
    assert!(started.elapsed() >= Duration::from_millis(300));
    // The transaction in which the inbox returned `Busy` can still be used.
    waiting.query_one("SELECT 1", &[]).await.unwrap();

    let commit = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        working.commit().await.unwrap();
    };
    let (found, ()) = tokio::join!(inbox.begin(&waiting, "key"), commit);
    assert_eq!(found.unwrap(), Begun::Done);
}

#[tokio::test]
async fn twenty_connections_at_once_process_each_delivery_once() {
    let Some(server) = Database::create("inbox").await else { return };
    let (client, inbox) = ready(&server).await;
    client.batch_execute("CREATE TABLE orders (key text)").await.unwrap();
    let mut tasks = Vec::new();
    for number in 0..20 {
        let mut client = server.connect().await;
        let inbox = inbox.clone();
        tasks.push(tokio::spawn(async move {
            let mut failed = 0;
            for key in 0..40 {
                let key = format!("key {}", (key + number) % 40);
                let transaction = client.transaction().await.unwrap();
                if inbox.begin(&transaction, &key).await.unwrap() == Begun::First {
                    let statement = "INSERT INTO orders VALUES ($1)";
                    transaction.execute(statement, &[&key]).await.unwrap();
                    // Every third task fails after doing its work.
                    if number % 3 == 0 {
                        failed += 1;
                        transaction.rollback().await.unwrap();
                        continue;
                    }
                }
                transaction.commit().await.unwrap();
            }
            failed
        }));
    }
    let mut failed = 0;
    for task in tasks {
        failed += task.await.unwrap();
    }
    assert!(failed > 0, "no task failed, so the test proves nothing");
    let row =
        client.query_one("SELECT count(*), count(DISTINCT key) FROM orders", &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (40, 40));
}

#[tokio::test]
async fn sqlx_and_tokio_postgres_share_an_inbox() {
    let Some(server) = Database::create("inbox").await else { return };
    let (mut client, inbox) = ready(&server).await;
    let mut other = PgConnection::connect(&server.url()).await.unwrap();
    let mut transaction = other.begin().await.unwrap();
    assert_eq!(inbox.begin(&mut *transaction, "key").await.unwrap(), Begun::First);
    transaction.commit().await.unwrap();
    let transaction = client.transaction().await.unwrap();
    assert_eq!(inbox.begin(&transaction, "key").await.unwrap(), Begun::Done);
}

#[tokio::test]
async fn old_deliveries_are_forgotten() {
    let Some(server) = Database::create("inbox").await else { return };
    let (client, inbox) = ready(&server).await;
    assert_eq!(inbox.begin(&client, "old").await.unwrap(), Begun::First);
    client
        .batch_execute("UPDATE mileston_inbox SET received_at = now() - interval '8 days'")
        .await
        .unwrap();
    assert_eq!(inbox.begin(&client, "new").await.unwrap(), Begun::First);
    let week = Duration::from_secs(7 * 24 * 60 * 60);
    assert_eq!(inbox.forget_older_than(&client, week).await.unwrap(), 1);
    assert_eq!(inbox.forget_older_than(&client, week).await.unwrap(), 0);
    assert_eq!(inbox.begin(&client, "old").await.unwrap(), Begun::First);
    assert_eq!(inbox.begin(&client, "new").await.unwrap(), Begun::Done);
}

#[tokio::test]
async fn keys_are_never_executed_as_sql() {
    let Some(server) = Database::create("inbox").await else { return };
    let (client, inbox) = ready(&server).await;
    for key in ["'; DROP TABLE mileston_inbox; --", "", "ü\u{1f600}", &"k".repeat(2_000)] {
        assert_eq!(inbox.begin(&client, key).await.unwrap(), Begun::First, "{key}");
        assert_eq!(inbox.begin(&client, key).await.unwrap(), Begun::Done, "{key}");
    }
}

#[tokio::test]
async fn many_processes_can_migrate_at_once_and_repeatedly() {
    let Some(server) = Database::create("inbox").await else { return };
    let client = server.connect().await;
    client.batch_execute("CREATE SCHEMA payments").await.unwrap();
    for prefix in ["mileston_", "payments.m_"] {
        let tables = Tables::with_prefix(prefix).unwrap();
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let (client, tables) = (server.connect().await, tables.clone());
            tasks.push(tokio::spawn(async move { migrate(&client, &tables).await }));
        }
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        let inbox = PostgresInbox::new(&tables);
        assert_eq!(inbox.begin(&client, "key").await.unwrap(), Begun::First);
        migrate(&client, &tables).await.unwrap();
        assert_eq!(inbox.begin(&client, "key").await.unwrap(), Begun::Done);
    }
    let mut other = PgConnection::connect(&server.url()).await.unwrap();
    migrate(&mut other, &Tables::default()).await.unwrap();
}

#[tokio::test]
async fn tables_from_a_newer_version_are_refused() {
    let Some(server) = Database::create("inbox").await else { return };
    let (client, _) = ready(&server).await;
    client
        .batch_execute("INSERT INTO mileston_fleet_versions (version) VALUES (99)")
        .await
        .unwrap();
    let error = migrate(&client, &Tables::default()).await.unwrap_err();
    assert!(matches!(error, MigrateError::Newer { newest: 99 }), "{error}");
    assert!(error.to_string().contains("Update the crate"), "{error}");
}

#[tokio::test]
async fn an_error_has_its_cause() {
    let Some(server) = Database::create("inbox").await else { return };
    let client = server.connect().await;
    let inbox = PostgresInbox::new(&Tables::default());
    let error = inbox.begin(&client, "key").await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap();
    let cause = std::error::Error::source(cause).map_or(cause.to_string(), ToString::to_string);
    assert!(cause.contains("mileston_inbox"), "{cause}");
}
