//! Reads the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt as _};

/// The text that `--help` prints.
pub(crate) const HELP: &str = "\
Builds a Rust frontend into a folder that a web server can serve.

Usage:
  wasm-build build <FOLDER> [OPTIONS]
  wasm-build serve <FOLDER> [OPTIONS] [--port <N>]
  wasm-build cargo <ARGUMENTS>

Commands:
  build  build the package in the folder and print its files and their sizes
  serve  do the same, and serve the folder on 127.0.0.1. Environment variables set the `<meta name=\"mileston-…\">`
         tags in index.html: MILESTON_CHECKOUT_KEY sets mileston-checkout-key, and so on;
         MILESTON_URL sets mileston-origin
  cargo  run cargo for wasm32-unknown-unknown in the current folder, e.g. `wasm-build cargo check`

Options:
      --profile <NAME>   cargo profile [frontend]
      --features <LIST>  features of the package, separated by commas
      --no-wasm-opt      don't run wasm-opt, which makes the module smaller but takes a few seconds and needs Node.js
      --small-std        optimise std for size, to measure how much smaller the module gets; this needs the system's
                         Rust, not rustup's
      --port <N>         port to serve on [8000]
  -h, --help             print this help
";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print the help.
    Help,
    /// Build a frontend, and serve it if requested.
    Frontend(What),
    /// Run cargo with these arguments.
    Cargo(Vec<OsString>),
}

/// A frontend to build.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct What {
    pub(crate) folder: PathBuf,
    pub(crate) profile: String,
    pub(crate) features: Vec<String>,
    pub(crate) optimised: bool,
    pub(crate) small_std: bool,
    /// The port to serve the frontend on, if requested.
    pub(crate) port: Option<u16>,
}

pub(crate) fn read(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(Value(name)) => match name.to_str() {
            Some("build") => frontend(parser, None),
            Some("serve") => frontend(parser, Some(8000)),
            Some("cargo") => Ok(Command::Cargo(parser.raw_args()?.collect())),
            _ => Err(Value(name).unexpected()),
        },
        Some(other) => Err(other.unexpected()),
        None => Err("no command given".into()),
    }
}

fn frontend(mut parser: lexopt::Parser, mut port: Option<u16>) -> Result<Command, lexopt::Error> {
    let (mut folder, mut features) = (None, Vec::new());
    let (mut profile, mut optimised, mut small_std) = ("frontend".to_owned(), true, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Value(value) if folder.is_none() => folder = Some(PathBuf::from(value)),
            Long("profile") => profile = parser.value()?.string()?,
            Long("features") => {
                let list = parser.value()?.string()?;
                features.extend(list.split(',').map(str::to_owned));
            }
            Long("no-wasm-opt") => optimised = false,
            Long("small-std") => small_std = true,
            Long("port") if port.is_some() => port = Some(parser.value()?.parse()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    let folder = folder.ok_or("no folder given")?;
    Ok(Command::Frontend(What { folder, profile, features, optimised, small_std, port }))
}

/// Returns the environment variable for a `<meta>` tag with this name. Only tags whose name starts with `mileston-`
/// have a variable, because a variable such as `DESCRIPTION` may be set for a different purpose. The sandbox prints its
/// settings as variables with the same names.
pub(crate) fn variable(meta: &str) -> Option<String> {
    match meta {
        "mileston-origin" => Some("MILESTON_URL".to_owned()),
        _ => meta.starts_with("mileston-").then(|| meta.to_uppercase().replace('-', "_")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        let arguments = std::iter::once("wasm-build").chain(line.split_whitespace());
        read(lexopt::Parser::from_iter(arguments)).map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_read() {
        let plain = || What {
            folder: "page".into(),
            profile: "frontend".to_owned(),
            features: Vec::new(),
            optimised: true,
            small_std: false,
            port: None,
        };
        for (line, expected) in [
            ("build page", plain()),
            ("serve page", What { port: Some(8000), ..plain() }),
            ("serve --port 0 page", What { port: Some(0), ..plain() }),
            (
                "build page --profile dev --features a,b --no-wasm-opt --small-std",
                What {
                    profile: "dev".to_owned(),
                    features: vec!["a".to_owned(), "b".to_owned()],
                    optimised: false,
                    small_std: true,
                    ..plain()
                },
            ),
        ] {
            assert_eq!(parse(line), Ok(Command::Frontend(expected)), "{line}");
        }
        let check = ["check".into(), "--lib".into()].into();
        assert_eq!(parse("cargo check --lib"), Ok(Command::Cargo(check)));
        assert_eq!(parse("build --help"), Ok(Command::Help));
    }

    #[test]
    fn unknown_arguments_are_rejected() {
        for (line, expected) in [
            ("", "no command given"),
            ("bild", "unexpected argument \"bild\""),
            ("build", "no folder given"),
            ("build page other", "unexpected argument \"other\""),
            ("build page --port 1", "invalid option '--port'"),
        ] {
            assert_eq!(parse(line), Err(expected.to_owned()), "{line}");
        }
    }

    #[test]
    fn only_our_own_tags_have_a_variable() {
        let key = variable("mileston-checkout-key");
        assert_eq!(key.as_deref(), Some("MILESTON_CHECKOUT_KEY"));
        assert_eq!(variable("mileston-origin").as_deref(), Some("MILESTON_URL"));
        assert_eq!(variable("description"), None);
    }
}
