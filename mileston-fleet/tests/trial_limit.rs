//! A trial of the shared rate limit: eight processes with one key call an emulated platform that enforces its limits,
//! while processes and the Redis server are killed.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails at the first unexpected result"
)]

#[path = "trial/log.rs"]
mod log;
#[path = "trial/processes.rs"]
mod processes;
#[path = "trial/random.rs"]
mod random;
#[path = "servers/redis.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod server;

use std::time::{Duration, Instant};

use log::Log;
use mileston_api::{Client, ErrorKind, NormalClient, NormalKey, RateLimit, Test};
use mileston_fleet::{SharedRateLimit, connect};
use mileston_sandbox::{RateLimits, Sandbox};
use processes::{Worker, Workers, is_long};
use serde::{Deserialize, Serialize};
use server::Server;

const PROCESSES: u32 = 8;
const REQUESTS: u32 = 100;

/// Returns the window of the limit, and the margin for it. The long form uses the documented window of a minute and the
/// default margin. The short form is twenty times as fast. Its margin is larger, because the machine's delays stay the
/// same and are a larger part of 3 seconds than of a minute.
fn window() -> (Duration, f64) {
    if is_long() { (Duration::from_secs(60), 0.02) } else { (Duration::from_secs(3), 0.04) }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Settings {
    redis: String,
    sandbox: String,
    business: String,
    key: String,
    shared: bool,
    window: Duration,
    margin: f64,
}

/// The result of a run.
#[derive(Debug)]
struct Seen {
    executed: u32,
    rejected: u32,
    /// The fraction of the quota that was used.
    used: f64,
    kills: usize,
    restarts: u32,
}

/// Lets the processes send as many requests as they are allowed to, for this many windows.
async fn run(server: &mut Server, windows: u32, shared: bool) -> Seen {
    let (window, margin) = window();
    let limits = RateLimits::new(REQUESTS, window);
    let sandbox = Sandbox::builder().rate_limits(limits).start().await.unwrap();
    let settings = Settings {
        redis: server.url(),
        sandbox: sandbox.url().to_owned(),
        business: sandbox.business_id().to_string(),
        key: sandbox.normal_key().expose_secret().to_owned(),
        shared,
        window,
        margin,
    };
    let mut workers = Workers::start(
        if shared { "limit" } else { "no-limit" },
        usize::try_from(PROCESSES).unwrap(),
        &settings,
    );
    let mut log = Log::new(sandbox.url());
    let started = Instant::now();
    while log.count(200) == 0 {
        assert!(started.elapsed() < Duration::from_secs(20), "no request: {:?}", workers.reports());
        tokio::time::sleep(Duration::from_millis(20)).await;
        log.read().await;
    }
    let (first, mut steps, mut restarts) = (Instant::now(), 0_u32, 0);
    while first.elapsed() < window * windows {
        tokio::time::sleep(Duration::from_millis(50)).await;
        log.read().await;
        steps += 1;
        // Kills a process about every two seconds. The window isn't a multiple of this interval, so the kills happen at
        // different moments of a window.
        if steps % 37 == 0 {
            workers.kill_one();
        }
        if steps % 190 == 100 {
            server.kill();
            server.restart();
            restarts += 1;
        }
    }
    log.read().await;
    let unexpected = workers.reports();
    assert!(unexpected.is_empty(), "{unexpected:?}");
    let used = f64::from(log.count(200)) / f64::from(REQUESTS * windows);
    let kills = workers.kills();
    Seen { executed: log.count(200), rejected: log.count(429), used, kills, restarts }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_processes_use_the_limit_of_their_key_and_never_exceed_it() {
    let Some(mut server) = Server::start("trial_limit") else { return };
    let windows = if is_long() { 20 } else { 10 };
    let seen = run(&mut server, windows, true).await;
    tools::say(&format!(
        "trial_limit: {windows} windows of {:?}: {} requests executed ({:.1}% of the quota), {} rejected, {} processes \
         killed, Redis killed {} times",
        window().0,
        seen.executed,
        100.0 * seen.used,
        seen.rejected,
        seen.kills,
        seen.restarts
    ));
    assert_eq!(seen.rejected, 0, "{seen:?}");
    assert!(seen.used >= 0.95, "{seen:?}");
    assert!(seen.kills >= 10 && seen.restarts >= 2, "{seen:?}");
}

/// Shows that the trial above would notice a limit that isn't shared.
#[tokio::test(flavor = "multi_thread")]
async fn eight_processes_with_separate_limits_exceed_the_limit_of_their_key() {
    let Some(mut server) = Server::start("trial_limit") else { return };
    let seen = run(&mut server, 1, false).await;
    assert!(seen.rejected > 100, "{seen:?}");
}

/// Not a test: what each process of the trial does.
#[test]
#[ignore = "the trial starts it in other processes"]
fn worker() {
    if let Some(worker) = Worker::of_this_process() {
        tokio::runtime::Runtime::new().unwrap().block_on(send_all_the_time(&worker));
    }
}

async fn send_all_the_time(worker: &Worker<Settings>) {
    let settings = &worker.settings;
    let key: NormalKey<Test> = settings.key.parse().unwrap();
    let builder = Client::builder(key, settings.business.as_str()).unwrap().without_retries();
    let builder = builder.total_timeout(settings.window * 3);
    let builder = if settings.shared {
        let store = connect(settings.redis.as_str()).unwrap();
        let limit = SharedRateLimit::builder(store, &settings.key, PROCESSES);
        builder.governor(limit.quota(REQUESTS, settings.window).margin(settings.margin).build())
    } else {
        builder.governor(RateLimit::new(REQUESTS, settings.window))
    };
    let client = builder.origin(&settings.sandbox).unwrap().build().unwrap();
    tokio::join!(
        send(worker, &client),
        send(worker, &client),
        send(worker, &client),
        send(worker, &client),
    );
}

async fn send(worker: &Worker<Settings>, client: &NormalClient<Test>) {
    loop {
        match client.payment_links().list().limit(1).await {
            Ok(_) => {}
            // The sandbox counts the requests that it rejects.
            Err(error) if error.status().is_some_and(|status| status == 429) => {}
            // Redis is down, so nothing was sent.
            Err(error) if error.kind() == ErrorKind::RateLimited => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => worker.report(&format!("{error:?}")),
        }
    }
}
