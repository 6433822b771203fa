//! Prints to the terminal. anstream removes colours if the output isn't a terminal.

use std::io::{self, Write as _};

use clap::builder::styling::{AnsiColor, Style};

use crate::diagnostic::plain_line;

const BOLD: Style = Style::new().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

pub(super) fn bold(text: &str) -> String {
    styled(BOLD, text)
}

pub(super) fn warning(text: &str) -> String {
    styled(WARNING, text)
}

pub(super) fn error(text: &str) -> String {
    styled(ERROR, text)
}

fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Puts a string on one line and replaces its control characters. If it is longer than `most`
/// characters, cuts it there and adds an ellipsis.
pub(super) fn brief(text: &str, most: usize) -> String {
    let text = plain_line(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// Quotes an argument for a shell.
pub(super) fn argument(text: &str) -> String {
    let plain = |each: char| each.is_alphanumeric() || "/._-+:,@%=".contains(each);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", plain_line(text).replace('\'', r"'\''"))
}

/// Prints to standard output. A closed pipe, e.g. after `head`, isn't an error.
pub(super) fn print(text: &str) -> io::Result<()> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints to standard error.
pub(super) fn complain(text: &str) {
    // Errors are ignored, because there is no other place to report them.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Returns "1 file" or "2 files".
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::{argument, brief};

    #[test]
    fn arguments_are_quoted_if_a_shell_requires_it() {
        assert_eq!(argument("my-client/src/a.yaml"), "my-client/src/a.yaml");
        assert_eq!(argument("my api.yaml"), "'my api.yaml'");
        assert_eq!(argument("it's"), r"'it'\''s'");
        assert_eq!(argument(""), "''");
        assert_eq!(argument("a\x1b[2J\n"), "'a␛[2J␊'");
    }

    #[test]
    fn long_strings_are_cut_off() {
        assert_eq!(brief("été", 3), "été");
        assert_eq!(brief("été\n", 3), "été…");
        assert_eq!(brief("\x1b[2J", 10), "␛[2J");
    }
}
