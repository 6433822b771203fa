//! Counts the allocations per call, for typed calls and hand-written requests:
//! `cargo run --release -p mileston-bench --bin allocations`.
//!
//! The counts are the same in each run, regardless of the machine's load.

use std::alloc::System;
use std::process::ExitCode;

use mileston_bench::Failure;
use mileston_bench::server::{self, Server};
use mileston_bench::ways::{Clients, Request, Way};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const CALLS: usize = 2000;

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    if server::is_wanted() {
        return server::serve();
    }
    let server = Server::start()?;
    let clients = Clients::new(server.origin())?;
    println!("| request | way | allocations | reallocations | bytes |");
    println!("| --- | --- | --- | --- | --- |");
    for request in Request::ALL {
        for way in Way::ALL.into_iter().filter(|&way| way != Way::JsonAgain) {
            clients.run(request, way, CALLS)?;
            let region = Region::new(ALLOCATOR);
            clients.run(request, way, CALLS)?;
            let change = region.change();
            let per_call = |count: usize| count as f64 / CALLS as f64;
            println!(
                "| {} | {} | {:.1} | {:.1} | {:.0} |",
                request.name(),
                way.name(),
                per_call(change.allocations),
                per_call(change.reallocations),
                per_call(change.bytes_allocated),
            );
        }
    }
    Ok(())
}
