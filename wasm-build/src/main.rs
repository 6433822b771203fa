//! Builds and serves frontends: `cargo run -p wasm-build -- --help`.

mod arguments;

use std::path::Path;
use std::process::ExitCode;

use arguments::{Command, HELP, What};
use wasm_build::{Frontend, Site, Toolchain, meta};

/// The error of a command.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let command = match arguments::read(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Help => print!("{HELP}"),
        Command::Cargo(arguments) => {
            let folder = std::env::current_dir()?;
            let status = Toolchain::find()?.cargo(&folder).args(arguments).status()?;
            return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Frontend(What { folder, profile, features, optimised, small_std, port }) => {
            eprintln!("building {}: the first build takes a few minutes", folder.display());
            let toolchain = if small_std { Toolchain::find_small()? } else { Toolchain::find()? };
            let frontend = Frontend::new(std::path::absolute(folder)?).profile(profile);
            let frontend = features.into_iter().fold(frontend, Frontend::feature);
            let built = frontend.optimised(optimised).progress(true).build(&toolchain)?;
            println!("{}\n\n{built}", built.folder.display());
            if let Some(port) = port {
                serve(&built.folder, port)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn serve(folder: &Path, port: u16) -> Result<(), Failure> {
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap_or_default();
    let mut site = Site::new(folder).port(port);
    for name in meta::names(&page) {
        let Some(variable) = arguments::variable(name) else { continue };
        if let Some(value) = std::env::var_os(&variable) {
            let value = value.into_string().map_err(|_| format!("{variable} isn't UTF-8"))?;
            println!("<meta name=\"{name}\"> is set from {variable}");
            site = site.meta(name, value);
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let server = site.start().await?;
        println!("\n{}  (Ctrl-C stops it)", server.url());
        std::future::pending().await
    })
}
