//! Measures how many requests per second a sandbox responds to, in memory and with a file:
//! `cargo run --release -p mileston-bench --bin sandbox`.

use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::load::{self, Load, Outcome, Until};
use mileston_bench::program::{Binary, Folder, Program};
use mileston_bench::{Failure, process, statistics};

const HELP: &str = "\
Measures how many requests per second a sandbox responds to, in memory and with a file. Needs Linux.

Options:
  --seconds <N>      how many seconds each measurement takes; a table row needs three [5]
  --connections <N>  how many clients send requests at once [64]
";

/// The target number of reads per second.
const READS: f64 = 10_000.0;
/// The target number of writes per second. Each write is on disk before the response is sent.
const WRITES: f64 = 3_000.0;

struct Options {
    seconds: u64,
    connections: usize,
}

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let Some(options) = options()? else {
        print!("{HELP}");
        return Ok(());
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&options))
}

fn options() -> Result<Option<Options>, Failure> {
    let mut options = Options { seconds: 5, connections: 64 };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("seconds") => options.seconds = parser.value()?.parse()?,
            Long("connections") => options.connections = parser.value()?.parse()?,
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

async fn measure(options: &Options) -> Result<(), Failure> {
    println!(
        "| store | request | per second | µs of the server's CPU | per second per core | \
         p50 ms | p99 ms | p99 ms at half of capacity | p99 ms at half of the target |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let (binary, folder) = (Binary::build()?, Folder::make()?);
    let file = folder.file("sandbox.db");
    for (place, store) in [("memory", None), ("file", Some(&*file))] {
        let program = binary.serve(store)?;
        let created = load::once(&program.address, &program.create()).await?;
        let id = created.pointer("/paymentData/paymentLinkId").and_then(|id| id.as_str());
        let get = program.get(&format!("/payment-link/{}", id.ok_or("a new link has no id")?));
        row(&program, options, [place, "getPaymentLink"], get, READS).await?;
        row(&program, options, [place, "createPaymentLink"], program.create(), WRITES).await?;
        // Request ten of the many links that were just created.
        let list = program.get("/payment-link/?limit=10");
        row(&program, options, [place, "listPaymentLinks, 10"], list, READS).await?;
    }
    println!("\nLoad average at the end: {}", statistics::load_average());
    Ok(())
}

async fn row(
    program: &Program,
    options: &Options,
    [place, name]: [&str; 2],
    request: String,
    aim: f64,
) -> Result<(), Failure> {
    let load = Load {
        address: &program.address,
        request: request.as_bytes(),
        connections: options.connections,
        until: Until::Over(Duration::from_secs(options.seconds)),
    };
    Load { until: Until::Over(Duration::from_secs(1)), ..load }.full().await?;
    let before = process::cpu(program.id())?;
    let full = load.full().await?;
    let cpu = (process::cpu(program.id())? - before) as f64 / 1000.0 / full.count() as f64;
    let half = load.paced(full.rate() / 2.0).await?;
    let half_of_aim = load.paced(aim / 2.0).await?;
    println!(
        "| {place} | {name} | {:.0} | {cpu:.1} | {:.0} | {} | {} | {} | {} |",
        full.rate(),
        1e6 / cpu,
        milliseconds(&full, 0.5),
        milliseconds(&full, 0.99),
        milliseconds(&half, 0.99),
        milliseconds(&half_of_aim, 0.99),
    );
    Ok(())
}

fn milliseconds(outcome: &Outcome, quantile: f64) -> String {
    format!("{:.2}", outcome.quantile(quantile).as_secs_f64() * 1000.0)
}
