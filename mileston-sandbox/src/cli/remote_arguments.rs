//! Parses the command line of `trigger`, `logs` and `reset`, which control a running sandbox.

use lexopt::prelude::*;
use mileston_api::reqwest::Url;

use super::arguments::{Command, DEFAULT_PORT};
use super::help;

/// The events that `trigger` accepts, with the platform's names.
const EVENTS: [&str; 3] = ["paymentlink-paid", "invoice-paid", "recurring-paid"];

/// The mistakes that `trigger --mistake` accepts.
const MISTAKES: [&str; 5] = ["wrong-network", "wrong-token", "underpaid", "overpaid", "paid-twice"];

/// A command on a running sandbox.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RemoteOptions {
    pub(super) url: Url,
    /// Whether `--url` was given.
    pub(super) named: bool,
    pub(super) json: bool,
    pub(super) action: RemoteAction,
}

/// The action to run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum RemoteAction {
    Trigger { event: String, id: Option<String>, mistake: Option<String> },
    Logs { follow: bool },
    Reset { yes: bool },
}

/// The options on the command line, before they are checked against the command.
#[derive(Default)]
struct Found {
    url: Option<Url>,
    json: bool,
    follow: bool,
    yes: bool,
    mistake: Option<String>,
    words: Vec<String>,
}

/// Parses the arguments after `trigger`, `logs` or `reset`.
pub(super) fn read(
    command: &'static str,
    mut parser: lexopt::Parser,
) -> Result<Command, lexopt::Error> {
    let mut found = Found::default();
    let room = if command == "trigger" { 2 } else { 0 };
    while let Some(argument) = parser.next()? {
        match (command, argument) {
            (_, Short('h') | Long("help")) => return Ok(Command::HelpOn(help_on(command))),
            (_, Long("url")) => found.url = Some(read_url(&mut parser)?),
            (_, Long("json")) => found.json = true,
            ("logs", Short('f') | Long("follow")) => found.follow = true,
            ("reset", Long("yes")) => found.yes = true,
            ("trigger", Long("mistake")) => found.mistake = Some(mistake(&mut parser)?),
            (_, Value(word)) if found.words.len() < room => found.words.push(word.string()?),
            (_, other) => return Err(other.unexpected()),
        }
    }
    found.into_command(command)
}

impl Found {
    fn into_command(self, command: &str) -> Result<Command, lexopt::Error> {
        let mut words = self.words.into_iter();
        let action = match command {
            "trigger" => RemoteAction::Trigger {
                event: event(words.next())?,
                id: words.next(),
                mistake: self.mistake,
            },
            "logs" => RemoteAction::Logs { follow: self.follow },
            _ => RemoteAction::Reset { yes: self.yes },
        };
        let named = self.url.is_some();
        let url = self.url.map_or_else(default_url, Ok)?;
        Ok(Command::Remote(RemoteOptions { url, named, json: self.json, action }))
    }
}

fn event(word: Option<String>) -> Result<String, lexopt::Error> {
    let events = EVENTS.join(", ");
    match word {
        Some(word) if EVENTS.contains(&word.as_str()) => Ok(word),
        Some(word) => Err(format!("unknown event {word:?}; the events are {events}").into()),
        None => Err(format!("`trigger` requires an event: {events}").into()),
    }
}

fn mistake(parser: &mut lexopt::Parser) -> Result<String, lexopt::Error> {
    let word = parser.value()?.string()?;
    let known = MISTAKES.contains(&word.as_str());
    let mistakes = MISTAKES.join(", ");
    known.then_some(word).ok_or_else(|| format!("--mistake must be one of {mistakes}").into())
}

fn default_url() -> Result<Url, lexopt::Error> {
    parse(&format!("http://127.0.0.1:{DEFAULT_PORT}"))
}

fn read_url(parser: &mut lexopt::Parser) -> Result<Url, lexopt::Error> {
    parse(&parser.value()?.string()?)
}

/// Parses the URL. A sandbox uses plain HTTP and is controlled from this machine only.
fn parse(text: &str) -> Result<Url, lexopt::Error> {
    let url = text.parse::<Url>().ok().filter(is_of_a_sandbox);
    url.ok_or_else(|| {
        format!(
            "--url must be the URL that `serve` printed, such as http://127.0.0.1:{DEFAULT_PORT}"
        )
        .into()
    })
}

