//! Measures the shared rate limit: how long an admission takes, and how much CPU time the Redis server uses.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mileston_api::catalogue::GET_INVOICE;
use mileston_api::{Admission, Ask, Governor as _};
use mileston_bench::Failure;
use mileston_fleet::{SharedRateLimit, connect};
use redis::aio::ConnectionManager;
use tools::servers::Servers;

use crate::p50;

const ROUNDS: usize = 200;
const CALLS: usize = 100;
/// The number of tasks that request admissions at the same time while the server's CPU time is measured.
const AT_ONCE: usize = 64;

type Limit = SharedRateLimit<ConnectionManager>;

pub(crate) async fn measure(servers: &Servers) -> Result<(), Failure> {
    let mut connection = connect(servers.redis_url())?;
    // Three windows like the documented ones, but so short that requests practically never wait.
    let limit = SharedRateLimit::builder(connection.clone(), "Mileston_TEST_fake0123", 1)
        .quota(100, Duration::from_micros(100))
        .quota(1_000, Duration::from_millis(1))
        .quota(10_000, Duration::from_millis(10))
        .build();
    let limit = Arc::new(limit);
    for _ in 0..12_000 {
        admit(&limit).await?;
    }
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for _ in 0..CALLS {
            let started = Instant::now();
            redis::cmd("INCR").arg("counter").exec_async(&mut connection).await?;
            bare.push(nanoseconds(started));
        }
        for _ in 0..CALLS {
            let started = Instant::now();
            admit(&limit).await?;
            ours.push(nanoseconds(started));
        }
    }
    let (bare, ours) = (p50(&mut bare), p50(&mut ours));
    println!("| `INCR`, p50 | {bare:.1} µs | |");
    println!("| admission, p50 | {ours:.1} µs, {:.2} × `INCR` | 1.5 × |", ours / bare);
    let (decisions, cpu) = decide_at_once(servers, &limit).await?;
    println!("| decisions per CPU-second of redis-server | {:.0} | 50,000 |", decisions / cpu);
    Ok(())
}

/// Requests admissions for three seconds. Returns the number of decisions, and the server's CPU time in seconds.
async fn decide_at_once(servers: &Servers, limit: &Arc<Limit>) -> Result<(f64, f64), Failure> {
    let (started, before) = (Instant::now(), cpu_time(servers.redis_process())?);
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let limit = Arc::clone(limit);
            tokio::spawn(async move {
                let mut decisions = 0_u32;
                while started.elapsed() < Duration::from_secs(3) {
                    let _ = limit.admit(ask()).get().await;
                    decisions += 1;
                }
                decisions
            })
        })
        .collect();
    let mut decisions = 0;
    for task in tasks {
        decisions += task.await?;
    }
    Ok((f64::from(decisions), cpu_time(servers.redis_process())? - before))
}

async fn admit(limit: &Limit) -> Result<(), Failure> {
    loop {
        match limit.admit(ask()).get().await {
            Admission::Now => return Ok(()),
            // Until the store has counted requests for a whole window, the limit also keeps this process within its
            // share of that window's quota, so it may delay a request.
            Admission::After(wait) => tokio::time::sleep(wait).await,
            other => return Err(format!("not admitted: {other:?}").into()),
        }
    }
}

fn ask() -> Ask {
    Ask::new(&GET_INVOICE, Duration::ZERO)
}

fn nanoseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Returns the CPU time of a process in seconds. Linux counts it in hundredths of a second.
fn cpu_time(process: u32) -> Result<f64, Failure> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let after_name = text.rsplit_once(')').ok_or("/proc/…/stat has an unexpected format")?.1;
    let fields: Vec<&str> = after_name.split_ascii_whitespace().collect();
    let field = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    let (user, system) = field(11).zip(field(12)).ok_or("/proc/…/stat has an unexpected format")?;
    Ok((user + system) / 100.0)
}
