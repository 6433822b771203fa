//! Measures how long a sandbox takes to become ready, as a separate program and in a process with other sandboxes.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use mileston_bench::program::{Binary, Folder};
use mileston_bench::statistics::median;
use mileston_bench::{Failure, process};
use mileston_sandbox::Sandbox;

const TIMES: usize = 11;
const MANY: usize = 200;

/// The argument that makes this binary start many sandboxes.
const ARGUMENT: &str = "many";

pub(crate) fn measure(binary: &Binary, folder: &Folder, full: &Path) -> Result<(), Failure> {
    println!("| ready, median of {TIMES} | ms | min | max |");
    println!("| --- | --- | --- | --- |");
    let mut new = Vec::new();
    for number in 0..TIMES {
        new.push(ready(binary, Some(&folder.file(&format!("new-{number}.db"))))?);
    }
    print_row("the program, with a new file", &new);
    // The previous process was killed, so the sandbox must read a write-ahead log every time it starts.
    let after_a_kill = repeat(|| ready(binary, Some(full)))?;
    print_row("the program, with the full file, after a kill", &after_a_kill);
    print_row("the program, in memory", &repeat(|| ready(binary, None))?);
    // Run this in a separate process, so that earlier measurements don't affect it.
    let status = Command::new(std::env::current_exe()?).arg(ARGUMENT).status()?;
    if status.success() { Ok(()) } else { Err("cannot start many sandboxes in one process".into()) }
}

/// Returns whether this process was run to start many sandboxes.
pub(crate) fn wanted() -> bool {
    std::env::args().nth(1).as_deref() == Some(ARGUMENT)
}

pub(crate) fn many() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let own = std::process::id();
        let (before, begin) = (process::memory(own)?, Instant::now());
        let (mut sandboxes, mut times) = (Vec::new(), Vec::new());
        for _ in 0..MANY {
            let one = Instant::now();
            sandboxes.push(Sandbox::start().await?);
            times.push(one.elapsed().as_secs_f64() * 1000.0);
        }
        let (took, after) = (begin.elapsed(), process::memory(own)?);
        let first = times.get(..TIMES).unwrap_or(&times);
        print_row(&format!("`Sandbox::start`, the first {TIMES} in a process"), first);
        print_row(&format!("`Sandbox::start`, {MANY} in a process"), &times);
        println!(
            "\n{MANY} sandboxes in one process: ready after {took:.0?}, {:.2} MiB and {:.0} threads for each.",
            (after.now - before.now) / MANY as f64,
            (after.threads - before.threads) as f64 / MANY as f64,
        );
        Ok(())
    })
}

fn repeat(mut once: impl FnMut() -> Result<f64, Failure>) -> Result<Vec<f64>, Failure> {
    (0..TIMES).map(|_| once()).collect()
}

/// Returns how many milliseconds the program takes to report that it is ready.
fn ready(binary: &Binary, store: Option<&Path>) -> Result<f64, Failure> {
    Ok(binary.serve(store)?.started.as_secs_f64() * 1000.0)
}

fn print_row(what: &str, times: &[f64]) {
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    println!("| {what} | {:.1} | {least:.1} | {most:.1} |", median(times.iter().copied()));
}
