//! Reads numbers.

use serde::de::Visitor;

use super::problem::{Problem, ReadError};
use super::reader::Reader;
use crate::platform;

/// A number, as one of the kinds that `serde_json` distinguishes.
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl<'a> Reader<'a> {
    /// Reads the number at the current position, and returns it as written.
    pub(super) fn number_text(&mut self) -> Result<&'a str, ReadError> {
        let start = self.at;
        self.skip_byte(b"-");
        if !self.skip_byte(b"0") {
            self.digits()?;
        }
        if self.skip_byte(b".") {
            self.digits()?;
        }
        if self.skip_byte(b"eE") {
            self.skip_byte(b"+-");
            self.digits()?;
        }
        self.text.get(start..self.at).ok_or_else(ReadError::malformed)
    }

    fn skip_byte(&mut self, any_of: &[u8]) -> bool {
        let is_it = self.text.as_bytes().get(self.at).is_some_and(|byte| any_of.contains(byte));
        self.at += usize::from(is_it);
        is_it
    }

    fn digits(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        while self.text.as_bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        match self.at > start {
            true => Ok(()),
            false => Err(ReadError::malformed()),
        }
    }
}

/// Returns the float nearest to a JSON number. Returns `None` if the text isn't a number, or if the number is too large
/// for a float.
#[must_use]
pub fn float(text: &str) -> Option<f64> {
    is_number(text).then(|| platform::float(text)).filter(|number| number.is_finite())
}

/// Returns whether the text is a JSON number.
pub(crate) fn is_number(text: &str) -> bool {
    let mut reader = Reader::new(text, None);
    reader.number_text().is_ok_and(|number| number.len() == text.len())
}

/// Parses the text of a number.
///
/// # Errors
///
/// Returns an error if the number is too large for a float.
pub(super) fn parsed(text: &str) -> Result<Number, ReadError> {
    if let Ok(number) = text.parse() {
        return Ok(Number::Unsigned(number));
    }
    match text.parse() {
        // Minus zero is read as a float.
        Ok(0) | Err(_) => {}
        Ok(number) => return Ok(Number::Signed(number)),
    }
    let number = platform::float(text);
    match number.is_finite() {
        true => Ok(Number::Float(number)),
        false => Err(Problem::Other { wants_text: false }.into()),
    }
}

impl Number {
    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self {
            Number::Unsigned(number) => visitor.visit_u64(number),
            Number::Signed(number) => visitor.visit_i64(number),
            Number::Float(number) => visitor.visit_f64(number),
        }
    }
}
