//! Parses the command line of `keys`.

use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;
use mileston_keys::{BusinessId, KeyKind, ModeName};

use super::arguments::Command;

/// A command on the keys in a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct KeyOptions {
    pub(super) store: PathBuf,
    pub(super) json: bool,
    pub(super) action: KeyAction,
}

/// The action on the keys.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeyAction {
    List,
    Create { business: Option<BusinessId>, kind: KeyKind, mode: ModeName },
    Roll { fingerprint: String, overlap: Duration },
    Revoke { fingerprint: String },
    RollSecret { business: Option<BusinessId> },
}

/// The list of actions for error messages.
const ACTIONS: &str = "`keys` requires one of list, create, roll, revoke, roll-secret";

/// The options on the command line, before the action is known.
#[derive(Default)]
struct Found {
    store: Option<PathBuf>,
    json: bool,
    checkout: bool,
    live: bool,
    business: Option<BusinessId>,
    fingerprint: Option<String>,
    overlap: Option<Duration>,
}

/// Parses the arguments after `keys`.
pub(super) fn read(mut parser: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let action = match parser.next()? {
        Some(Short('h') | Long("help")) => return Ok(Command::Help),
        Some(Value(action)) => action.string()?,
        Some(other) => return Err(other.unexpected()),
        None => return Err(ACTIONS.into()),
    };
    let mut found = Found::default();
    while let Some(argument) = parser.next()? {
        match (action.as_str(), argument) {
            (_, Short('h') | Long("help")) => return Ok(Command::Help),
            (_, Long("store")) => found.store = Some(parser.value()?.into()),
            (_, Long("json")) => found.json = true,
            ("create", Long("checkout")) => found.checkout = true,
            ("create", Long("live")) => found.live = true,
            ("create" | "roll-secret", Long("business")) => {
                found.business = Some(read_business(&mut parser)?)
            }
            ("roll", Long("overlap")) => found.overlap = Some(read_overlap(&mut parser)?),
            ("roll" | "revoke", Value(text)) if found.fingerprint.is_none() => {
                found.fingerprint = Some(text.string()?);
            }
            (_, other) => return Err(other.unexpected()),
        }
    }
    found.into_command(&action)
}

impl Found {
    fn into_command(self, action: &str) -> Result<Command, lexopt::Error> {
        let json = self.json;
        let fingerprint = self.fingerprint.ok_or_else(|| {
            format!("`keys {action}` requires the fingerprint of a key; `keys list` shows it")
        });
        let action = match action {
            "list" => KeyAction::List,
            "create" => KeyAction::Create {
                business: self.business,
                kind: if self.checkout { KeyKind::Checkout } else { KeyKind::Normal },
                mode: if self.live { ModeName::Live } else { ModeName::Test },
            },
            "roll" => KeyAction::Roll {
                fingerprint: fingerprint?,
                overlap: self.overlap.unwrap_or_default(),
            },
            "revoke" => KeyAction::Revoke { fingerprint: fingerprint? },
            "roll-secret" => KeyAction::RollSecret { business: self.business },
            other => return Err(format!("{ACTIONS}, not {other:?}").into()),
        };
        let store = self.store.ok_or("`keys` requires `--store FILE`, the file with the keys")?;
        Ok(Command::Keys(KeyOptions { store, json, action }))
    }
}

fn read_business(parser: &mut lexopt::Parser) -> Result<BusinessId, lexopt::Error> {
    parser.value()?.parse_with(|text| text.parse::<BusinessId>())
}

fn read_overlap(parser: &mut lexopt::Parser) -> Result<Duration, lexopt::Error> {
    let value = parser.value()?;
    let seconds = value.to_str().and_then(|text| text.parse().ok()).map(Duration::from_secs);
    seconds.ok_or_else(|| format!("the overlap must be a number of seconds, not {value:?}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], expected: KeyAction) {
        let arguments = arguments.iter().chain(&["--store", "f"]);
        let read = read(lexopt::Parser::from_args(arguments)).unwrap();
        let expected = KeyOptions { store: "f".into(), json: false, action: expected };
        assert_eq!(read, Command::Keys(expected));
    }

    #[track_caller]
    fn check_refused(arguments: &[&str], expected: &str) {
        let error = read(lexopt::Parser::from_args(arguments)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn actions_are_parsed() {
        let fingerprint = || "0a1b".to_owned();
        check(&["list"], KeyAction::List);
        let (business, kind, mode) = (None, KeyKind::Normal, ModeName::Test);
        check(&["create"], KeyAction::Create { business, kind, mode });
        let (business, kind, mode) = ("b".parse().ok(), KeyKind::Checkout, ModeName::Live);
        let arguments = ["create", "--checkout", "--live", "--business", "b"];
        check(&arguments, KeyAction::Create { business, kind, mode });
        let overlap = Duration::from_secs(60);
        let roll = KeyAction::Roll { fingerprint: fingerprint(), overlap };
        check(&["roll", "0a1b", "--overlap", "60"], roll);
        check(&["roll-secret"], KeyAction::RollSecret { business: None });
        check(&["revoke", "0a1b"], KeyAction::Revoke { fingerprint: fingerprint() });
    }

    #[test]
    fn an_error_names_the_invalid_argument() {
        check_refused(&[], ACTIONS);
        check_refused(&["lst"], &format!("{ACTIONS}, not \"lst\""));
        check_refused(&["list"], "`keys` requires `--store FILE`, the file with the keys");
        let fingerprint = "`keys roll` requires the fingerprint of a key; `keys list` shows it";
        check_refused(&["roll", "--store", "f"], fingerprint);
        check_refused(&["list", "--live"], "invalid option '--live'");
        let overlap = "the overlap must be a number of seconds, not \"1h\"";
        check_refused(&["roll", "0a1b", "--overlap", "1h"], overlap);
    }
}
