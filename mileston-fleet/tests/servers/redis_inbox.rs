//! Tests the inbox on a real Redis server: a delivery has one lease at a time, and a late process can't end another
//! process's lease.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mileston_fleet::{Claim, Delivery, LeaseError, Metrics, RedisInbox, connect};
use redis::aio::ConnectionManager;

use crate::redis_server::Server;

type Inbox = RedisInbox<ConnectionManager>;

const LEASE: Duration = Duration::from_millis(400);

fn inbox(server: &Server) -> Inbox {
    RedisInbox::new(connect(server.url()).unwrap()).lease(LEASE)
}

async fn first(inbox: &Inbox, key: &str) -> Delivery<ConnectionManager> {
    match inbox.begin(key).await.unwrap() {
        Claim::First(delivery) => delivery,
        other => panic!("{other:?}"),
    }
}

async fn is_running(inbox: &Inbox, key: &str) -> bool {
    matches!(inbox.begin(key).await.unwrap(), Claim::Running { left } if left <= LEASE)
}

async fn is_done(inbox: &Inbox, key: &str) -> bool {
    matches!(inbox.begin(key).await.unwrap(), Claim::Done)
}

fn is_lost(result: Result<(), LeaseError>) -> bool {
    matches!(result, Err(LeaseError::Lost))
}

#[tokio::test]
async fn a_delivery_is_leased_once_and_done_once() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let (one, other) = (inbox(&server), inbox(&server));
    let delivery = first(&one, "key").await;
    assert!(is_running(&other, "key").await);
    drop(first(&other, "another key").await);
    delivery.done().await.unwrap();
    delivery.done().await.unwrap();
    assert!(is_done(&other, "key").await);
    tokio::time::sleep(LEASE).await;
    assert!(is_done(&one, "key").await, "the mark outlives the lease");
}

#[tokio::test]
async fn a_late_process_cannot_end_the_lease_of_the_next_process() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let inbox = inbox(&server);
    let late = first(&inbox, "key").await;
    tokio::time::sleep(LEASE).await;
    let next = first(&inbox, "key").await;
    assert!(next.fence() > late.fence());
    assert!(is_lost(late.done().await));
    assert!(is_lost(late.extend().await));
    assert!(is_lost(late.give_back().await));
    assert!(is_running(&inbox, "key").await, "the next process still has its lease");
    next.done().await.unwrap();
    assert!(is_done(&inbox, "key").await);
}

#[tokio::test]
async fn a_lease_that_ended_is_valid_until_another_process_begins() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let inbox = inbox(&server);
    let delivery = first(&inbox, "key").await;
    tokio::time::sleep(LEASE).await;
    delivery.done().await.unwrap();
    assert!(is_done(&inbox, "key").await);
}

#[tokio::test]
async fn a_lease_can_be_extended_and_released() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let inbox = inbox(&server);
    let delivery = first(&inbox, "key").await;
    for _ in 0..3 {
        tokio::time::sleep(LEASE * 2 / 3).await;
        delivery.extend().await.unwrap();
        assert!(is_running(&inbox, "key").await);
    }
    let fence = delivery.fence();
    delivery.give_back().await.unwrap();
    assert!(first(&inbox, "key").await.fence() > fence);
}

#[tokio::test]
async fn fencing_tokens_grow_even_if_the_server_forgot_them() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let inbox = inbox(&server);
    let before = first(&inbox, "key").await;
    server.command(&["FLUSHALL"]);
    assert!(is_lost(before.done().await), "the server has forgotten the lease");
    let after = first(&inbox, "key").await;
    assert!(after.fence() > before.fence());
    assert!(is_lost(before.done().await));
    after.done().await.unwrap();
}

#[tokio::test]
async fn marks_are_kept_for_the_set_time_and_can_be_deleted() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let inbox = inbox(&server).lease(Duration::from_millis(50)).keep(Duration::from_millis(300));
    first(&inbox, "key").await.done().await.unwrap();
    assert!(is_done(&inbox, "key").await);
    tokio::time::sleep(Duration::from_millis(350)).await;
    first(&inbox, "key").await.done().await.unwrap();
    assert!(inbox.forget("key").await.unwrap());
    assert!(!inbox.forget("key").await.unwrap());
    drop(first(&inbox, "key").await);
    let stored = server.command(&["KEYS", "*"]);
    assert!(!stored.contains("key"), "the key itself is stored: {stored}");
}

#[tokio::test]
async fn a_server_that_does_not_respond_delays_a_call_until_the_timeout() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let metrics = Arc::new(Metrics::default());
    let inbox = inbox(&server).store_timeout(Duration::from_millis(200));
    let inbox = inbox.observer(Arc::clone(&metrics) as _);
    let delivery = first(&inbox, "key").await;
    server.signal("STOP");
    let started = Instant::now();
    assert!(inbox.begin("another").await.is_err());
    assert!(matches!(delivery.done().await, Err(LeaseError::Store(_))));
    let took = started.elapsed();
    server.signal("CONT");
    assert!(took < Duration::from_secs(1), "{took:?}");
    delivery.done().await.unwrap();
    let text = metrics.text();
    let failed =
        "mileston_fleet_store_errors_total{db_system_name=\"redis\",error_type=\"timeout\"} 2";
    assert!(text.contains(failed), "{text}");
}

/// The environment variable that passes the server's URL to `a_process_that_begins_a_delivery`.
const SERVER: &str = "MILESTON_FLEET_TEST_REDIS";

/// Not a test: the process that the next test kills.
#[tokio::test]
#[ignore = "runs in a process that `a_delivery_can_be_processed_again_after_its_process_was_killed` starts"]
async fn a_process_that_begins_a_delivery() {
    let Some(url) = std::env::var_os(SERVER) else { return };
    let inbox = RedisInbox::new(connect(url.to_str().unwrap()).unwrap()).lease(LEASE);
    let delivery = first(&inbox, "key").await;
    println!("fence {}", delivery.fence());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn a_delivery_can_be_processed_again_after_its_process_was_killed() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "redis_inbox::a_process_that_begins_a_delivery"])
        .args(["--ignored", "--nocapture"])
        .env(SERVER, server.url())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let fence = lines.map_while(Result::ok).find_map(|line| {
        // The test harness may print something before this on the same line.
        line.split("fence ").nth(1)?.trim().parse::<u64>().ok()
    });
    let inbox = inbox(&server);
    let was_running = is_running(&inbox, "key").await;
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(was_running, "the other process has the lease");
    tokio::time::sleep(LEASE).await;
    let next = first(&inbox, "key").await;
    assert!(next.fence() > fence.unwrap());
    next.done().await.unwrap();
}

#[tokio::test]
async fn twenty_processes_at_once_get_one_lease() {
    let Some(server) = Server::start("redis_inbox") else { return };
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let inbox = inbox(&server);
            tokio::spawn(async move {
                let mut count = 0;
                for key in 0..20 {
                    if let Claim::First(delivery) = inbox.begin(&format!("{key}")).await.unwrap() {
                        delivery.done().await.unwrap();
                        count += 1;
                    }
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.unwrap();
    }
    assert_eq!(count, 20);
}