/// Returns whether the URL is a local origin without a password or path. Another machine must not get a reset or a
/// payment.
fn is_of_a_sandbox(url: &Url) -> bool {
    let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    here && url.scheme() == "http" && url.as_str() == url.origin().ascii_serialization() + "/"
}

fn help_on(command: &str) -> &'static str {
    match command {
        "trigger" => help::TRIGGER,
        "logs" => help::LOGS,
        _ => help::RESET,
    }
}

#[cfg(test)]
mod tests {
    use super::super::arguments;
    use super::*;

    #[track_caller]
    fn check(arguments: &[&str], url: &str, json: bool, action: RemoteAction) {
        let (url, named) = (url.parse().unwrap(), arguments.contains(&"--url"));
        let read = arguments::read(lexopt::Parser::from_args(arguments)).unwrap();
        assert_eq!(read, Command::Remote(RemoteOptions { url, named, json, action }));
    }

    #[track_caller]
    fn check_refused(arguments: &[&str], expected: &str) {
        let error = arguments::read(lexopt::Parser::from_args(arguments)).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn commands_and_flags_are_parsed() {
        let here = "http://127.0.0.1:7357/";
        check(&["reset"], here, false, RemoteAction::Reset { yes: false });
        check(&["reset", "--yes", "--json"], here, true, RemoteAction::Reset { yes: true });
        check(
            &["reset", "--url", "http://localhost:1"],
            "http://localhost:1/",
            false,
            RemoteAction::Reset { yes: false },
        );
        check(&["logs", "--json", "-f"], here, true, RemoteAction::Logs { follow: true });
        check(&["logs", "--follow"], here, false, RemoteAction::Logs { follow: true });
        let trigger = |id: Option<&str>| RemoteAction::Trigger {
            event: "invoice-paid".to_owned(),
            id: id.map(str::to_owned),
            mistake: None,
        };
        check(&["trigger", "invoice-paid"], here, false, trigger(None));
        check(&["trigger", "invoice-paid", "an-id", "--json"], here, true, trigger(Some("an-id")));
        let wrong = RemoteAction::Trigger {
            event: "paymentlink-paid".to_owned(),
            id: None,
            mistake: Some("wrong-network".to_owned()),
        };
        check(&["trigger", "paymentlink-paid", "--mistake", "wrong-network"], here, false, wrong);
        for (command, text) in
            [("trigger", help::TRIGGER), ("logs", help::LOGS), ("reset", help::RESET)]
        {
            let read = arguments::read(lexopt::Parser::from_args([command, "--help"])).unwrap();
            assert_eq!(read, Command::HelpOn(text));
        }
    }

    #[test]
    fn an_error_names_the_invalid_argument() {
        let events = "paymentlink-paid, invoice-paid, recurring-paid";
        check_refused(&["trigger"], &format!("`trigger` requires an event: {events}"));
        for word in ["paid", "payment", "recurring-payment-paid"] {
            let expected = format!("unknown event {word:?}; the events are {events}");
            check_refused(&["trigger", word], &expected);
        }
        check_refused(&["trigger", "paymentlink-paid", "a", "b"], "unexpected argument \"b\"");
        check_refused(&["trigger", "paymentlink-paid", "--follow"], "invalid option '--follow'");
        check_refused(&["reset", "all"], "unexpected argument \"all\"");
        check_refused(&["logs", "--yes"], "invalid option '--yes'");
        check_refused(
            &["trigger", "paymentlink-paid", "--mistake", "late"],
            "--mistake must be one of wrong-network, wrong-token, underpaid, overpaid, paid-twice",
        );
        let url = "--url must be the URL that `serve` printed, such as http://127.0.0.1:7357";
        for text in [
            "localhost",
            "https://127.0.0.1:7357",
            "http://127.0.0.1:7357/status",
            "http://127.0.0.1:7357/?a",
            "http://name:password@127.0.0.1:7357",
            "http://127.0.0.1:7357@shop.example",
            "http://shop.example:7357",
            "http://127.0.0.1.shop.example",
            "http://192.0.2.1:7357",
            "",
        ] {
            check_refused(&["logs", "--url", text], url);
        }
    }
}
