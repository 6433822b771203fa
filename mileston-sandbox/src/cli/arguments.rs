//! Parses the command line.

use std::path::PathBuf;

use lexopt::prelude::*;
use mileston_sandbox::Readings;

use super::key_arguments::{self, KeyOptions};
use super::remote_arguments::{self, RemoteOptions};

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    /// The help of one command.
    HelpOn(&'static str),
    Version,
    Serve(Options),
    Keys(KeyOptions),
    Remote(RemoteOptions),
}

/// The options of `serve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) port: u16,
    pub(super) json: bool,
    pub(super) live: bool,
    pub(super) rate_limits: bool,
    pub(super) faults_by_header: bool,
    /// The file for the data; `None` keeps it in memory.
    pub(super) store: Option<PathBuf>,
    /// How the sandbox reads what the vendor leaves open.
    pub(super) readings: Readings,
    /// The seed for ids and addresses; `None` makes them random.
    pub(super) seed: Option<u64>,
    /// Whether webhooks may go to other machines.
    pub(super) webhooks_anywhere: bool,
    /// The seed for faults in webhook deliveries.
    pub(super) webhooks_adversarial: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            port: DEFAULT_PORT,
            json: false,
            live: false,
            rate_limits: false,
            faults_by_header: true,
            store: None,
            readings: Readings::new(),
            seed: None,
            webhooks_anywhere: false,
            webhooks_adversarial: None,
        }
    }
}

/// The default port: easy to remember, and not used by common software.
pub(super) const DEFAULT_PORT: u16 = 7357;

/// The list of commands for error messages.
const COMMANDS: &str = "`serve`, `keys`, `trigger`, `logs` and `reset`";

/// Parses the command line. `--help` and `--version` take precedence over anything after them.
pub(super) fn read(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    match parser.next()? {
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Short('V') | Long("version")) => Ok(Command::Version),
        Some(Value(command)) => match command.to_str() {
            Some("serve") => read_serve(parser),
            Some("keys") => key_arguments::read(parser),
            Some("trigger") => remote_arguments::read("trigger", parser),
            Some("logs") => remote_arguments::read("logs", parser),
            Some("reset") => remote_arguments::read("reset", parser),
            Some("help") => Ok(Command::Help),
            _ => Err(format!("unknown command {command:?}; the commands are {COMMANDS}").into()),
        },
        Some(other) => Err(other.unexpected()),
        None => Err("no command given; `serve` starts a sandbox".into()),
    }
}

fn read_serve(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('p') | Long("port") => options.port = read_port(&mut parser)?,
            Long("json") => options.json = true,
            Long("live") => options.live = true,
            Long("rate-limits") => options.rate_limits = true,
            Long("no-fault-header") => options.faults_by_header = false,
            Long("store") => options.store = Some(parser.value()?.into()),
            Long("seed") => options.seed = Some(read_seed(&mut parser)?),
            Long("wrapped-sub-wallets") => {
                options.readings = options.readings.wrapped_sub_wallets(true);
            }
            Long("own-ids-in-webhooks") => {
                options.readings = options.readings.own_ids_in_webhooks(true);
            }
            Long("webhooks-anywhere") => options.webhooks_anywhere = true,
            Long("webhooks-adversarial") => {
                options.webhooks_adversarial = Some(read_seed(&mut parser)?);
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

fn read_port(parser: &mut lexopt::Parser) -> Result<u16, lexopt::Error> {
    let value = parser.value()?;
    let port = value.to_str().and_then(|text| text.parse().ok());
    port.ok_or_else(|| format!("the port must be a number from 0 to 65535, not {value:?}").into())
}

fn read_seed(parser: &mut lexopt::Parser) -> Result<u64, lexopt::Error> {
    let value = parser.value()?;
    let seed = value.to_str().and_then(|text| text.parse().ok());
    seed.ok_or_else(|| {
        format!("the seed must be a non-negative whole number, not {value:?}").into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: Command) {
        assert_eq!(read(lexopt::Parser::from_args(arguments)).unwrap(), expected);
    }

    #[track_caller]
    fn check_refused(arguments: &[&str], expected: &str) {
        let error = read(lexopt::Parser::from_args(arguments)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    fn serve(port: u16, json: bool, live: bool) -> Command {
        Command::Serve(Options { port, json, live, ..Options::default() })
    }

    #[test]
    fn commands_and_flags_are_parsed() {
        check(&["--help"], Command::Help);
        check(&["help"], Command::Help);
        check(&["serve", "-h"], Command::Help);
        check(&["--version"], Command::Version);
        check(&["serve"], serve(DEFAULT_PORT, false, false));
        check(&["serve", "--port", "0", "--json"], serve(0, true, false));
        check(&["serve", "--live", "-p8080"], serve(8080, false, true));
        check(&["serve", "--port=8080"], serve(8080, false, false));
        let store = Some("sandbox.db".into());
        let stored = Options { store, ..Options::default() };
        check(&["serve", "--store", "sandbox.db"], Command::Serve(stored));
        let strict = Options { rate_limits: true, faults_by_header: false, ..Options::default() };
        check(&["serve", "--rate-limits", "--no-fault-header"], Command::Serve(strict));
        let seeded = Options { seed: Some(7), ..Options::default() };
        check(&["serve", "--seed", "7"], Command::Serve(seeded));
        let readings = Readings::new().wrapped_sub_wallets(true).own_ids_in_webhooks(true);
        let other = Options { readings, ..Options::default() };
        check(&["serve", "--wrapped-sub-wallets", "--own-ids-in-webhooks"], Command::Serve(other));
        let webhooks = Options {
            webhooks_anywhere: true,
            webhooks_adversarial: Some(7),
            ..Options::default()
        };
        let arguments = ["serve", "--webhooks-anywhere", "--webhooks-adversarial", "7"];
        check(&arguments, Command::Serve(webhooks));
    }

    #[test]
    fn an_error_names_the_invalid_argument() {
        check_refused(&[], "no command given; `serve` starts a sandbox");
        let unknown = format!("unknown command \"server\"; the commands are {COMMANDS}");
        check_refused(&["server"], &unknown);
        check_refused(&["serve", "--prot", "1"], "invalid option '--prot'");
        check_refused(&["serve", "--port"], "missing argument for option '--port'");
        check_refused(&["serve", "--store"], "missing argument for option '--store'");
        let range = "the port must be a number from 0 to 65535, not";
        check_refused(&["serve", "--port", "65536"], &format!("{range} \"65536\""));
        check_refused(&["serve", "--port", "x"], &format!("{range} \"x\""));
        check_refused(
            &["serve", "--seed", "-1"],
            "the seed must be a non-negative whole number, not \"-1\"",
        );
        check_refused(&["serve", "extra"], "unexpected argument \"extra\"");
        let seed = "the seed must be a non-negative whole number, not";
        check_refused(&["serve", "--webhooks-adversarial", "-1"], &format!("{seed} \"-1\""));
        check_refused(&["serve", "--json=1"], "unexpected argument for option '--json': \"1\"");
    }
}
