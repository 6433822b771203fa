//! Where the lines of a text begin, so that finding the line of a byte doesn't read the text.

use std::ops::Range;

/// The lines of one text.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The first byte of each line; the first line begins at 0.
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Lines {
        let others = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(others).collect(), length: text.len() }
    }

    /// The line of a byte, from 0; a byte past the end is in the last one.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line, with its end.
    pub(crate) fn bytes(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.length);
        start..self.starts.get(line + 1).copied().unwrap_or(self.length)
    }

    /// A line without its end.
    pub(crate) fn text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        text.get(self.bytes(line)).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Line and column of a byte of the text, both from 1; columns count characters. A byte past the end is the end.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = boundary(text, offset);
        let line = self.at(offset);
        let before = text.get(self.bytes(line).start..offset).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }
}

/// The byte at which the character begins that a byte is in; past the end, the end.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
