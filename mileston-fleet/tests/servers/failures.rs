//! Tests what a caller observes if a store fails. There is a test for each row of the table in the crate's
//! documentation.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mileston_api::catalogue::GET_INVOICE;
use mileston_api::types::CreatePaymentLink;
use mileston_api::{Admission, Ask, Governor, NormalClient, Test};
use mileston_fleet::postgres::{Tables, migrate};
use mileston_fleet::{
    Begun, Claim, Decision, IfUnavailable, LeaseError, Metrics, NewPaymentLink, Outbox,
    OutboxError, Pending, PostgresInbox, RedisInbox, SharedRateLimit, Started, connect,
};
use mileston_sandbox::Sandbox;
use redis::aio::ConnectionManager;
use sqlx::{Connection as _, PgConnection};

use crate::postgres_server::Database;
use crate::redis_server::Server;

const WINDOW: Duration = Duration::from_secs(60);

/// Rate limits and an inbox on one Redis server, and the metrics that they report.
struct OnRedis {
    server: Server,
    refusing: SharedRateLimit<ConnectionManager>,
    sharing: SharedRateLimit<ConnectionManager>,
    inbox: RedisInbox<ConnectionManager>,
    metrics: Arc<Metrics>,
    since: Instant,
}

impl OnRedis {
    fn start() -> Option<OnRedis> {
        let server = Server::start("failures")?;
        let metrics = Arc::new(Metrics::default());
        // Two processes share a quota of 4 requests, so each process's share is 2.
        let limit = |key: &str, policy| {
            SharedRateLimit::builder(connect(server.url()).unwrap(), key, 2)
                .quota(4, WINDOW)
                .if_unavailable(policy)
                .observer(Arc::clone(&metrics) as _)
                .build()
        };
        let refusing = limit("Mileston_TEST_fake0001", IfUnavailable::Refuse);
        let sharing = limit("Mileston_TEST_fake0002", IfUnavailable::LocalShare);
        let inbox = RedisInbox::new(connect(server.url()).unwrap());
        let inbox = inbox.observer(Arc::clone(&metrics) as _);
        Some(OnRedis { server, refusing, sharing, inbox, metrics, since: Instant::now() })
    }

    async fn ask(&self, limit: &SharedRateLimit<ConnectionManager>) -> Admission {
        limit.admit(Ask::new(&GET_INVOICE, self.since.elapsed())).get().await
    }

    /// Checks what is the same for every failure: a limit refuses requests or admits only this process's share, and
    /// deliveries aren't processed.
    async fn expect_failure(&self) {
        let started = Instant::now();
        assert!(matches!(self.ask(&self.refusing).await, Admission::Refuse(_)));
        let mut admitted = 0;
        while self.ask(&self.sharing).await == Admission::Now {
            admitted += 1;
        }
        assert_eq!(admitted, 2, "the share of one process");
        assert!(self.inbox.begin("delivery").await.is_err());
        assert!(started.elapsed() < Duration::from_millis(1_500), "{:?}", started.elapsed());
        let text = self.metrics.text();
        assert!(
            text.contains("mileston_fleet_store_errors_total{db_system_name=\"redis\""),
            "{text}"
        );
        assert!(text.contains("mileston_fleet_limit_incomplete 1"), "{text}");
    }
}

