//! Measures what the parts of `mileston-fleet` cost, compared with a bare statement on the same
//! connection: `cargo run --release -p mileston-bench --bin scaling`. The bench needs Linux, Redis
//! and PostgreSQL.

mod limit;
mod writes;

use std::process::ExitCode;

use mileston_bench::Failure;
use mileston_bench::statistics::load_average;
use tools::servers::Servers;

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let servers = Servers::start(&["fsync=off"])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("load average: {}", load_average());
    println!("| what | measured | target |");
    println!("| --- | --- | --- |");
    runtime.block_on(limit::measure(&servers))?;
    runtime.block_on(writes::measure(&servers))?;
    drop(servers);
    // These servers log each statement, so that statements can be counted. Logging takes time, so no times are measured
    // with these servers.
    let servers = Servers::start(&["fsync=off", "log_statement=all"])?;
    runtime.block_on(writes::count(&servers))?;
    println!("load average: {}", load_average());
    Ok(())
}

/// Returns the median in microseconds.
fn p50(nanoseconds: &mut [u64]) -> f64 {
    nanoseconds.sort_unstable();
    let middle = nanoseconds.get(nanoseconds.len() / 2).copied().unwrap_or_default();
    std::time::Duration::from_nanos(middle).as_secs_f64() * 1e6
}
