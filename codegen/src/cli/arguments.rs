//! Defines the command-line arguments.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::screen;
use crate::MissingSecurity;

/// Generate a Rust client from an OpenAPI document. A call with the wrong credential doesn't
/// compile.
///
/// Operations that can't be generated are left out and listed. All other operations are generated.
#[derive(Parser)]
#[command(name = "openapi-keys", version, after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    Generate(Generate),
    Explain(Explain),
}

/// Generate a client for a document.
///
/// Replaces and removes only files that begin with `// @generated`. Other files in the folder are
/// kept.
#[derive(Args)]
#[command(after_help = GENERATE, after_long_help = GENERATE)]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) input: Input,
    /// The folder for the generated module, e.g. my-client/src/generated. With --package, the
    /// folder of the package.
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    /// Make FOLDER a package with this name: add Cargo.toml and src/lib.rs if they are missing.
    #[arg(long, value_name = "NAME")]
    pub(super) package: Option<String>,
    /// Write a JSON report to this file: what was generated, what was left out, and each decision.
    #[arg(long, value_name = "FILE.json")]
    pub(super) report: Option<PathBuf>,
    /// Fail without writing a client if an operation would be left out.
    #[arg(long)]
    pub(super) deny_omitted: bool,
    /// Don't write a client. Fail if the files in the folder are out of date, and list the
    /// differences.
    #[arg(long)]
    pub(super) check: bool,
}

/// Show each decision about a document and each operation left out, with the relevant lines.
#[derive(Args)]
#[command(after_help = EXPLAIN, after_long_help = EXPLAIN)]
pub(super) struct Explain {
    #[command(flatten)]
    pub(super) input: Input,
    /// Show only remarks with this code, e.g. media-type.
    pub(super) code: Option<String>,
}

/// The document and how to read it.
#[derive(Args)]
pub(super) struct Input {
    /// The OpenAPI document, in YAML or JSON. `-` reads standard input.
    pub(super) document: PathBuf,
    /// A TOML file with settings.
    #[arg(long, value_name = "FILE")]
    pub(super) settings: Option<PathBuf>,
    /// What to do with an operation if neither the operation nor the top level of the document has
    /// `security` [default: declared].
    #[arg(long, value_name = "WHAT")]
    pub(super) unsecured: Option<Unsecured>,
}

/// How an operation without `security` is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unsecured {
    /// Like `open` if other operations in the document require credentials, otherwise like
    /// `refuse`.
    Declared,
    /// Anyone may call the operation.
    Open,
    /// The operation is left out.
    Refuse,
}

impl From<Unsecured> for MissingSecurity {
    fn from(unsecured: Unsecured) -> Self {
        match unsecured {
            Unsecured::Declared => MissingSecurity::Declared,
            Unsecured::Open => MissingSecurity::Open,
            Unsecured::Refuse => MissingSecurity::Inherited,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  openapi-keys generate openapi.yaml --out my-client --package my-client
  openapi-keys generate openapi.yaml --out my-client/src/generated
  openapi-keys explain openapi.yaml

Exit codes:
  0  success, even if operations were left out
  1  failure: the document can't be used, files differ (--check), operations were left out (--deny-omitted),
     or a file can't be read or written
  2  the arguments or the settings file are invalid

The command doesn't use the network, and doesn't follow references to other files.";

const GENERATE: &str = "\
Examples:
  A new package:
    openapi-keys generate openapi.yaml --out my-client --package my-client
  A module of an existing package; declare it with `mod generated;`:
    openapi-keys generate openapi.yaml --out my-client/src/generated
  In CI, fail if the files are out of date:
    openapi-keys generate openapi.yaml --out my-client/src/generated --check
  A document without `security`:
    openapi-keys generate openapi.yaml --out my-client/src/generated --unsecured open
  From standard input:
    curl https://api.example/openapi.json | openapi-keys generate - --out my-client/src/generated

The settings file may have these keys:
  unsecured = \"open\" or \"refuse\"        same as --unsecured
  strictness = \"lenient\" or \"strict\"    strict: reject the document instead of leaving operations out
  module = \"crate::generated\"           the path of the generated module
  runtime = \"::openapi_keys_runtime\"    the path of the runtime crate
  command = \"make client\"               the command shown in the generated files
  scoped-schemes = [\"apiKey\"]           non-OAuth schemes that have scopes
  check-constraints = true              check maxLength and so on before sending
  shared-places = \"refused\" or \"alternatives\"
  client-methods = [\"call_at\"]          methods that you add to the client
  credential, authenticator, profile    paths of hand-written code
  [names]                               Rust names of schemes, scopes and requirements
  [formats]                             Rust types of string formats
  [types], [checks], [values]           hand-written code for schemas, bodies and values
  [[bounds]], [[conversions]], [[constructors]], [examples]
docs/settings.md describes them.";

const EXPLAIN: &str = "\
Examples:
  openapi-keys explain openapi.yaml
  openapi-keys explain openapi.yaml media-type
  openapi-keys explain openapi.yaml | less -R";

impl Arguments {
    /// Parses the arguments. Prints the help or the error if there is nothing to run.
    pub(super) fn read(
        arguments: impl IntoIterator<Item = OsString>,
        name: &str,
    ) -> Result<Arguments, ExitCode> {
        let command = Arguments::command().no_binary_name(true).bin_name(name);
        let read = command.try_get_matches_from(arguments);
        read.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
            // If printing fails, there is no other place to report the failure.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        })
    }
}

impl Input {
    /// Returns the arguments as a user would type them, for this or a different subcommand.
    pub(super) fn typed(&self) -> String {
        let mut text = screen::argument(&shown(&self.document));
        if let Some(settings) = &self.settings {
            text.push_str(" --settings ");
            text.push_str(&screen::argument(&shown(settings)));
        }
        match self.unsecured {
            Some(Unsecured::Declared) => text.push_str(" --unsecured declared"),
            Some(Unsecured::Open) => text.push_str(" --unsecured open"),
            Some(Unsecured::Refuse) => text.push_str(" --unsecured refuse"),
            None => {}
        }
        text
    }
}

impl Generate {
    /// Returns the command to show in the generated files, without the options that don't affect
    /// them.
    pub(super) fn command(&self) -> String {
        let out = screen::argument(&shown(&self.out));
        let mut text = format!("openapi-keys generate {} --out {out}", self.input.typed());
        if let Some(package) = &self.package {
            text.push_str(" --package ");
            text.push_str(&screen::argument(package));
        }
        text
    }
}

/// Returns a path in the form that is used in files and messages.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}
