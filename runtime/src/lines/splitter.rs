//! Splits a stream of bytes into JSON values, either one per line or as an RFC 7464 JSON text sequence. Pure.

use std::ops::Range;

/// The byte before each value in an RFC 7464 sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The position of a value in the buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) place: Range<usize>,
    /// Whether the end of the value may be missing. A number that was cut off still looks complete (RFC 7464, section
    /// 2.4).
    pub(super) may_be_cut: bool,
}

/// The error for a value that is larger than the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// The bytes that have arrived: complete values, and the start of the next value.
pub(super) struct Splitter {
    limit: usize,
    buffer: Vec<u8>,
    /// The start of the next value.
    start: usize,
    /// Where the search for the end of the next value continues.
    searched: usize,
    /// Whether the stream is an RFC 7464 sequence, or `None` until the first byte has arrived.
    is_sequence: Option<bool>,
    state: State,
    has_ended: bool,
}

/// The state of the search inside a value. In a sequence, a value may contain line breaks between its members.
#[derive(Clone, Copy, Default)]
struct State {
    depth: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Splitter {
    /// Creates a splitter. `limit` is the maximum number of bytes in a value.
    pub(super) fn new(limit: usize) -> Self {
        Splitter {
            limit,
            buffer: Vec::new(),
            start: 0,
            searched: 0,
            is_sequence: None,
            state: State::default(),
            has_ended: false,
        }
    }

    /// Adds the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Handles the end of the stream. The remaining bytes then count as a value.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
    }

    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    pub(super) fn text(&self, piece: &Piece) -> &[u8] {
        &self.buffer[piece.place.clone()]
    }

    /// Returns the next value, or `None` if it hasn't arrived yet.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, TooLarge> {
        self.skip_blanks();
        let start = self.start;
        let found = self.find_end();
        let end = found.unwrap_or(self.buffer.len());
        if end - start > self.limit {
            return Err(TooLarge);
        }
        if found.is_none() && (!self.has_ended || start == end) {
            self.searched = end;
            return Ok(None);
        }
        let ends_itself = matches!(self.buffer[start..end].last(), Some(b'}' | b']' | b'"'));
        let may_be_cut = self.is_sequence == Some(true)
            && !ends_itself
            && self.buffer.get(end) != Some(&b'\n')
            && !self.buffer[start..end].ends_with(b"\r");
        self.start = end;
        self.searched = end;
        self.state = State::default();
        Ok(Some(Piece { place: start..end, may_be_cut }))
    }

    /// Skips blanks between values.
    fn skip_blanks(&mut self) {
        if self.searched > self.start {
            return;
        }
        while let Some(byte) = self.buffer.get(self.start) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                &RECORD_SEPARATOR if *self.is_sequence.get_or_insert(true) => {}
                _ => {
                    self.is_sequence.get_or_insert(false);
                    break;
                }
            }
            self.start += 1;
        }
        self.searched = self.start;
    }

    fn find_end(&mut self) -> Option<usize> {
        let new = &self.buffer[self.searched..];
        let state = &mut self.state;
        let at = match self.is_sequence {
            Some(true) => new.iter().position(|byte| state.ends_at(*byte)),
            _ => new.iter().position(|byte| *byte == b'\n'),
        };
        at.map(|at| self.searched + at)
    }
}

impl State {
    /// Returns whether a value in a sequence ends before this byte.
    fn ends_at(&mut self, byte: u8) -> bool {
        match byte {
            // A JSON string can't contain a record separator, so a separator in a string means that the value was cut
            // off.
            RECORD_SEPARATOR => return true,
            b'\n' => return self.depth == 0 && !self.in_text,
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' => self.is_escaped = self.in_text,
            b'"' => self.in_text = !self.in_text,
            b'[' | b'{' if !self.in_text => self.depth += 1,
            b']' | b'}' if !self.in_text => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Found = Result<Vec<(String, bool)>, TooLarge>;

    fn split(chunks: &[&[u8]]) -> Found {
        let (mut splitter, mut found) = (Splitter::new(20), Vec::new());
        for chunk in chunks.iter().map(Some).chain([None]) {
            match chunk {
                Some(chunk) => splitter.feed(chunk),
                None => splitter.end(),
            }
            while let Some(piece) = splitter.next()? {
                let text = String::from_utf8_lossy(splitter.text(&piece)).into_owned();
                found.push((text, piece.may_be_cut));
            }
        }
        Ok(found)
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let expected = expected.iter().map(|text| ((*text).to_owned(), false)).collect();
        assert_eq!(split(&[text.as_bytes()]), Ok(expected), "{text:?}");
    }

    #[test]
    fn each_line_is_a_value_and_blank_lines_are_skipped() {
        check("1\n2\n", &["1", "2"]);
        check("1\r\n\n \t\r\n2", &["1\r", "2"]);
        check("{\n}\n", &["{", "}"]);
        check("", &[]);
        check("\n\n", &[]);
    }

    /// Follows RFC 7464: each value is between a record separator and a line feed, and may itself contain line feeds.
    #[test]
    fn sequences_are_read() {
        check("\u{1e}1\n\u{1e}2\n", &["1", "2"]);
        check("\u{1e}{\n \"a\": [\n1]}\n\u{1e}\"x\"\n", &["{\n \"a\": [\n1]}", "\"x\""]);
        check("\u{1e}\"{\\\"[\"\n\u{1e}[]\n", &["\"{\\\"[\"", "[]"]);
        check("\u{1e}\u{1e}\n\u{1e}[]", &["[]"]);
    }

    /// Follows RFC 7464, section 2.4: a number, `true`, `false` or `null` without whitespace after it may have been
    /// cut off.
    #[test]
    fn a_sequence_continues_after_a_value_that_is_cut_off() {
        let found = split(&["\u{1e}{\"a\": \u{1e}12\u{1e}13\n\u{1e}14".as_bytes()]).unwrap();
        let found: Vec<_> = found.iter().map(|(text, is_cut)| (&**text, *is_cut)).collect();
        assert_eq!(found, [("{\"a\": ", true), ("12", true), ("13", false), ("14", true)]);
    }

    #[test]
    fn a_value_has_a_size_limit_even_before_its_end_arrives() {
        let (fits, too_large) = ("x".repeat(20), "x".repeat(21));
        check(&format!("{fits}\n{fits}"), &[&fits, &fits]);
        for text in [format!("1\n{too_large}"), format!("1\n{too_large}\n")] {
            assert_eq!(split(&[text.as_bytes()]), Err(TooLarge), "{text}");
        }
        check(&" ".repeat(50), &[]);
    }

    proptest! {
        #[test]
        fn the_size_of_the_chunks_makes_no_difference(text in "(\u{1e})?[\u{1e}\n\r \"\\\\{}a1]{0,40}", cut in 0..40_usize) {
            let bytes = text.as_bytes();
            let (one, other) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(split(&[one, other]), split(&[bytes]));
        }
    }
}
