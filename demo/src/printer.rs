//! Writes what happens: in colours on a terminal, plain elsewhere, silent once nobody reads any more.

use std::io::{self, ErrorKind, Write};

use crate::wrap::wrap;

/// The columns before what belongs to a step.
const INDENT: usize = 6;

/// How a line looks on a terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Plain,
    Bold,
    Dim,
    Green,
    Yellow,
    Red,
}

/// Writes lines. A failure to write is kept until [`finish`](Printer::finish): the steps go on, since the exit code
/// tells of them.
pub(crate) struct Printer {
    out: Box<dyn Write>,
    failure: Option<io::Error>,
}

impl Printer {
    /// To standard output. Colours are left out unless it is a terminal; `NO_COLOR` and `CLICOLOR_FORCE` decide otherwise.
    pub(crate) fn stdout() -> Self {
        Printer::new(Box::new(anstream::stdout()))
    }

    pub(crate) fn new(out: Box<dyn Write>) -> Self {
        Printer { out, failure: None }
    }

    /// A line at the margin; wraps.
    pub(crate) fn line(&mut self, style: Style, text: &str) {
        self.lines(style, text, 0);
    }

    /// A headline, with space around it.
    pub(crate) fn headline(&mut self, text: &str) {
        self.blank();
        self.line(Style::Bold, text);
        self.blank();
    }

    /// The first line of a step: its number and what it does.
    pub(crate) fn step(&mut self, number: usize, text: &str) {
        self.write(Style::Plain, &format!("{number:>4}  {text}"));
    }

    /// The first line of what is told and not done.
    pub(crate) fn bullet(&mut self, text: &str) {
        self.write(Style::Plain, &format!("   -  {text}"));
    }

    /// A line as it is.
    pub(crate) fn verbatim(&mut self, style: Style, text: &str) {
        self.write(style, text);
    }

    /// More of a step; wraps.
    pub(crate) fn detail(&mut self, style: Style, text: &str) {
        self.lines(style, text, INDENT);
    }

    pub(crate) fn blank(&mut self) {
        self.write(Style::Plain, "");
    }

    /// Whether all was written. That a reader went away, as `head` does, is none of our business.
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

    /// Fails every write in the same way.
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
    fn a_reader_who_went_away_is_fine_and_a_full_disk_is_not() {
        check(ErrorKind::BrokenPipe, None);
        check(ErrorKind::StorageFull, Some(ErrorKind::StorageFull));
    }
}
