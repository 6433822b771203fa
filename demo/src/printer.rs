//! Prints the demo's output, in colour on a terminal and as plain text elsewhere.

use std::io::{self, ErrorKind, Write};

use crate::wrap::wrap;

/// The indent of the lines that belong to a step.
const INDENT: usize = 6;

/// The style of a line on a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Plain,
    Bold,
    Dim,
    Green,
    Yellow,
    Red,
}

/// Prints lines. A write error doesn't stop the steps: [`finish`](Printer::finish) returns the error, and the exit code
/// reports it.
pub(crate) struct Printer {
    out: Box<dyn Write>,
    failure: Option<io::Error>,
}

impl Printer {
    /// Creates a printer for standard output. The printer uses colours on a terminal, or anywhere if `CLICOLOR_FORCE`
    /// is set. `NO_COLOR` turns colours off.
    pub(crate) fn stdout() -> Self {
        Printer::new(Box::new(anstream::stdout()))
    }

    pub(crate) fn new(out: Box<dyn Write>) -> Self {
        Printer { out, failure: None }
    }

    /// Prints a line without an indent, wrapped.
    pub(crate) fn line(&mut self, style: Style, text: &str) {
        self.lines(style, text, 0);
    }

    /// Prints a headline, with a blank line before and after it.
    pub(crate) fn headline(&mut self, text: &str) {
        self.blank();
        self.line(Style::Bold, text);
        self.blank();
    }

    /// Prints the first line of a step: its number and what it does.
    pub(crate) fn step(&mut self, number: usize, text: &str) {
        self.write(Style::Plain, &format!("{number:>4}  {text}"));
    }

    /// Prints the first line of an item, with a dash instead of a step number.
    pub(crate) fn bullet(&mut self, text: &str) {
        self.write(Style::Plain, &format!("   -  {text}"));
    }

    /// Prints a line unchanged.
    pub(crate) fn verbatim(&mut self, style: Style, text: &str) {
        self.write(style, text);
    }

    /// Prints another line of a step, wrapped.
    pub(crate) fn detail(&mut self, style: Style, text: &str) {
        self.lines(style, text, INDENT);
    }

    pub(crate) fn blank(&mut self) {
        self.write(Style::Plain, "");
    }

    /// Returns an error if something could not be written. It isn't an error if the reader, such as `head`, closed the
    /// pipe.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        match self.failure.map_or(flushed, Err) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            result => result,
        }
    }

    fn lines(&mut self, style: Style, text: &str, indent: usize) {
        for line in wrap(text, indent) {
            self.write(style, &line);
        }
    }

    fn write(&mut self, style: Style, line: &str) {
        if self.failure.is_some() {
            return;
        }
        let written = match code(style) {
            Some(code) => writeln!(self.out, "\x1b[{code}m{line}\x1b[0m"),
            None => writeln!(self.out, "{line}"),
        };
        self.failure = written.err();
    }
}

fn code(style: Style) -> Option<u8> {
    match style {
        Style::Plain => None,
        Style::Bold => Some(1),
        Style::Dim => Some(2),
        Style::Green => Some(32),
        Style::Yellow => Some(33),
        Style::Red => Some(31),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A writer that fails every write in the same way.
    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[track_caller]
    fn check(kind: ErrorKind, expected: Option<ErrorKind>) {
        let mut printer = Printer::new(Box::new(Broken(kind)));
        printer.headline("one");
        printer.step(1, "two");
        assert_eq!(printer.finish().err().map(|error| error.kind()), expected);
    }

    #[test]
    fn a_closed_pipe_is_ignored_and_a_full_disk_is_not() {
        check(ErrorKind::BrokenPipe, None);
        check(ErrorKind::StorageFull, Some(ErrorKind::StorageFull));
    }
}
