//! Reads JSON, and keeps track of the position.

use serde::de::IgnoredAny;

use super::problem::{Problem, ReadError};
use crate::json::escapes::decoded;
use crate::json::skim::{Step, blank, string_end};

/// The maximum nesting depth, which is the same as in `serde_json`.
const DEEPEST: u8 = 127;

/// Observes which structs and fields are read, from the top level down to the first list or map.
pub(crate) trait Notice {
    /// Reports that the value at the top level is read as a struct.
    fn top_struct(&mut self, name: &'static str, fields: &'static [&'static str]);

    /// Returns what a field with this name means. `depth` is 0 at the top level, and `fields` are the fields of the
    /// type.
    fn field(&mut self, name: &str, depth: u8, fields: &'static [&'static str]) -> Field;

    /// Reports the value of a field that says whether the call succeeded. `written` begins with this value.
    fn telling_value(&mut self, field: Field, written: &str);

    /// Reports that a field of a record has a value that is neither a struct nor `null`.
    fn something(&mut self);
}

/// What the name of a field says about its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Status,
    Flag,
    Record,
    Other,
}

/// JSON text, and the position up to which it was read.
pub(crate) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: u8,
    /// The path to the value that is being read. After an error, it is the path to the value that can't be read.
    pub(super) path: Vec<Segment>,
    pub(super) notice: Option<&'a mut dyn Notice>,
}

/// A step on the path to a value.
#[derive(Clone, Copy)]
pub(super) enum Segment {
    /// Where the key begins.
    Key(usize),
    Index(usize),
}

/// Why and where JSON can't be read.
#[derive(Debug)]
pub struct Failure {
    /// The path, e.g. `books[0].price`. `.` is the complete text.
    pub(crate) path: String,
    pub(crate) problem: Problem,
    pub(in crate::json) steps: Vec<Step>,
    /// The line and column, both counted from 1.
    position: (usize, usize),
}

/// A value that hasn't been read yet.
pub(crate) struct At<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    /// The number of structs that contain the value, or `None` if its fields aren't reported.
    pub(super) level: Option<u8>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, notice: Option<&'a mut dyn Notice>) -> Self {
        Reader { text, at: 0, depth: 0, path: Vec::new(), notice }
    }

    /// Returns the value at the top level, which hasn't been read yet.
    pub(crate) fn value(&mut self) -> At<'_, 'a> {
        let level = self.notice.is_some().then_some(0);
        At { reader: self, level }
    }

    /// Checks that nothing follows the value.
    pub(crate) fn end(&mut self) -> Result<(), ReadError> {
        match blank(self.text.as_bytes(), self.at) == self.text.len() {
            true => Ok(()),
            false => Err(ReadError::malformed()),
        }
    }

    #[cold]
    pub(super) fn failure(self, error: ReadError) -> Failure {
        let steps: Vec<Step> = self.path.iter().map(|segment| self.step(*segment)).collect();
        let mut problem = error.problem();
        let is_malformed = matches!(problem, Problem::Malformed(_));
        // If the value at the top level has the wrong type, the text may also have been cut off. In that case, the cut
        // is reported instead, unless `notice` observes the fields.
        let may_be_cut = self.notice.is_none() && steps.is_empty();
        if is_malformed || (may_be_cut && matches!(problem, Problem::Mismatch { .. })) {
            match serde_json::from_str::<IgnoredAny>(self.text) {
                Err(error) => problem = Problem::Malformed(Some(error)),
                // The text is JSON, so the cause is a type that didn't read one of its values completely.
                Ok(IgnoredAny) if is_malformed => problem = Problem::Other { wants_text: false },
                Ok(IgnoredAny) => {}
            }
        }
        let position = match &problem {
            Problem::Malformed(Some(error)) => (error.line(), error.column()),
            _ => self.position(),
        };
        Failure { path: Step::written(&steps), problem, steps, position }
    }

    fn position(&self) -> (usize, usize) {
        let read = self.text.get(..self.at).unwrap_or_default();
        let line = read.rsplit('\n').next().unwrap_or_default();
        (read.split('\n').count(), line.len().max(1))
    }

    fn step(&self, segment: Segment) -> Step {
        match segment {
            Segment::Index(index) => Step::Index(index),
            Segment::Key(start) => {
                let end = string_end(self.text.as_bytes(), start).unwrap_or(start);
                let quoted = self.text.get(start..end).unwrap_or_default();
                Step::Key(decoded(quoted).map(String::from).unwrap_or_default())
            }
        }
    }

    /// Returns the next byte that isn't whitespace.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<u8, ReadError> {
        self.at = blank(self.text.as_bytes(), self.at);
        self.text.as_bytes().get(self.at).copied().ok_or_else(ReadError::malformed)
    }

    /// Skips this byte.
    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.peek()? != byte {
            return Err(ReadError::malformed());
        }
        self.at += 1;
        Ok(())
    }

    /// Skips a value of any kind and returns it as written.
    pub(super) fn skip(&mut self) -> Result<&'a str, ReadError> {
        self.peek()?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        let Some(Ok(IgnoredAny)) = values.next() else { return Err(ReadError::malformed()) };
        let end = values.byte_offset();
        self.at += end;
        Ok(rest.get(..end).unwrap_or_default())
    }

    /// Starts to read a list or an object.
    #[inline]
    pub(super) fn enter(&mut self) -> Result<(), ReadError> {
        if self.depth == DEEPEST {
            return Err(Problem::TooDeep.into());
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Returns the first byte of the next item, or `None` after the last one. In the latter case, the closing bracket
    /// comes next.
    #[inline]
    pub(super) fn next_item(&mut self, close: u8, first: bool) -> Result<Option<u8>, ReadError> {
        match self.peek()? {
            byte if byte == close => Ok(None),
            byte if first => Ok(Some(byte)),
            b',' => {
                self.at += 1;
                match self.peek()? {
                    byte if byte == close => Err(ReadError::malformed()),
                    byte => Ok(Some(byte)),
                }
            }
            _ => Err(ReadError::malformed()),
        }
    }

    /// Ends a list or an object. All of its items have been read, unless the type expects fewer.
    #[inline]
    pub(super) fn leave(&mut self, close: u8) -> Result<(), ReadError> {
        self.take(close)?;
        self.depth -= 1;
        Ok(())
    }

    /// Starts to read a value in the list or object whose path has this length.
    #[inline]
    pub(super) fn step_into(&mut self, length: usize, segment: Segment) {
        self.path.truncate(length);
        self.path.push(segment);
    }
}

impl Failure {
    /// Creates a failure whose cause is unknown.
    pub(in crate::json) fn unknown() -> Self {
        let (path, steps) = (Step::written(&[]), Vec::new());
        let problem = Problem::Other { wants_text: false };
        Failure { path, steps, problem, position: (1, 1) }
    }

    /// Returns the same problem, but with the path of the complete text (`.`).
    pub(crate) fn of_whole(self) -> Self {
        Failure { path: Step::written(&[]), steps: Vec::new(), ..self }
    }

    /// Returns the line and the column, both counted from 1, where the text stops matching.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        self.position
    }
}
