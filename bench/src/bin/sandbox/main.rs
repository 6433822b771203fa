//! What a sandbox answers in a second, in memory and from a file: `cargo run --release -p mileston-bench --bin sandbox`.

mod load;
mod program;

use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::Failure;

use load::{Load, Outcome};
use program::{Place, Program};

const HELP: &str = "\
What a sandbox answers in a second, in memory and from a file. Needs Linux.

Options:
  --seconds <N>      how long each row is measured [5]
  --connections <N>  how many clients ask at once [64]
";

struct Options {
    seconds: u64,
    connections: usize,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    if let Some(place) = program::wanted() {
        return program::serve(place);
    }
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
        "| store | request | per second | µs of the server's CPU | per second and core | \
         p50 ms | p99 ms | p99 ms at half the load |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut notes = Vec::new();
    for place in [Place::Memory, Place::File] {
        let program = Program::start(place)?;
        let created = load::once(&program, &program.create()).await?;
        let id = created.pointer("/paymentData/paymentLinkId").and_then(|id| id.as_str());
        let id = id.ok_or("a new payment link has no id")?;
        row(&program, options, "getPaymentLink", program.get(&format!("/payment-link/{id}")))
            .await?;
        row(&program, options, "createPaymentLink", program.create()).await?;
        // Those that were just created are many; ten of them are asked for.
        row(&program, options, "listPaymentLinks, 10", program.get("/payment-link/?limit=10"))
            .await?;
        let (started, memory) = (program.started, program.memory()?);
        let name = place.name();
        notes.push(format!("{name}: ready after {started:.1?}, {memory} MiB at the end"));
    }
    println!("\n{}", notes.join("\n"));
    Ok(())
}

async fn row(
    program: &Program,
    options: &Options,
    name: &str,
    request: String,
) -> Result<(), Failure> {
    let load = Load {
        address: &program.address,
        request: request.as_bytes(),
        connections: options.connections,
        duration: Duration::from_secs(options.seconds),
    };
    load.warm_up().await?;
    let before = program.cpu()?;
    let full = load.full().await?;
    let cpu = (program.cpu()? - before) as f64 / 1000.0 / full.count() as f64;
    let half = load.paced(full.rate() / 2.0).await?;
    println!(
        "| {} | {name} | {:.0} | {cpu:.1} | {:.0} | {} | {} | {} |",
        program.place.name(),
        full.rate(),
        1e6 / cpu,
        milliseconds(&full, 0.5),
        milliseconds(&full, 0.99),
        milliseconds(&half, 0.99),
    );
    Ok(())
}

fn milliseconds(outcome: &Outcome, quantile: f64) -> String {
    format!("{:.2}", outcome.quantile(quantile).as_secs_f64() * 1000.0)
}
