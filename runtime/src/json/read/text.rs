//! Reads strings.

use std::borrow::Cow;

use super::problem::{Problem, ReadError};
use super::reader::Reader;
use crate::json::escapes::{Undecodable, decoded};

impl<'a> Reader<'a> {
    /// Reads the string at the current position. The result is borrowed unless the string contains an escape.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let (mut at, mut has_escape) = (plain_end(bytes, start + 1), false);
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escape = true;
                    at = plain_end(bytes, at + 2);
                }
                _ => return Err(ReadError::malformed()),
            }
        }
        self.at = at + 1;
        if has_escape {
            let quoted = self.text.get(start..self.at).ok_or_else(ReadError::malformed)?;
            return Ok(decoded(quoted)?);
        }
        self.text.get(start + 1..at).map(Cow::Borrowed).ok_or_else(ReadError::malformed)
    }
}

/// Returns the position of the next quotation mark, backslash or control character, or the end of the text if there is
/// none.
///
/// Checks eight bytes at a time, because most of a body is text.
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::MAX / 255;
    // This sets the highest bit of each byte that is less than the bound. After the first such byte, the bits
    // may be wrong.
    let below = |word: u64, bound: u64| word.wrapping_sub(EACH * bound) & !word & (EACH << 7);
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*next);
        let is = |byte: u8| below(word ^ (EACH * u64::from(byte)), 1);
        let found = below(word, 0x20) | is(b'"') | is(b'\\');
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let is_plain = |byte: &u8| !matches!(byte, 0..0x20 | b'"' | b'\\');
    while bytes.get(at).is_some_and(is_plain) {
        at += 1;
    }
    at
}

impl From<Undecodable> for ReadError {
    fn from(problem: Undecodable) -> Self {
        match problem {
            Undecodable::Malformed => ReadError::malformed(),
            Undecodable::LoneSurrogate => Problem::Other { wants_text: false }.into(),
        }
    }
}
