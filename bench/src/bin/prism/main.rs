//! Compares the sandbox with Prism, which serves the same OpenAPI document, for one operation:
//! `cargo run --release -p mileston-bench --bin prism`.

mod prism;

use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::load::{self, Load, Until};
use mileston_bench::program::{Binary, Folder, Program};
use mileston_bench::statistics::{self, median};
use mileston_bench::{Failure, process};

use prism::Prism;

const HELP: &str = "\
Compares how many requests per second the sandbox and Prism handle. Only one server is measured at a time. Prints a table
for docs/performance.md. Needs Linux and Node.js 20 or later; the first run also needs npm.

Options:
  --rounds <N>       how many rounds; each round measures every server in turn [11]
  --seconds <N>      how long each server is measured in a round [2]
  --connections <N>  how many clients send requests concurrently [64]
";

struct Options {
    rounds: usize,
    seconds: u64,
    connections: usize,
}

/// A server to measure.
struct Server {
    name: &'static str,
    process: u32,
    address: String,
    request: String,
}

/// A server's results in one round.
#[derive(Clone, Copy)]
struct Taken {
    rate: f64,
    /// The server's CPU time for each response, in microseconds.
    cpu: f64,
    /// The 99th percentile of the response time, in milliseconds.
    p99: f64,
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
    runtime.block_on(compare(&options))
}

fn options() -> Result<Option<Options>, Failure> {
    let mut options = Options { rounds: 11, seconds: 2, connections: 64 };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("rounds") => options.rounds = parser.value()?.parse()?,
            Long("seconds") => options.seconds = parser.value()?.parse()?,
            Long("connections") => options.connections = parser.value()?.parse()?,
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

async fn compare(options: &Options) -> Result<(), Failure> {
    let (binary, folder) = (Binary::build()?, Folder::make()?);
    let prism = Prism::start()?;
    let memory = binary.serve(None)?;
    let file = binary.serve(Some(&folder.file("sandbox.db")))?;
    println!(
        "{}. Medians of {} rounds of {} seconds each, {} connections, getPaymentLink.\n",
        prism.version, options.rounds, options.seconds, options.connections
    );
    let servers = [
        of_prism(&prism),
        of("sandbox, memory", &memory).await?,
        of("sandbox, file", &file).await?,
    ];
    let rounds = rounds(&servers, options).await?;
    print_table(&servers, &rounds);
    println!("\nLoad average at the end: {}", statistics::load_average());
    Ok(())
}

/// Returns Prism as a server to measure. The request has a made-up key and id: Prism accepts any value and
/// always responds with the example in the OpenAPI document.
fn of_prism(prism: &Prism) -> Server {
    let request = format!(
        "GET /payment-link/example-payment-link-id HTTP/1.1\r\nHost: {}\r\napikey: any\r\nbusinessid: any\r\n\r\n",
        prism.address
    );
    Server { name: "Prism", process: prism.id(), address: prism.address.clone(), request }
}

/// Returns the sandbox as a server to measure, with a payment link that has no URLs. Prism's
/// response is about 150 bytes longer, because the example in the OpenAPI document has three URLs.
async fn of(name: &'static str, program: &Program) -> Result<Server, Failure> {
    let created = load::once(&program.address, &program.create()).await?;
    let id = created.pointer("/paymentData/paymentLinkId").and_then(|id| id.as_str());
    let id = id.ok_or("a new payment link has no id")?;
    let request = program.get(&format!("/payment-link/{id}"));
    Ok(Server { name, process: program.id(), address: program.address.clone(), request })
}

/// Measures all servers in each round. Each round begins with a different server.
async fn rounds(servers: &[Server; 3], options: &Options) -> Result<[Vec<Taken>; 3], Failure> {
    for server in servers {
        server.take(options).await?;
    }
    let mut taken = [const { Vec::new() }; 3];
    for round in 0..options.rounds {
        for step in 0..servers.len() {
            let at = (round + step) % servers.len();
            taken[at].push(servers[at].take(options).await?);
        }
    }
    Ok(taken)
}

impl Server {
    async fn take(&self, options: &Options) -> Result<Taken, Failure> {
        let load = Load {
            address: &self.address,
            request: self.request.as_bytes(),
            connections: options.connections,
            until: Until::Over(Duration::from_secs(options.seconds)),
        };
        let before = process::cpu(self.process)?;
        let outcome = load.full().await?;
        let cpu = (process::cpu(self.process)? - before) as f64 / 1000.0;
        Ok(Taken {
            rate: outcome.rate(),
            cpu: cpu / outcome.count() as f64,
            p99: outcome.quantile(0.99).as_secs_f64() * 1000.0,
        })
    }
}

fn print_table(servers: &[Server; 3], rounds: &[Vec<Taken>; 3]) {
    println!(
        "| server | per second | relative to Prism | µs of CPU per request | CPU relative to Prism | p99 ms |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    let [prism, ..] = rounds;
    for (server, taken) in servers.iter().zip(rounds) {
        let both = || taken.iter().zip(prism);
        println!(
            "| {} | {:.0} | **{:.1}×** | {:.1} | 1/**{:.1}** | {:.1} |",
            server.name,
            median(taken.iter().map(|each| each.rate)),
            median(both().map(|(each, prism)| each.rate / prism.rate)),
            median(taken.iter().map(|each| each.cpu)),
            median(both().map(|(each, prism)| prism.cpu / each.cpu)),
            median(taken.iter().map(|each| each.p99)),
        );
    }
}
