//! Converts character positions to byte positions. The parser counts characters, and all other code
//! counts bytes.

use super::Span;

/// The distance in characters between the positions whose byte offsets are stored.
const STEP: usize = 16;

/// The byte positions of a document's characters.
pub(super) struct Offsets<'a> {
    body: &'a str,
    shift: usize,
    /// The byte offset of every 16th character. Empty if the text is ASCII.
    bytes: Vec<u32>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(body: &'a str, shift: usize) -> Self {
        let start = |(at, _): (usize, char)| u32::try_from(at).unwrap_or(u32::MAX);
        let bytes = match body.is_ascii() {
            true => Vec::new(),
            false => body.char_indices().step_by(STEP).map(start).collect(),
        };
        Offsets { body, shift, bytes }
    }

    pub(super) fn byte(&self, index: usize) -> usize {
        let at = if self.bytes.is_empty() {
            index
        } else {
            let known = self.bytes.get(index / STEP).map_or(self.body.len(), |&at| at as usize);
            let rest = self.body.get(known..).unwrap_or("");
            let inner = rest.char_indices().nth(index % STEP).map_or(rest.len(), |(at, _)| at);
            known + inner
        };
        self.shift + at.min(self.body.len())
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        Span::new(self.byte(span.start.index()), self.byte(span.end.index()))
    }
}
