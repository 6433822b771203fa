//! A trial of the inbox with four processes: deliveries are repeated, reordered and sent to several processes at once,
//! while processes are killed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

#[path = "trial/deliveries.rs"]
mod deliveries;
#[path = "trial/processes.rs"]
mod processes;
#[path = "trial/random.rs"]
mod random;
#[path = "servers/redis.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod redis_server;
#[path = "servers/postgres.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod server;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use deliveries::{Deliveries, TOKEN};
use mileston_api::webhook::axum::Verified;
use mileston_api::webhook::{RECEIVED, SEND_AGAIN, Verifier};
use mileston_fleet::postgres::{Tables, migrate};
use mileston_fleet::{Begun, Claim, PostgresInbox, RedisInbox};
use processes::{Worker, Workers, is_long};
use redis::aio::ConnectionManager;
use serde::{Deserialize, Serialize};
use server::Database;
use tokio::sync::Mutex;

const PROCESSES: usize = 4;

/// Creates the tables of the trial. The table `executed` has no unique constraint, so an order can be in it twice.
const TABLES: &str = "CREATE TABLE executed (order_id text NOT NULL, fence bigint); CREATE TABLE seen (key text NOT NULL)";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Settings {
    database: String,
    redis: String,
    ports: Vec<u16>,
    way: Way,
}

/// How a process determines whether a delivery is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    /// It inserts a row in the same transaction as the work.
    Postgres,
    /// It acquires a lease. The work isn't part of a transaction.
    Redis,
    /// It checks first and then acts, like most hand-written code.
    LookThenAct,
}

/// What happened to the orders.
#[derive(Debug)]
struct Seen {
    /// How many different orders were executed.
    orders: i64,
    /// The number of executions beyond the first of each order.
    doubled: i64,
    kills: usize,
    sent: usize,
    repeated: usize,
}

impl Seen {
    fn say(&self, store: &str) {
        tools::say(&format!(
            "trial_inbox: {store}: {} orders executed, {} again, {} deliveries sent, {} attempts failed, {} processes \
             killed",
            self.orders, self.doubled, self.sent, self.repeated, self.kills
        ));
    }
}