#[tokio::test]
async fn redis_is_unavailable() {
    let Some(mut redis) = OnRedis::start() else { return };
    redis.server.kill();
    redis.expect_failure().await;
    redis.server.restart();
    let restarted = Instant::now();
    while redis.ask(&redis.refusing).await != Admission::Now {
        assert!(
            restarted.elapsed() < Duration::from_secs(3),
            "the limit doesn't recover by itself"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn redis_is_slow() {
    let Some(redis) = OnRedis::start() else { return };
    redis.server.signal("STOP");
    redis.expect_failure().await;
    redis.server.signal("CONT");
}

#[tokio::test]
async fn redis_is_full() {
    let Some(redis) = OnRedis::start() else { return };
    let Claim::First(begun) = redis.inbox.begin("begun before").await.unwrap() else {
        panic!("known")
    };
    redis.server.command(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]);
    redis.server.command(&["CONFIG", "SET", "maxmemory", "1"]);
    redis.expect_failure().await;
    assert!(matches!(begun.done().await, Err(LeaseError::Store(_))));
    redis.server.command(&["CONFIG", "SET", "maxmemory", "0"]);
    begun.done().await.unwrap();
}

#[tokio::test]
async fn redis_is_read_only() {
    let Some(redis) = OnRedis::start() else { return };
    redis.server.command(&["REPLICAOF", "127.0.0.1", "1"]);
    redis.expect_failure().await;
}

#[tokio::test]
async fn redis_was_emptied() {
    let Some(mut redis) = OnRedis::start() else { return };
    for _ in 0..2 {
        assert_eq!(redis.ask(&redis.refusing).await, Admission::Now);
    }
    let Claim::First(before) = redis.inbox.begin("delivery").await.unwrap() else {
        panic!("known")
    };
    redis.server.restart_empty();
    // The first command finds that the connection is broken. After that, the store isn't queried for one second.
    let _ = redis.ask(&redis.refusing).await;
    let _ = redis.inbox.begin("another").await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let used = redis.ask(&redis.refusing).await;
    assert!(matches!(used, Admission::After(_)), "the share of 2 is used up: {used:?}");
    assert!(matches!(before.done().await, Err(LeaseError::Lost)), "the lease is forgotten");
    let Claim::First(after) = redis.inbox.begin("delivery").await.unwrap() else {
        panic!("a delivery that was forgotten must be treated as new")
    };
    assert!(after.fence() > before.fence());
}

#[tokio::test]
async fn a_process_clock_that_is_off_by_an_hour_does_not_matter() {
    let Some(redis) = OnRedis::start() else { return };
    let limit = || {
        SharedRateLimit::builder(connect(redis.server.url()).unwrap(), "Mileston_TEST_fake0003", 1)
            .quota(4, Duration::from_secs(2))
            .build()
    };
    let (right, wrong) = (limit(), limit());
    let hour = Duration::from_secs(3_600);
    // During the first window, each process's share is also a limit. Wait until only the store's count is.
    assert_eq!(redis.ask(&right).await, Admission::Now);
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    let mut admitted = 0;
    for _ in 0..4 {
        let now = redis.since.elapsed();
        for (limit, now) in [(&right, now), (&wrong, now + hour)] {
            let admission = limit.admit(Ask::new(&GET_INVOICE, now)).get().await;
            admitted += u32::from(admission == Admission::Now);
            if let Admission::After(wait) = admission {
                assert!(wait <= Duration::from_millis(2_040), "{wait:?}");
            }
        }
    }
    assert_eq!(admitted, 4, "only the store's clock matters");
}

/// The parts other than the rate limit aren't affected by a process's clock either, because leases and ages depend on
/// the stores' clocks.
#[test]
fn no_part_reads_its_machines_clock() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![folder];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            count += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("SystemTime"), "{}", path.display());
        }
    }
    assert!(count > 20, "{count}");
}

/// An inbox and an outbox on one PostgreSQL server.
struct OnPostgres {
    database: Database,
    inbox: PostgresInbox,
    outbox: Outbox,
    metrics: Arc<Metrics>,
    sandbox: Sandbox,
    mileston: NormalClient<Test>,
}

impl OnPostgres {
    async fn start(largest: Option<u32>) -> Option<OnPostgres> {
        let database = Database::create_alone("failures", largest).await?;
        migrate(&database.connect().await, &Tables::default()).await.unwrap();
        let metrics = Arc::new(Metrics::default());
        let timeout = Duration::from_millis(300);
        let inbox = PostgresInbox::new(&Tables::default()).store_timeout(timeout);
        let outbox = Outbox::new(&Tables::default()).store_timeout(timeout);
        let sandbox = Sandbox::start().await.unwrap();
        let mileston = NormalClient::new(sandbox.normal_key().clone(), sandbox.business_id());
        let mileston = mileston.unwrap().with_origin(sandbox.url()).unwrap();
        Some(OnPostgres {
            database,
            inbox: inbox.observer(Arc::clone(&metrics) as _),
            outbox: outbox.observer(Arc::clone(&metrics) as _),
            metrics,
            sandbox,
            mileston,
        })
    }

    async fn begin(
        &self,
        connection: &tokio_postgres::Client,
        number: u32,
    ) -> Result<Pending<NewPaymentLink>, OutboxError> {
        let link = CreatePaymentLink::new("12.50").unwrap().title(format!("Order {number}"));
        let link = NewPaymentLink(link.description("a chair ".repeat(200)));
        match self.outbox.begin(connection, &format!("order-{number}"), link).await? {
            Started::First(pending) => Ok(pending),
            Started::Known(decision) => panic!("{decision:?}"),
        }
    }

    /// Checks what is the same for every failure: nothing is processed, no new write is sent, and the outcome of a
    /// write that was already stored isn't lost.
    async fn expect_failure(
        &self,
        connection: &tokio_postgres::Client,
        begun: Pending<NewPaymentLink>,
    ) {
        let started = Instant::now();
        assert!(self.inbox.begin(connection, "delivery").await.is_err());
        let failed = self.begin(connection, 2).await.map(drop);
        assert!(matches!(failed, Err(OutboxError::Postgres(_))), "{failed:?}");
        assert_eq!(self.links().await, 0, "what isn't stored isn't sent");
        let result = begun.send(connection, &self.mileston).await;
        let Err(OutboxError::NotStored { decision, .. }) = &result else { panic!("{result:?}") };
        assert!(matches!(decision, Decision::Done { record: Some(_) }), "{decision:?}");
        assert_eq!(self.links().await, 1);
        assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
        let text = self.metrics.text();
        assert!(text.contains("store_errors_total{db_system_name=\"postgresql\""), "{text}");
    }

    async fn links(&self) -> usize {
        self.mileston.payment_links().list().await.unwrap().payment_data.len()
    }
}

