//! Compares the example page with a page that has the vendor's button: what visitors download, and how soon they can use
//! each page. Run this bench with `cargo run --release -p mileston-bench --bin frontend`.

mod button;
mod crates;
mod size;
mod speed;

use std::process::ExitCode;

use lexopt::prelude::{Long, ValueExt as _};
use mileston_bench::{Failure, statistics};
use wasm_build::{Frontend, Toolchain};

const HELP: &str = "\
Measures what visitors of examples/checkout-plain download, how much each crate adds to the download, and how soon visitors
can use the page, compared with a page that has the vendor's button. Prints tables for docs/performance.md. Needs Chromium
and Node.js 20 or later; the first run also needs npm.

Options:
  --loads <N>  how many times each page is loaded [20]
";

/// The folder of the package, relative to the root of the workspace.
const EXAMPLE: &str = "examples/checkout-plain";

fn main() -> ExitCode {
    mileston_bench::end(run())
}

fn run() -> Result<(), Failure> {
    let mut loads = 20;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("loads") => loads = parser.value()?.parse()?,
            Long("help") => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let toolchain = Toolchain::find()?;
    let frontend = Frontend::new(EXAMPLE).progress(true);
    let page = frontend.build(&toolchain)?;
    let small = size::with_small_std(&frontend);
    let named = frontend.name("checkout-plain-names").optimised(false).build(&toolchain)?;
    let button = button::build()?;

    println!("Rust {}\n", toolchain.version());
    size::print(&page, &small, &button);
    println!();
    crates::print(&named)?;
    println!();
    println!("Load average before: {}\n", statistics::load_average());
    speed::print(&page, &button, loads)?;
    println!("\nLoad average at the end: {}", statistics::load_average());
    Ok(())
}
