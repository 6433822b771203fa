//! Builds the book, or rewrites its links for mdBook's own command: `cargo run -p mileston-book -- --help`.

use std::io::{stdin, stdout};
use std::process::ExitCode;

use mdbook_preprocessor::{Preprocessor as _, parse_input};
use mileston_book::Repository;

/// The text that `--help` prints.
const HELP: &str = "\
Builds the book in docs. Fails if mdBook prints a warning, a link is broken or a picture is out of date.

Usage:
  mileston-book build       build the book and print its path
  mileston-book pictures    draw docs/pictures from the tables in docs/performance.md
  mileston-book preprocess  rewrite links as an mdBook preprocessor; docs/book.toml names this command
  mileston-book --help      print this help
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["build"] => build(),
        ["pictures"] => pictures(),
        ["preprocess"] => preprocess(),
        // mdBook asks whether the preprocessor supports a renderer. This preprocessor supports all
        // renderers.
        ["preprocess", "supports", _] => Ok(()),
        ["--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("error: unknown arguments: {}\n\n{HELP}", arguments.join(" "));
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), Box<dyn std::error::Error>> {
    mileston_book::check_pictures(&tools::workspace())?;
    let out = tools::target().join("book");
    mileston_book::build(&tools::workspace(), &out)?;
    println!("{}", out.join("index.html").display());
    Ok(())
}

fn pictures() -> Result<(), Box<dyn std::error::Error>> {
    for path in mileston_book::draw(&tools::workspace())? {
        println!("{}", path.display());
    }
    Ok(())
}

fn preprocess() -> Result<(), Box<dyn std::error::Error>> {
    let (context, book) = parse_input(stdin())?;
    let book = Repository.run(&context, book)?;
    serde_json::to_writer(stdout(), &book)?;
    Ok(())
}