#[tokio::test]
async fn postgres_is_unavailable() {
    let Some(shop) = OnPostgres::start(None).await else { return };
    let connection = shop.database.connect().await;
    let begun = shop.begin(&connection, 1).await.unwrap();
    shop.database.kill();
    // The server ends its connection processes one after the other.
    let killed = Instant::now();
    while !connection.is_closed() {
        assert!(killed.elapsed() < Duration::from_secs(20), "the server hasn't stopped");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    shop.expect_failure(&connection, begun).await;
}

#[tokio::test]
async fn postgres_is_slow() {
    let Some(shop) = OnPostgres::start(None).await else { return };
    let connection = shop.database.connect().await;
    let begun = shop.begin(&connection, 1).await.unwrap();
    let pid: i32 = connection.query_one("SELECT pg_backend_pid()", &[]).await.unwrap().get(0);
    Database::signal("STOP", &[pid]);
    let error = shop.inbox.begin(&connection, "delivery").await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("300 ms"), "{error}");
    shop.expect_failure(&connection, begun).await;
    Database::signal("CONT", &[pid]);
    // The statement that timed out was executed anyway: the delivery is in the table, because there was no transaction.
    let found = shop.inbox.begin(&connection, "delivery").await.unwrap();
    assert_eq!(found, Begun::Done);
}

#[tokio::test]
async fn postgres_is_slow_for_sqlx() {
    let Some(shop) = OnPostgres::start(None).await else { return };
    let mut connection = PgConnection::connect(&shop.database.url()).await.unwrap();
    let pid = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut connection).await;
    let pid: i32 = pid.unwrap();
    Database::signal("STOP", &[pid]);
    let error = shop.inbox.begin(&mut connection, "delivery").await.unwrap_err();
    Database::signal("CONT", &[pid]);
    assert!(error.is_timeout(), "{error}");
    // sqlx had sent the statement only for parsing, so it wasn't executed. The connection skips the late response.
    assert_eq!(shop.inbox.begin(&mut connection, "delivery").await.unwrap(), Begun::First);
    assert_eq!(shop.inbox.begin(&mut connection, "delivery").await.unwrap(), Begun::Done);
}

#[tokio::test]
async fn postgres_is_full() {
    let Some(shop) = OnPostgres::start(Some(4_096)).await else { return };
    let connection = shop.database.connect().await;
    let begun = shop.begin(&connection, 1).await.unwrap();
    let fill = "INSERT INTO mileston_inbox (key) SELECT repeat(md5(number::text), 30) FROM generate_series(1, 9000) AS number";
    let full = connection.batch_execute(fill).await.unwrap_err();
    let full = full.as_db_error().unwrap().to_string();
    assert!(full.contains("could not extend file"), "{full}");
    let fill = "INSERT INTO mileston_outbox (key, kind, name, body, body_hash, leased_until) \
        SELECT number::text, 'none', number::text, repeat(md5(number::text), 60), '', now() + interval '1 day' \
        FROM generate_series(1, 9000) AS number";
    assert!(
        connection
            .batch_execute("ALTER TABLE mileston_outbox ALTER body SET STORAGE PLAIN")
            .await
            .is_ok()
    );
    assert!(connection.batch_execute(fill).await.is_err());
    let error = shop.inbox.begin(&connection, &"k".repeat(900)).await;
    assert!(error.is_err(), "{error:?}");
    let failed = shop.begin(&connection, 2).await.map(drop);
    assert!(matches!(failed, Err(OutboxError::Postgres(_))), "{failed:?}");
    drop(begun);
    assert_eq!(shop.links().await, 0, "what isn't stored isn't sent");
    connection.batch_execute("VACUUM mileston_inbox; ").await.unwrap();
    connection.batch_execute("VACUUM mileston_outbox").await.unwrap();
    let pending = shop.begin(&connection, 3).await.unwrap();
    let decision = pending.send(&connection, &shop.mileston).await.unwrap();
    assert!(matches!(decision, Decision::Done { .. }), "{decision:?}");
}

#[tokio::test]
async fn postgres_is_read_only() {
    let Some(shop) = OnPostgres::start(None).await else { return };
    let connection = shop.database.connect().await;
    let begun = shop.begin(&connection, 1).await.unwrap();
    connection.batch_execute("SET default_transaction_read_only = on").await.unwrap();
    shop.expect_failure(&connection, begun).await;
}

#[tokio::test]
async fn postgres_was_emptied() {
    let Some(shop) = OnPostgres::start(None).await else { return };
    let connection = shop.database.connect().await;
    assert_eq!(shop.inbox.begin(&connection, "delivery").await.unwrap(), Begun::First);
    let begun = shop.begin(&connection, 1).await.unwrap();
    connection.batch_execute("TRUNCATE mileston_inbox, mileston_outbox").await.unwrap();
    let found = shop.inbox.begin(&connection, "delivery").await.unwrap();
    assert_eq!(found, Begun::First, "a delivery that was forgotten counts as new");
    let result = begun.send(&connection, &shop.mileston).await;
    let Err(OutboxError::Gone { decision: Decision::Done { .. } }) = &result else {
        panic!("{result:?}")
    };
    drop(shop.sandbox);
}
