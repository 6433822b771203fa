//! Reads JSON text as a type, and reports where it stops matching and why, without quoting a value.
//!
//! `serde_json` reads as well, but not for the types of responses: to know the place of a mismatch, and which fields
//! were there, its deserializer has to be wrapped, and a program has all of that code once more for each type. Here a
//! type costs only what `derive` writes, and nothing is read twice. What isn't JSON is left to `serde_json`, which says
//! why.

mod containers;
mod key;
mod number;
mod problem;
mod text;
mod value;

use std::any::Any;

use serde::de::{DeserializeOwned, IgnoredAny};

pub use self::number::float;
pub(crate) use self::number::is_number;
pub(crate) use self::problem::{Problem, ReadError};
pub(crate) use self::value::At;
use super::escapes::decoded;
use super::skim::{Step, blank, string_end};

/// The nesting depth that is read, the same as `serde_json`'s.
const DEEPEST: u8 = 127;

/// A value of a type that is known elsewhere.
pub(crate) type AnyValue = Box<dyn Any>;

/// Reads a value of a certain type.
pub(crate) type ReadValue = fn(At<'_, '_>) -> Result<AnyValue, ReadError>;

/// Reads a `T`.
pub(crate) fn value_of<T: DeserializeOwned + 'static>(
    at: At<'_, '_>,
) -> Result<AnyValue, ReadError> {
    T::deserialize(at).map(|value| Box::new(value) as AnyValue)
}

/// What is interested in the structs and fields that are read, from the top level on as long as there is no list or map
/// in between.
pub(crate) trait Notice {
    /// The value at the top level is read as a struct.
    fn top_struct(&mut self, name: &'static str, fields: &'static [&'static str]);

    /// Returns what the name of a field says. `depth` is 0 at the top level, and `fields` are those of the type.
    fn field(&mut self, name: &str, depth: u8, fields: &'static [&'static str]) -> Field;

    /// The value of a field that says whether the call succeeded. `written` begins with the value.
    fn telling_value(&mut self, field: Field, written: &str);

    /// A field of a record has a value that isn't an object or `null`.
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

/// A text, and how far it was read.
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
    /// The way to the value that is being read. After an error it stays as it was.
    path: Vec<Segment>,
    notice: Option<&'a mut dyn Notice>,
}

/// A step on the way to a value.
#[derive(Clone, Copy)]
enum Segment {
    /// Where the key begins.
    Key(usize),
    Index(usize),
}

/// Why a text can't be read, and where.
#[derive(Debug)]
pub struct Failure {
    /// E.g. `books[0].price`; `.` is the whole text.
    pub(crate) path: String,
    pub(crate) problem: Problem,
    pub(super) steps: Vec<Step>,
    /// Line and column, both from 1.
    position: (usize, usize),
}

/// Reads a text as a type.
///
/// # Errors
///
/// The text isn't JSON, or a value doesn't match its type.
pub fn read<T: DeserializeOwned + 'static>(text: &str) -> Result<T, Failure> {
    read_all(text, None, value_of::<T>)?.downcast().map(|it| *it).map_err(|_| Failure::unknown())
}

/// Reads all of a text.
pub(crate) fn read_all<'a>(
    text: &'a str,
    notice: Option<&'a mut dyn Notice>,
    read: ReadValue,
) -> Result<AnyValue, Failure> {
    let mut reader = Reader::new(text, notice);
    let value = read(reader.value());
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|error| reader.failure(error))
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, notice: Option<&'a mut dyn Notice>) -> Self {
        Reader { text, at: 0, depth: 0, path: Vec::new(), notice }
    }

    /// Returns the value at the top level, to be read.
    pub(crate) fn value(&mut self) -> At<'_, 'a> {
        let level = self.notice.is_some().then_some(0);
        At { reader: self, level }
    }

    /// Checks that nothing comes after the value.
    pub(crate) fn end(&mut self) -> Result<(), ReadError> {
        match blank(self.text.as_bytes(), self.at) == self.text.len() {
            true => Ok(()),
            false => Err(ReadError::malformed()),
        }
    }

    #[cold]
    fn failure(self, error: ReadError) -> Failure {
        let steps: Vec<Step> = self.path.iter().map(|segment| self.step(*segment)).collect();
        let mut problem = error.problem();
        let is_malformed = matches!(problem, Problem::Malformed(_));
        // A text of the wrong kind may also have been cut, which then takes precedence.
        if is_malformed || (steps.is_empty() && matches!(problem, Problem::Mismatch { .. })) {
            match serde_json::from_str::<IgnoredAny>(self.text) {
                Err(error) => problem = Problem::Malformed(Some(error)),
                // The text is JSON, so it is the value that a type didn't read to its end.
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

    /// Returns the first byte of what comes next.
    fn peek(&mut self) -> Result<u8, ReadError> {
        self.at = blank(self.text.as_bytes(), self.at);
        self.text.as_bytes().get(self.at).copied().ok_or_else(ReadError::malformed)
    }

    /// Skips this byte.
    fn take(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.peek()? != byte {
            return Err(ReadError::malformed());
        }
        self.at += 1;
        Ok(())
    }

    /// Skips a value of any kind and returns it as written.
    fn skip(&mut self) -> Result<&'a str, ReadError> {
        self.peek()?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        let Some(Ok(IgnoredAny)) = values.next() else { return Err(ReadError::malformed()) };
        let end = values.byte_offset();
        self.at += end;
        Ok(rest.get(..end).unwrap_or_default())
    }

    /// Begins a list or an object.
    fn enter(&mut self) -> Result<(), ReadError> {
        if self.depth == DEEPEST {
            return Err(Problem::TooDeep.into());
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Returns whether there is another item before the bracket, which comes next otherwise.
    fn has_more(&mut self, close: u8, first: bool) -> Result<bool, ReadError> {
        match self.peek()? {
            byte if byte == close => Ok(false),
            _ if first => Ok(true),
            b',' => {
                self.at += 1;
                match self.peek()? == close {
                    true => Err(ReadError::malformed()),
                    false => Ok(true),
                }
            }
            _ => Err(ReadError::malformed()),
        }
    }

    /// Ends a list or an object. All its items were read, unless its type has fewer.
    fn leave(&mut self, close: u8) -> Result<(), ReadError> {
        self.take(close)?;
        self.depth -= 1;
        Ok(())
    }

    /// Begins a value in the list or object whose own path has this length.
    fn step_into(&mut self, length: usize, segment: Segment) {
        self.path.truncate(length);
        self.path.push(segment);
    }
}

impl Failure {
    /// Creates a failure of which nothing is known.
    pub(super) fn unknown() -> Self {
        let (path, steps) = (Step::written(&[]), Vec::new());
        let problem = Problem::Other { wants_text: false };
        Failure { path, steps, problem, position: (1, 1) }
    }

    /// Returns the same problem as one of the whole text.
    pub(crate) fn of_whole(self) -> Self {
        Failure { path: Step::written(&[]), steps: Vec::new(), ..self }
    }

    /// Returns the line and the column, both from 1, where the text stops being what was expected.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        self.position
    }
}

#[cfg(test)]
mod tests;
