//! What is printed. Colour is for terminals alone; anstream removes it elsewhere.

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

/// A text of a document on a part of a line, without characters that steer a terminal.
pub(super) fn brief(text: &str, most: usize) -> String {
    let text = plain_line(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(&text)),
        None => text,
    }
}

/// An argument as a shell reads it.
pub(super) fn argument(text: &str) -> String {
    let plain = |each: char| each.is_alphanumeric() || "/._-+:,@%=".contains(each);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", plain_line(text).replace('\'', r"'\''"))
}

/// Prints to the standard output. Nobody reads the rest if it is closed, e.g. by `head`.
pub(super) fn print(text: &str) -> io::Result<()> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints to the standard error.
pub(super) fn complain(text: &str) {
    // There is no other place to say so.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// "1 file" or "2 files".
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::{argument, brief};

    #[test]
    fn arguments_are_quoted_if_a_shell_needs_it() {
        assert_eq!(argument("my-client/src/a.yaml"), "my-client/src/a.yaml");
        assert_eq!(argument("my api.yaml"), "'my api.yaml'");
        assert_eq!(argument("it's"), r"'it'\''s'");
        assert_eq!(argument(""), "''");
        assert_eq!(argument("a\x1b[2J\n"), "'a␛[2J␊'");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(brief("été", 3), "été");
        assert_eq!(brief("été\n", 3), "été…");
        assert_eq!(brief("\x1b[2J", 10), "␛[2J");
    }
}
