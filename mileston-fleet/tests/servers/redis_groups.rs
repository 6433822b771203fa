//! Several Redis servers: a cluster of three nodes, and a master with a replica that takes over.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mileston_api::catalogue::GET_INVOICE;
use mileston_api::{Admission, Ask, Governor};
use mileston_fleet::{Claim, RedisInbox, SentinelConnection, SharedRateLimit};
use redis::aio::ConnectionLike;
use redis::cluster::ClusterClient;

use crate::redis_server::Server;

const MINUTE: Duration = Duration::from_secs(60);

fn free_port() -> String {
    tools::servers::free_port().unwrap().to_string()
}

/// Checks the rate limit and the inbox with ten keys, which are spread over all nodes of a cluster.
async fn check<C: ConnectionLike + Clone + Send + Sync + 'static>(connection: C) {
    let inbox = RedisInbox::new(connection.clone());
    for number in 0..10 {
        let key = format!("Mileston_TEST_fake{number:04}");
        let limit = SharedRateLimit::builder(connection.clone(), &key, 1).quota(3, MINUTE).build();
        for _ in 0..3 {
            let admission = limit.admit(Ask::new(&GET_INVOICE, Duration::ZERO)).get().await;
            assert_eq!(admission, Admission::Now);
        }
        let admission = limit.admit(Ask::new(&GET_INVOICE, Duration::ZERO)).get().await;
        assert!(matches!(admission, Admission::After(_)), "{admission:?}");
        let Claim::First(delivery) = inbox.begin(&key).await.unwrap() else { panic!("{key}") };
        delivery.done().await.unwrap();
        assert!(matches!(inbox.begin(&key).await.unwrap(), Claim::Done));
    }
}

#[tokio::test]
async fn all_parts_work_on_a_cluster() {
    let start = || {
        let bus = free_port();
        Server::start_with("redis_groups", &["--cluster-enabled", "yes", "--cluster-port", &bus])
    };
    let (Some(one), Some(two), Some(three)) = (start(), start(), start()) else { return };
    let nodes = [&one, &two, &three];
    for (node, (from, to)) in nodes.iter().zip([(0, 5_460), (5_461, 10_922), (10_923, 16_383)]) {
        node.command(&["CLUSTER", "ADDSLOTSRANGE", &format!("{from}"), &format!("{to}")]);
    }
    for node in &nodes[1..] {
        let bus = node.command(&["CONFIG", "GET", "cluster-port"]);
        let bus = bus.split('"').nth(3).unwrap().to_owned();
        one.command(&["CLUSTER", "MEET", "127.0.0.1", &node.port().to_string(), &bus]);
    }
    until(|| {
        nodes.iter().all(|node| {
            let info = node.command(&["CLUSTER", "INFO"]);
            info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3")
        })
    })
    .await;
    let client = ClusterClient::new(nodes.map(Server::url).to_vec()).unwrap();
    check(client.get_async_connection().await.unwrap()).await;
    let sizes = nodes.map(|node| node.command(&["DBSIZE"]));
    assert!(!sizes.iter().any(|size| size == "int(0)"), "a node wasn't used: {sizes:?}");
}

/// A running Sentinel. Dropping this value stops it.
struct Sentinel(Child);

impl Drop for Sentinel {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[tokio::test]
async fn all_parts_work_after_a_replica_takes_over() {
    let Some(master) = Server::start("redis_groups") else { return };
    let of_master = master.port().to_string();
    let Some(replica) =
        Server::start_with("redis_groups", &["--replicaof", "127.0.0.1", &of_master])
    else {
        return;
    };
    let port = free_port();
    let settings = replica.folder().join("sentinel.conf");
    std::fs::write(
        &settings,
        format!(
            "port {port}\nbind 127.0.0.1\n\
             sentinel monitor group 127.0.0.1 {of_master} 1\n\
             sentinel down-after-milliseconds group 300\nsentinel failover-timeout group 3000\n"
        ),
    )
    .unwrap();
    let mut sentinel = Command::new(tools::redis_server().unwrap());
    let sentinel = sentinel.arg(&settings).arg("--sentinel").stdout(Stdio::null());
    let _sentinel = Sentinel(sentinel.spawn().unwrap());
    until(|| master.command(&["INFO", "replication"]).contains("state=online")).await;

    let connection = SentinelConnection::new([format!("redis://127.0.0.1:{port}")], "group");
    let connection = connection.unwrap();
    let inbox = RedisInbox::new(connection.clone());
    let first = async || matches!(inbox.begin("before").await, Ok(Claim::First(_)));
    let started = Instant::now();
    while !first().await {
        assert!(started.elapsed() < Duration::from_secs(10), "the Sentinel doesn't respond");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    until(|| replica.command(&["DBSIZE"]) == "int(1)").await;
    // The Sentinel can promote only a replica that it has already found.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    // A suspended master doesn't even close its connections.
    master.signal("STOP");
    let stopped = Instant::now();
    let found = loop {
        match inbox.begin("before").await {
            Ok(found) => break found,
            Err(error) => assert!(stopped.elapsed() < Duration::from_secs(20), "{error:?}"),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert!(matches!(found, Claim::Running { .. }), "the lease was replicated: {found:?}");
    check(connection).await;
}

async fn until(is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(20), "the servers don't find each other");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
