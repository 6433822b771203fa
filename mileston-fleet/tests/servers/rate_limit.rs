//! Tests a shared rate limit on a real Redis server: how many requests all processes together may send, and what
//! happens if the server fails.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mileston_api::catalogue::GET_INVOICE;
use mileston_api::{Admission, Ask, Governor};
use mileston_fleet::{Event, IfUnavailable, Observer, SharedRateLimit, StoreFailure, connect};
use redis::aio::ConnectionManager;

use crate::redis_server::Server;

/// An obviously fake credential. Each test's server has its own data, so the tests can share the credential.
const KEY: &str = "Mileston_TEST_fake0123";

type Limit = SharedRateLimit<ConnectionManager>;

/// Remembers what was reported.
#[derive(Debug, Default)]
struct Seen(Mutex<Vec<Event>>);

impl Observer for Seen {
    fn event(&self, event: &Event) {
        self.0.lock().unwrap().push(event.clone());
    }
}

impl Seen {
    fn last(&self) -> String {
        format!("{:?}", self.0.lock().unwrap().last().unwrap())
    }

    fn failures(&self) -> usize {
        let seen = self.0.lock().unwrap();
        seen.iter().filter(|event| matches!(event, Event::StoreFailed { .. })).count()
    }
}

fn limit(
    server: &Server,
    quota: (u32, Duration),
    processes: u32,
    policy: IfUnavailable,
) -> (Limit, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let limit = SharedRateLimit::builder(connect(server.url()).unwrap(), KEY, processes)
        .quota(quota.0, quota.1)
        .if_unavailable(policy)
        .observer(Arc::clone(&seen) as Arc<dyn Observer>)
        .build();
    (limit, seen)
}

async fn ask(limit: &Limit, since: Instant) -> Admission {
    limit.admit(Ask::new(&GET_INVOICE, since.elapsed())).get().await
}

/// Repeats the request until it is admitted, and returns the time that has passed since `since`.
async fn admitted(limit: &Limit, since: Instant) -> Duration {
    loop {
        match ask(limit, since).await {
            Admission::Now => return since.elapsed(),
            Admission::After(pause) => tokio::time::sleep(pause).await,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn two_processes_together_stay_within_the_quota_and_use_it() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (quota, window) = (20, Duration::from_millis(500));
    let limits = [1, 2].map(|_| {
        let limit = SharedRateLimit::builder(connect(server.url()).unwrap(), KEY, 1);
        Arc::new(limit.quota(quota, window).margin(0.2).build())
    });
    let since = Instant::now();
    let tasks: Vec<_> = (0..100)
        .map(|number| {
            let limit = Arc::clone(&limits[number % 2]);
            tokio::spawn(async move { admitted(&limit, since).await })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.push(task.await.unwrap());
    }
    times.sort();
    for (first, last) in times.iter().zip(&times[20..]) {
        // The margin is 100 ms, because a response can take a moment on a busy machine.
        assert!(
            *last - *first >= window,
            "{first:?} and {last:?}: 21 requests in less than a window"
        );
    }
    // 100 requests fill five windows, so there are four waits between them.
    let total = *times.last().unwrap();
    assert!(total < window * 7, "the quota isn't fully used: {total:?}");
}

#[tokio::test]
async fn several_quotas_hold_at_once() {
    let Some(server) = Server::start("rate_limit") else { return };
    let limit = SharedRateLimit::builder(connect(server.url()).unwrap(), KEY, 1)
        .quota(2, Duration::from_millis(200))
        .quota(3, Duration::from_secs(60))
        .build();
    let since = Instant::now();
    for _ in 0..3 {
        admitted(&limit, since).await;
    }
    assert!(since.elapsed() >= Duration::from_millis(200));
    let Admission::After(wait) = ask(&limit, since).await else { panic!("admitted") };
    assert!(wait > Duration::from_secs(59), "{wait:?}");
}

#[tokio::test]
async fn after_the_server_forgot_everything_each_process_gets_only_its_share() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (10, Duration::from_secs(3)), 5, IfUnavailable::Refuse);
    let since = Instant::now();
    for number in 0..2 {
        assert_eq!(ask(&limit, since).await, Admission::Now, "{number}");
        assert!(
            seen.last().contains("incomplete: true"),
            "a new list doesn't cover the whole window: {}",
            seen.last()
        );
    }
    assert!(matches!(ask(&limit, since).await, Admission::After(_)), "the share is 2");
    tokio::time::sleep(Duration::from_millis(3_200)).await;
    for number in 0..10 {
        assert_eq!(ask(&limit, since).await, Admission::Now, "{number}");
        assert!(seen.last().contains("incomplete: false"), "{}", seen.last());
    }
    assert!(matches!(ask(&limit, since).await, Admission::After(_)), "the quota is 10");
    server.command(&["FLUSHALL"]);
    // This process used more than its share in the last window, and remembers that.
    assert!(matches!(ask(&limit, since).await, Admission::After(_)));
    assert!(seen.last().contains("incomplete: true"), "{}", seen.last());
}

#[tokio::test]
async fn requests_are_refused_while_the_server_is_down() {
    let Some(mut server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (10, Duration::from_secs(60)), 1, IfUnavailable::Refuse);
    let since = Instant::now();
    assert_eq!(ask(&limit, since).await, Admission::Now);
    // With `appendfsync everysec`, the server writes its file at least once a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    server.kill();
    let started = Instant::now();
    for _ in 0..100 {
        assert!(matches!(ask(&limit, since).await, Admission::Refuse(_)));
    }
    assert!(started.elapsed() < Duration::from_millis(500), "{:?}", started.elapsed());
    assert_eq!(seen.failures(), 1, "the server must not be queried again for a second");
    server.restart();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let mut count = 0;
    while ask(&limit, since).await == Admission::Now {
        count += 1;
    }
    assert_eq!(count, 9, "the request before the failure still counts: {}", seen.last());
}

#[tokio::test]
async fn a_process_keeps_to_its_share_while_the_server_is_down() {
    let Some(mut server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (10, Duration::from_secs(60)), 2, IfUnavailable::LocalShare);
    server.kill();
    let since = Instant::now();
    let mut count = 0;
    while ask(&limit, since).await == Admission::Now {
        assert!(seen.last().contains("AdmittedByShare"), "{}", seen.last());
        count += 1;
    }
    assert_eq!(count, 5);
    assert!(matches!(ask(&limit, since).await, Admission::After(_)));
}

#[tokio::test]
async fn a_server_that_does_not_respond_costs_200_milliseconds_once() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (10, Duration::from_secs(60)), 1, IfUnavailable::Refuse);
    let since = Instant::now();
    assert_eq!(ask(&limit, since).await, Admission::Now);
    server.signal("STOP");
    let started = Instant::now();
    for _ in 0..10 {
        assert!(matches!(ask(&limit, since).await, Admission::Refuse(_)));
    }
    let took = started.elapsed();
    server.signal("CONT");
    assert!(took >= Duration::from_millis(190) && took < Duration::from_millis(900), "{took:?}");
    let events = seen.0.lock().unwrap();
    let timeout = |event: &&Event| {
        matches!(event, Event::StoreFailed { failure: StoreFailure::Timeout(_), .. })
    };
    assert_eq!(events.iter().filter(timeout).count(), 1, "{events:?}");
}