async fn run(database: &Database, redis: &str, orders: usize, way: Way) -> Seen {
    let client = database.connect().await;
    migrate(&client, &Tables::default()).await.unwrap();
    client.batch_execute(TABLES).await.unwrap();
    let ports: Vec<u16> = (0..PROCESSES).map(|_| tools::servers::free_port().unwrap()).collect();
    let (database_url, redis) = (database.url(), redis.to_owned());
    let settings = Settings { database: database_url, redis, ports: ports.clone(), way };
    let mut workers = Workers::start(&format!("inbox-{way:?}"), PROCESSES, &settings);
    let deliveries = Deliveries::send(orders, &ports);
    let started = Instant::now();
    while !deliveries.are_received() {
        let unexpected = workers.reports();
        assert!(unexpected.is_empty(), "{unexpected:?}");
        assert!(started.elapsed() < Duration::from_secs(3_600), "not received");
        tokio::time::sleep(Duration::from_millis(173)).await;
        workers.kill_one();
    }
    let statement =
        "SELECT count(DISTINCT order_id), count(*) - count(DISTINCT order_id) FROM executed";
    let row = client.query_one(statement, &[]).await.unwrap();
    let (sent, repeated) = deliveries.counts().await;
    Seen { orders: row.get(0), doubled: row.get(1), kills: workers.kills(), sent, repeated }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_order_is_executed_once_despite_repeated_deliveries_and_kills() {
    let Some(database) = Database::create("trial_inbox").await else { return };
    let orders = if is_long() { 100_000 } else { 2_000 };
    let seen = run(&database, "", orders, Way::Postgres).await;
    seen.say("PostgreSQL");
    assert_eq!(seen.orders, i64::try_from(orders).unwrap(), "{seen:?}");
    assert_eq!(seen.doubled, 0, "{seen:?}");
    assert!(seen.kills >= 10, "{seen:?}");
}

/// If a process is killed after its work, but before it marks the delivery as done, the work is done again.
#[tokio::test(flavor = "multi_thread")]
async fn with_leases_no_order_is_lost_and_only_kills_cause_repeats() {
    let Some(database) = Database::create("trial_inbox").await else { return };
    let Some(redis) = redis_server::Server::start("trial_inbox") else { return };
    let orders = if is_long() { 100_000 } else { 2_000 };
    let seen = run(&database, &redis.url(), orders, Way::Redis).await;
    seen.say("Redis");
    assert_eq!(seen.orders, i64::try_from(orders).unwrap(), "{seen:?}");
    let most = i64::try_from(seen.kills * deliveries::AT_ONCE).unwrap();
    assert!(seen.doubled <= most, "{seen:?}");
    let statement = "SELECT count(*) - count(DISTINCT (order_id, fence)) FROM executed";
    let row = database.connect().await.query_one(statement, &[]).await.unwrap();
    assert_eq!(row.get::<_, i64>(0), 0, "two processes had the same lease");
}

/// Shows that the trials above would notice an inbox that checks first and then acts.
#[tokio::test(flavor = "multi_thread")]
async fn checking_before_acting_executes_orders_twice() {
    let Some(database) = Database::create("trial_inbox").await else { return };
    let seen = run(&database, "", 300, Way::LookThenAct).await;
    assert!(seen.doubled > 10, "{seen:?}");
}

/// Not a test: what each process of the trial does.
#[test]
#[ignore = "the trial starts it in other processes"]
fn worker() {
    if let Some(worker) = Worker::of_this_process() {
        tokio::runtime::Runtime::new().unwrap().block_on(receive_deliveries(worker));
    }
}

/// The state that all handlers share.
#[derive(Clone)]
struct Shop {
    worker: Arc<Worker<Settings>>,
    inbox: PostgresInbox,
    /// The inbox on the Redis server, if the trial uses Redis.
    leases: Option<RedisInbox<ConnectionManager>>,
    verifier: Verifier,
    /// Database connections that no handler is using.
    idle: Arc<Mutex<Vec<tokio_postgres::Client>>>,
}

async fn receive_deliveries(worker: Worker<Settings>) {
    let address = ("127.0.0.1", worker.settings.ports[worker.number]);
    let inbox = PostgresInbox::new(&Tables::default()).wait(Duration::from_millis(100));
    let verifier = Verifier::new(TOKEN.parse().unwrap());
    let leases = (worker.settings.way == Way::Redis).then(|| {
        let connection = mileston_fleet::connect(worker.settings.redis.as_str()).unwrap();
        RedisInbox::new(connection).lease(Duration::from_secs(1))
    });
    let shop = Shop { worker: Arc::new(worker), inbox, leases, verifier, idle: Arc::default() };
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let router = Router::new().route("/mileston", post(receive)).with_state(shop);
    axum::serve(listener, router).await.unwrap();
}

impl FromRef<Shop> for Verifier {
    fn from_ref(shop: &Shop) -> Self {
        shop.verifier.clone()
    }
}

async fn receive(State(shop): State<Shop>, Verified(delivery): Verified) -> StatusCode {
    let idle = shop.idle.lock().await.pop();
    let mut client = match idle {
        Some(client) => client,
        None => connect(&shop.worker.settings.database).await,
    };
    let (key, order) = (delivery.dedupe_key(), delivery.paid_id().unwrap());
    let processed = match &shop.leases {
        Some(leases) => process_under_lease(leases, &client, &key, order).await,
        None => process(&shop, &mut client, &key, order).await,
    };
    match processed {
        Ok(status) => {
            shop.idle.lock().await.push(client);
            status
        }
        Err(error) => {
            shop.worker.report(&format!("{error:?}"));
            SEND_AGAIN
        }
    }
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn process(
    shop: &Shop,
    client: &mut tokio_postgres::Client,
    key: &str,
    order: &str,
) -> Result<StatusCode, Failure> {
    let transaction = client.transaction().await?;
    let begun = match shop.worker.settings.way {
        Way::Postgres | Way::Redis => shop.inbox.begin(&transaction, key).await?,
        Way::LookThenAct => {
            let found = transaction.query("SELECT FROM seen WHERE key = $1", &[&key]).await?;
            transaction.execute("INSERT INTO seen VALUES ($1)", &[&key]).await?;
            if found.is_empty() { Begun::First } else { Begun::Done }
        }
    };
    match begun {
        Begun::First => {
            transaction.execute("INSERT INTO executed VALUES ($1)", &[&order]).await?;
            // A real shop's work takes longer, and its process can be killed during that time.
            tokio::time::sleep(Duration::from_millis(2)).await;
            transaction.commit().await?;
            Ok(RECEIVED)
        }
        Begun::Done => Ok(RECEIVED),
        Begun::Busy => Ok(SEND_AGAIN),
    }
}

async fn process_under_lease(
    leases: &RedisInbox<ConnectionManager>,
    client: &tokio_postgres::Client,
    key: &str,
    order: &str,
) -> Result<StatusCode, Failure> {
    match leases.begin(key).await? {
        Claim::First(delivery) => {
            let fence = i64::try_from(delivery.fence())?;
            client.execute("INSERT INTO executed VALUES ($1, $2)", &[&order, &fence]).await?;
            tokio::time::sleep(Duration::from_millis(2)).await;
            delivery.done().await?;
            Ok(RECEIVED)
        }
        Claim::Done => Ok(RECEIVED),
        Claim::Running { .. } => Ok(SEND_AGAIN),
    }
}

async fn connect(database: &str) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(database, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}
