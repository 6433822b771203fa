//! Finds the lines and columns of bytes without rescanning the text for each byte.

use std::ops::Range;

/// The distance in bytes between the positions for which the number of preceding characters is
/// stored.
const STEP: usize = 1024;

/// The lines of a document.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    /// The first byte of each line. The first line begins at 0.
    starts: Vec<u32>,
    /// The number of characters before every 1024th byte, or before the character that contains
    /// this byte. Empty if the text is ASCII.
    characters: Vec<u32>,
    length: usize,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Lines {
        let others = text.match_indices('\n').map(|(at, _)| narrow(at + 1));
        let starts = std::iter::once(0).chain(others).collect();
        let characters = if text.is_ascii() { Vec::new() } else { characters(text) };
        Lines { starts, characters, length: text.len() }
    }

    /// Returns the line of a byte, counted from 0. A byte past the end is in the last line.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// Returns the range of bytes of a line, including its line break.
    pub(crate) fn bytes(&self, line: usize) -> Range<usize> {
        let start = |line: usize| self.starts.get(line).map_or(self.length, |&at| at as usize);
        start(line)..start(line + 1)
    }

    /// Returns a line without its line break.
    pub(crate) fn text<'t>(&self, text: &'t str, line: usize) -> &'t str {
        text.get(self.bytes(line)).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Returns the line and column of a byte in the text, both counted from 1. Columns are counted
    /// in characters. A byte past the end is treated as the end.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let offset = boundary(text, offset);
        let line = self.at(offset);
        let start = self.bytes(line).start;
        let column = self.before(text, offset).saturating_sub(self.before(text, start));
        (line + 1, column + 1)
    }

    /// Returns the number of characters that begin before a byte.
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

/// Converts an offset to `u32`. Documents are much smaller than 4 GiB.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the position of the first byte of the character that contains a byte. For a byte past
/// the end, returns the end.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Lines;

    proptest! {
        /// The cases include bytes around the known columns, and documents longer than one step.
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