#[tokio::test]
async fn scripts_that_the_server_forgot_are_sent_again() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, _) = limit(&server, (10, Duration::from_secs(60)), 1, IfUnavailable::Refuse);
    let since = Instant::now();
    assert_eq!(ask(&limit, since).await, Admission::Now);
    server.command(&["SCRIPT", "FLUSH"]);
    assert_eq!(ask(&limit, since).await, Admission::Now);
}

/// Returns the name of the only list on the server.
fn the_list(server: &Server) -> String {
    let keys = server.command(&["KEYS", "*"]);
    let name = keys.split('"').nth(1).unwrap_or_default().to_owned();
    assert!(name.starts_with("mileston:{"), "{keys}");
    name
}

#[tokio::test]
async fn a_store_whose_list_has_the_wrong_type_is_treated_as_unavailable() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (10, Duration::from_secs(60)), 1, IfUnavailable::Refuse);
    let since = Instant::now();
    let name = the_list_after(&server, &limit, since).await;
    server.command(&["SET", &name, "text"]);
    assert!(matches!(ask(&limit, since).await, Admission::Refuse(_)));
    assert_eq!(seen.failures(), 1);
}

#[tokio::test]
async fn a_server_whose_clock_went_back_begins_to_count_again() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (4, Duration::from_secs(10)), 2, IfUnavailable::Refuse);
    let since = Instant::now();
    let name = the_list_after(&server, &limit, since).await;
    // Adds four requests that are an hour in the future, as if the clock had gone back by an hour after they arrived.
    let ahead = std::time::SystemTime::now() + Duration::from_secs(3_600);
    let ahead = ahead.duration_since(std::time::UNIX_EPOCH).unwrap().as_micros().to_string();
    for _ in 0..4 {
        server.command(&["LPUSH", &name, &ahead]);
    }
    assert_eq!(ask(&limit, since).await, Admission::Now, "the share of this process is 2");
    assert!(seen.last().contains("incomplete: true"), "{}", seen.last());
    let Admission::After(wait) = ask(&limit, since).await else { panic!("admitted") };
    assert!(wait <= Duration::from_millis(10_200), "{wait:?}");
}

/// Sends one request, and returns the name of the list that the request created.
async fn the_list_after(server: &Server, limit: &Limit, since: Instant) -> String {
    assert_eq!(ask(limit, since).await, Admission::Now);
    the_list(server)
}

#[tokio::test]
async fn the_list_is_trimmed_and_still_counts() {
    let Some(server) = Server::start("rate_limit") else { return };
    let (limit, seen) = limit(&server, (5, Duration::from_millis(1)), 1, IfUnavailable::Refuse);
    let since = Instant::now();
    // One in sixteen admissions trims the list, so 500 admissions trim it many times.
    for _ in 0..500 {
        admitted(&limit, since).await;
    }
    let name = the_list(&server);
    let length = server.command(&["LLEN", &name]);
    let length: u32 = length.trim_matches(|next: char| !next.is_ascii_digit()).parse().unwrap();
    assert!((6..400).contains(&length), "{length}");
    let last = server.command(&["LINDEX", &name, "-1"]);
    assert!(last.contains("\"e1") || last.contains("'e1"), "{last}");
    assert!(seen.last().contains("incomplete: false"), "{}", seen.last());
}
