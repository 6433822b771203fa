//! Tasks of this workspace: `cargo xtask --help`.

use std::process::ExitCode;

use xtask::codegen::{Mode, codegen};
use xtask::{Failure, Frontend, HELP, bundle, demo, docs, frontend, package, root, test};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["bundle", arguments @ ..] => bundle(&root(), arguments),
        ["codegen"] => codegen(&root(), Mode::Write).map(|done| println!("{done}")),
        ["codegen", "--check"] => codegen(&root(), Mode::Check).map(|done| println!("{done}")),
        ["demo"] => demo(&root()),
        ["docs"] => docs(&root()),
        ["frontend"] => frontend(&root(), Frontend::Build),
        ["frontend", "serve"] => frontend(&root(), Frontend::Serve),
        ["package"] => package(&root()).map(|done| println!("{done}")),
        ["test"] => test(&root()),
        ["--help" | "-h" | "help"] | [_, "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [] => return usage("no task given"),
        other => return usage(&format!("no such task: {}", other.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(&failure),
    }
}

fn report(failure: &Failure) -> ExitCode {
    eprintln!("{failure}");
    ExitCode::FAILURE
}

fn usage(mistake: &str) -> ExitCode {
    eprintln!("error: {mistake}\n\n{HELP}");
    ExitCode::from(2)
}
