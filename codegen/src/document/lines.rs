//! Lines and columns of bytes, without reading the text again for each.

use std::ops::Range;

/// Bytes from one known column to the next.
const STEP: usize = 1024;

/// The lines of one text.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The first byte of each line; the first line begins at 0.
    starts: Vec<u32>,
    /// The characters before each 1024th byte, or the character that it is in; empty if all are of one byte.
    characters: Vec<u32>,
    length: usize,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Lines {
        let mut starts = Vec::with_capacity(text.matches('\n').count() + 1);
        starts.push(0);
        starts.extend(text.match_indices('\n').map(|(at, _)| narrow(at + 1)));
        let characters = if text.is_ascii() { Vec::new() } else { characters(text) };
        Lines { starts, characters, length: text.len() }
    }

    /// The line of a byte, from 0; a byte past the end is in the last one.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of a line, with its end.
    pub(crate) fn bytes(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.starts.get(line).map_or(self.length, |&at| at as usize);
        start(line)..start(line + 1)
    }

    /// A line without its end.
    pub(crate) fn text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        text.get(self.bytes(line)).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Line and column of a byte of the text, both from 1; columns count characters. A byte past the end is the end.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = boundary(text, offset);
        let line = self.at(offset);
        let start = self.bytes(line).start;
        let column = self.before(text, offset).saturating_sub(self.before(text, start));
        (line + 1, column + 1)
    }

    /// The characters that begin before a byte.
    fn before(&self, text: &str, offset: usize) -> usize {
        let step = offset / STEP;
        let Some(&known) = self.characters.get(step) else { return offset };
        let rest = text.get(boundary(text, step * STEP)..offset).unwrap_or("");
        known as usize + rest.chars().count()
    }
}

fn characters(text: &str) -> Vec<u32> {
    let (mut total, mut from) = (0, 0);
    let steps = (0..=text.len() / STEP).map(|step| {
        let to = boundary(text, step * STEP);
        total += text.get(from..to).unwrap_or("").chars().count();
        from = to;
        narrow(total)
    });
    steps.collect()
}

/// Texts of 4 GiB are nobody's document.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The byte at which the character begins that a byte is in; past the end, the end.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Lines;

    proptest! {
        /// Also around the known columns, and of texts that are longer than one step.
        #[test]
        fn columns_count_characters(
            line in prop::collection::vec("[a-zé😀]{1,40}", 1..60),
            at in any::<prop::sample::Index>(),
        ) {
            let text = format!("é\n{}\nx", line.concat());
            let lines = Lines::new(&text);
            let at = at.index(text.len() + 1);
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let before = &text[..at];
            let last = before.rsplit('\n').next().unwrap_or("");
            let expected = (before.matches('\n').count() + 1, last.chars().count() + 1);
            prop_assert_eq!(lines.place(&text, at), expected);
        }
    }
}
