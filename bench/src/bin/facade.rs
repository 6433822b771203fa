//! Compares the CPU time of a typed call with that of an equivalent hand-written request:
//! `cargo run --release -p mileston-bench --bin facade`.

use std::process::ExitCode;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::server::{self, Server};
use mileston_bench::statistics::median;
use mileston_bench::ways::{Clients, Request, Way};
use mileston_bench::{Failure, cpu};

const HELP: &str = "\
Compares the CPU time of a typed call with that of an equivalent hand-written request.

Options:
  --batches <N>  how many batches for each way of making the request [400]
  --calls <N>    how many calls in a batch [100]
  --assert       fail if a typed call takes more than 1.05 times the CPU time of the hand-written request
  --only <N>     make only the calls of table row N, counted from 0, and don't print the table;
                 bench/instructions uses this to count instructions
";

/// The maximum ratio of a typed call's CPU time to that of the hand-written request. The limit
/// applies to the median over all rounds.
const LIMIT: f64 = 1.05;

/// The number of warm-up calls, which aren't measured.
const WARM_UP: usize = 1000;

struct Options {
    batches: usize,
    calls: usize,
    assert: bool,
    only: Option<usize>,
}

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    if server::is_wanted() {
        return server::serve();
    }
    let Some(options) = options()? else {
        print!("{HELP}");
        return Ok(());
    };
    let server = Server::start()?;
    let clients = Clients::new(server.origin())?;
    if let Some(cell) = options.only {
        let (request, way) = (cell / Way::ALL.len(), cell % Way::ALL.len());
        let request = Request::ALL.get(request).ok_or("--only: the table doesn't have this row")?;
        clients.run(*request, Way::ALL[way], options.calls)?;
        return Ok(());
    }
    println!("| request | way | µs of CPU per call, median | by rounds | by medians | by totals |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut too_slow = Vec::new();
    for request in Request::ALL {
        let times = measure(&clients, request, &options)?;
        let [first, ..] = &times;
        for (way, own) in Way::ALL.into_iter().zip(&times) {
            let by_round = median(own.iter().zip(first).map(|(own, first)| own / first));
            let (middle, total) = (median(own.iter().copied()), own.iter().sum::<f64>());
            println!(
                "| {} | {} | {:.2} | {by_round:.3} | {:.3} | {:.3} |",
                request.name(),
                way.name(),
                middle / options.calls as f64 / 1000.0,
                middle / median(first.iter().copied()),
                total / first.iter().sum::<f64>(),
            );
            if way == Way::Typed && by_round > LIMIT {
                too_slow.push(format!("{}: {by_round:.3}", request.name()));
            }
        }
    }
    if options.assert && !too_slow.is_empty() {
        return Err(format!("above {LIMIT}: {}", too_slow.join(", ")).into());
    }
    Ok(())
}

fn options() -> Result<Option<Options>, Failure> {
    let mut options = Options { batches: 400, calls: 100, assert: false, only: None };
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("batches") => options.batches = parser.value()?.parse()?,
            Long("calls") => options.calls = parser.value()?.parse()?,
            Long("only") => options.only = Some(parser.value()?.parse()?),
            Long("assert") => options.assert = true,
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Some(options))
}

/// Returns the times of the batches in nanoseconds, for each way. Batches with the same index ran in the same round.
///
/// Batches are short, and their order changes from round to round. So changes over time (CPU frequency, other processes)
/// and the contents of the caches after the previous batch affect all ways equally.
fn measure(
    clients: &Clients,
    request: Request,
    options: &Options,
) -> Result<[Vec<f64>; Way::ALL.len()], Failure> {
    let ways = Way::ALL.len();
    for way in Way::ALL {
        clients.run(request, way, WARM_UP)?;
    }
    let mut times = Way::ALL.map(|_| Vec::with_capacity(options.batches));
    for round in 0..options.batches {
        for step in 0..ways {
            let at = match round % 2 {
                0 => (round / 2 + step) % ways,
                _ => (round / 2 + ways - step) % ways,
            };
            let before = cpu::of_this_thread()?;
            clients.run(request, Way::ALL[at], options.calls)?;
            times[at].push((cpu::of_this_thread()? - before) as f64);
        }
    }
    Ok(times)
}
