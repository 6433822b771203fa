//! Creates many payment links, requests longer and longer lists of them, and reads the sandbox's memory use after each
//! step.

use std::path::Path;

use mileston_bench::load::{Load, Until};
use mileston_bench::program::{Binary, Program};
use mileston_bench::{Failure, process};

/// The length of a typical list. Longer lists have their own rows in the table.
const PAGE: usize = 100;

pub(crate) async fn measure(binary: &Binary, file: &Path, links: usize) -> Result<(), Failure> {
    println!("| store | after | MiB | peak MiB |");
    println!("| --- | --- | --- | --- |");
    for (place, store) in [("file", Some(file)), ("memory", None)] {
        let program = binary.serve(store)?;
        print_row(place, "startup", &program)?;
        ask(&program, &program.create(), 64, links).await?;
        print_row(place, "creating the links", &program)?;
        let lists = links.div_ceil(PAGE);
        ask(&program, &list(&program, PAGE), 1, lists).await?;
        print_row(place, &format!("{lists} lists of {PAGE}"), &program)?;
        ask(&program, &list(&program, PAGE), 64, lists).await?;
        print_row(place, &format!("{lists} lists of {PAGE}, 64 at once"), &program)?;
        for length in [PAGE * 10, PAGE * 100] {
            ask(&program, &list(&program, length), 1, 10).await?;
            print_row(place, &format!("10 lists of {length}"), &program)?;
        }
        ask(&program, &program.get("/payment-link/"), 1, 1).await?;
        print_row(place, "one list of all links", &program)?;
        ask(&program, &program.get("/payment-link/"), 1, 9).await?;
        print_row(place, "9 more lists of all links", &program)?;
    }
    Ok(())
}

fn list(program: &Program, limit: usize) -> String {
    program.get(&format!("/payment-link/?limit={limit}"))
}

async fn ask(
    program: &Program,
    request: &str,
    connections: usize,
    times: usize,
) -> Result<(), Failure> {
    let (address, request, until) = (&*program.address, request.as_bytes(), Until::Times(times));
    Load { address, request, connections, until }.full().await.map(drop)
}

fn print_row(place: &str, after: &str, program: &Program) -> Result<(), Failure> {
    let memory = process::memory(program.id())?;
    println!("| {place} | {after} | {:.1} | {:.1} |", memory.now, memory.most);
    Ok(())
}
