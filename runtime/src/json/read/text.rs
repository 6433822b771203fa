//! Strings.

use std::borrow::Cow;

use super::problem::{Problem, ReadError};
use super::reader::Reader;
use crate::json::escapes::{Undecodable, decoded};

impl<'a> Reader<'a> {
    /// Reads a string, which comes next. It is borrowed unless it contains an escape.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        Ok(decoded(self.quoted()?)?)
    }

    /// Reads a string and returns it as written.
    fn quoted(&mut self) -> Result<&'a str, ReadError> {
        let bytes = self.text.as_bytes();
        let (start, mut at) = (self.at, self.at + 1);
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => at += 2,
                Some(0..0x20) | None => return Err(ReadError::malformed()),
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        self.text.get(start..self.at).ok_or_else(ReadError::malformed)
    }
}

impl From<Undecodable> for ReadError {
    fn from(problem: Undecodable) -> Self {
        match problem {
            Undecodable::Malformed => ReadError::malformed(),
            Undecodable::LoneSurrogate => Problem::Other { wants_text: false }.into(),
        }
    }
}
