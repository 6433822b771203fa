//! Starts three copies of a shop with their servers, and shows what they share. Use `shop` as a template for your own
//! service.

mod shop;
mod show;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        [] => show::run(false).await,
        ["--stay"] => show::run(true).await,
        // The program starts itself with this argument, three times.
        ["copy"] => shop::run().await,
        _ => {
            eprintln!("usage: fleet [--stay]");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleet: {error}");
            ExitCode::FAILURE
        }
    }
}
