//! Why a command failed, and its exit code.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::text;

/// Why the command failed: a sentence to print.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The command line or an environment variable is invalid.
    Misused(String),
    /// The command failed while it ran.
    Failed(String),
}

/// The prefixes of keys and wallet secrets. They are case-sensitive.
const KEYS: [&str; 3] = ["Mileston_TEST_", "Mileston_LIVE_", "sandboxwalletsecret"];

/// Words with letters and digits are treated as tokens if they are at least this long.
const TOKEN: usize = 16;

impl Failure {
    /// Describes what is wrong with the arguments. Removes keys, because any argument may be a key that the user
    /// pasted.
    pub(super) fn of_arguments(error: &clap::Error) -> Self {
        let problem = error.render().to_string();
        let problem = text::redact(problem.strip_prefix("error: ").unwrap_or(&problem));
        Failure::Misused(without_tokens(problem.trim_end()))
    }

    /// Prints the error, and returns the exit code. If printing fails as well, only the exit code reports the error.
    pub(super) fn report(self) -> ExitCode {
        let (problem, code) = match self {
            // An error message from clap can have several lines.
            Failure::Misused(problem) => (text::lines(&problem).into_owned(), 2),
            Failure::Failed(problem) => (text::plain(&safe(problem)).into_owned(), 1),
        };
        let _ = writeln!(io::stderr(), "mileston-sandbox: {problem}");
        ExitCode::from(code)
    }
}

/// Removes words that may be webhook tokens. A token can have any form, so this function has to guess: it removes words
/// of at least `TOKEN` characters that contain letters and digits, and words that contain the prefix of generated
/// tokens.
fn without_tokens(problem: &str) -> String {
    let is_token = |word: &str| {
        let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
        let is_random = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        word.contains("webhook-token-") || (word.len() >= TOKEN && is_random)
    };
    let mut text = String::with_capacity(problem.len());
    for piece in problem.split_inclusive(|letter: char| letter == '\'' || letter.is_whitespace()) {
        let word = piece.trim_end_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        text.push_str(if is_token(word) { "…" } else { word });
        text.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    text
}

/// Removes keys, because a path can contain a key by mistake. `redact` isn't called on text without a key: it would
/// remove a file name such as `mileston_shop.db`, so a command in the message would no longer work.
fn safe(problem: String) -> String {
    if KEYS.iter().any(|key| problem.contains(key)) { text::redact(&problem) } else { problem }
}

impl From<Box<dyn Error>> for Failure {
    fn from(error: Box<dyn Error>) -> Self {
        Failure::Failed(with_causes(&*error))
    }
}

/// Formats an error and its causes on one line.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command, Parser as _};

    use super::*;
    use crate::Sandbox;
    use crate::cli::arguments::Program;

    #[test]
    fn a_word_that_may_be_a_token_is_removed() {
        for (problem, expected) in [
            ("unexpected argument 'a1b2c3d4e5f6a7b8' found", "unexpected argument '…' found"),
            ("unexpected argument '--webhook-token-abc' found", "unexpected argument '…' found"),
            ("use '-- --webhook-token-abc'\n", "use '-- …'\n"),
            ("a similar argument exists: '--webhooks-adversarial'", ""),
            ("invalid value '65536' for '--port <PORT>'", ""),
            ("unexpected argument 'extra' found", ""),
        ] {
            let expected = if expected.is_empty() { problem } else { expected };
            assert_eq!(without_tokens(problem), expected);
        }
    }

    /// Adds command lines for a command to `lines`, each with the secret in a different position. The command lines are
    /// invalid, because their last argument is unknown.
    fn add(path: &[&str], command: &Command, secret: &str, lines: &mut Vec<Vec<String>>) {
        let mut add_line = |arguments: &[&str]| {
            let all = path.iter().chain(arguments).chain(&["--no-such-flag"]);
            lines.push(all.map(|&word| word.to_owned()).collect());
        };
        add_line(&[secret]);
        add_line(&[&format!("--{secret}")]);
        add_line(&[&format!("-{secret}")]);
        add_line(&["a", "b", "c", secret]);
        add_line(&["--", secret, secret, secret]);
        let is_option = |argument: &&Arg| argument.get_long().is_some();
        for argument in command.get_arguments().filter(is_option) {
            let name = format!("--{}", argument.get_long().unwrap());
            if matches!(argument.get_action(), ArgAction::Set | ArgAction::Append) {
                add_line(&[&name, secret]);
            }
            add_line(&[&format!("{name}={secret}")]);
            add_line(&[&format!("{name}{secret}")]);
        }
        for command in command.get_subcommands() {
            let path = [path, &[command.get_name()]].concat();
            add(&path, command, secret, lines);
        }
    }

    /// If an error repeated a key, the key would appear in build output, where everyone can read it.
    #[tokio::test]
    async fn a_secret_at_any_position_of_any_command_is_not_repeated() {
        let sandbox = Sandbox::start().await.unwrap();
        // The token has the format that a sandbox generates.
        let token = format!("webhook-token-{}", crate::random::letters(40).unwrap());
        let secrets = sandbox.credentials();
        let mut count = 0;
        for secret in [
            secrets.normal_key().expose_secret(),
            secrets.checkout_key().expose_secret(),
            secrets.wallet_secret().expose_secret(),
            &token,
        ] {
            let mut lines = Vec::new();
            add(&["mileston-sandbox"], &crate::cli::command(), secret, &mut lines);
            for line in lines {
                let Err(error) = Program::try_parse_from(&line) else {
                    panic!("{line:?} is valid")
                };
                let Failure::Misused(problem) = Failure::of_arguments(&error) else { panic!() };
                let last = secret.get(secret.len() - 12..).unwrap();
                assert!(!problem.contains(last), "{line:?}: {problem}");
                count += 1;
            }
        }
        assert!(count > 1000, "{count}");
    }
}
