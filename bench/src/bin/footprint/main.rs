//! Measures how soon the sandbox is ready, and how much memory it uses with many records:
//! `cargo run --release -p mileston-bench --bin footprint`.

mod memory;
mod start;

use std::process::ExitCode;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::program::{Binary, Folder};
use mileston_bench::{Failure, statistics};

const HELP: &str = "\
Measures how soon the sandbox is ready, and how much memory it uses with many payment links. Prints tables for
docs/performance.md. Needs Linux.

Options:
  --links <N>  how many payment links to create [100000]
";

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    if start::wanted() {
        return start::many();
    }
    let mut links = 100_000;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("links") => links = parser.value()?.parse()?,
            Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let (binary, folder) = (Binary::build()?, Folder::make()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let file = folder.file("full.db");
    println!("{links} payment links.\n");
    runtime.block_on(memory::measure(&binary, &file, links))?;
    println!();
    start::measure(&binary, &folder, &file)?;
    println!("\nLoad average at the end: {}", statistics::load_average());
    Ok(())
}
