//! Compares the vendor's SDK in Node.js with the typed client and hand-written requests:
//! `cargo run --release -p mileston-bench --bin node`.

mod calls;
mod process;

use std::process::ExitCode;

use lexopt::prelude::{Long, Value, ValueExt as _};
use mileston_bench::Failure;
use mileston_bench::server::{self, Server};
use mileston_bench::statistics::median;

use process::{Process, Taken};

const HELP: &str = "\
Compares the vendor's SDK in Node.js with the typed client and hand-written requests. Prints a table for
docs/performance.md. Needs Linux and Node.js 20 or later; the first run also needs npm.

Options:
  --rounds <N>  how many rounds; in each round, every client makes a batch of calls [15]
  --calls <N>   how many calls the SDK makes in a batch; the Rust clients make five times as many [1000]
";

/// `GET /payment-link/{id}`
const GET: &str = "getPaymentLink";
/// `POST /invoice/create`
const CREATE: &str = "createInvoice";
/// `POST /user/send-payment`, signed
const SEND: &str = "sendPayment";

const AT_ONCE: [usize; 3] = [1, 16, 256];

/// The number of warm-up calls that each client makes before each table row is measured. Node.js
/// compiles only code that runs often.
const WARM_UP: usize = 3000;

/// The number of calls that the Rust clients make for each call of the SDK. With fewer calls, the Rust clients' batches
/// would be too short to measure.
const MORE: usize = 5;

struct Options {
    rounds: usize,
    calls: usize,
}

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    if server::is_wanted() {
        return server::serve();
    }
    let mut options = Options { rounds: 15, calls: 1000 };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("rounds") => options.rounds = parser.value()?.parse()?,
            Long("calls") => options.calls = parser.value()?.parse()?,
            Value(word) if word == calls::ARGUMENT => {
                let (way, origin) = (parser.value()?.string()?, parser.value()?.string()?);
                return calls::serve(&way, &origin);
            }
            Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let server = Server::start()?;
    let mut clients = [
        Process::node(server.origin())?,
        Process::rust(calls::BY_HAND, server.origin())?,
        Process::rust(calls::TYPED, server.origin())?,
    ];
    compare(&mut clients, &options)
}

fn compare(clients: &mut [Process; 3], options: &Options) -> Result<(), Failure> {
    println!(
        "{}. Medians of {} interleaved rounds of {} calls for the SDK and {} for each of the others.\n",
        clients[0].name,
        options.rounds,
        options.calls,
        options.calls * MORE,
    );
    println!(
        "| request | at once | µs of CPU per call: SDK | hand-written | typed | SDK / typed | typed / hand-written | calls per second: \
         SDK | hand-written | typed |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for operation in [GET, CREATE, SEND] {
        for at_once in AT_ONCE {
            let [sdk, by_hand, typed] = measure(clients, operation, at_once, options)?;
            let micros = |taken: &[Taken]| median(taken.iter().map(|each| each.cpu / 1000.0));
            let rate = |taken: &[Taken]| median(taken.iter().map(|each| 1e9 / each.wall));
            println!(
                "| {operation} | {at_once} | {:.1} | {:.1} | {:.1} | **{:.1}** | **{:.3}** | {:.0} | {:.0} | {:.0} |",
                micros(&sdk),
                micros(&by_hand),
                micros(&typed),
                ratio(&sdk, &typed),
                ratio(&typed, &by_hand),
                rate(&sdk),
                rate(&by_hand),
                rate(&typed),
            );
        }
    }
    Ok(())
}

/// Returns, for each client, the average time of a call in each round. Each round begins with a different client.
fn measure(
    clients: &mut [Process; 3],
    operation: &str,
    at_once: usize,
    options: &Options,
) -> Result<[Vec<Taken>; 3], Failure> {
    for client in clients.iter_mut() {
        client.run(operation, at_once, WARM_UP)?;
    }
    let mut taken = [const { Vec::new() }; 3];
    for round in 0..options.rounds {
        for step in 0..clients.len() {
            let at = (round + step) % clients.len();
            let calls = if at == 0 { options.calls } else { options.calls * MORE };
            taken[at].push(clients[at].run(operation, at_once, calls)?);
        }
    }
    Ok(taken)
}

/// Returns the median CPU time ratio over all rounds.
fn ratio(of: &[Taken], to: &[Taken]) -> f64 {
    median(of.iter().zip(to).map(|(of, to)| of.cpu / to.cpu))
}
