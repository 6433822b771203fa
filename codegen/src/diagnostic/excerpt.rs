//! Extracts the lines of a document that an error marks, as snippets for annotate-snippets.
//!
//! The renderer processes even the lines that it doesn't show, so most unmarked lines are passed as
//! empty lines, and long lines are cut.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Snippet};

use super::Label;
use super::window::cut;
use crate::Span;
use crate::document::{Lines, boundary};

/// The maximum number of lines between two marks in one snippet. The renderer counts these lines
/// even though it doesn't show them.
const MAX_BETWEEN: usize = 1_000;
/// The maximum number of positions shown per error.
const MAX_LABELS: usize = 50;

/// The text of a document, from which excerpts are cut.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    text: &'a str,
    /// The lines of the text, computed when the first position is shown. A document that exceeds
    /// the size limit is never split into lines, because that error has no position.
    lines: OnceCell<Lines>,
}

/// Marked lines that are close together.
pub(super) struct Excerpt<'a> {
    labels: Vec<(usize, &'a Label, Range<usize>)>,
    source: String,
    first: usize,
    /// The position as the renderer would print it, and the correct position.
    pub(super) place: (String, String),
}

/// A label and its position.
struct Mark<'a> {
    number: usize,
    label: &'a Label,
    line: usize,
    /// The marked bytes, counted from the start of the line.
    bytes: Range<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        Source { name, text, lines: OnceCell::new() }
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(self.text))
    }

    /// Returns the excerpts for an error, starting with the one that has the first label.
    pub(super) fn excerpts(&self, labels: &'a [Label]) -> Vec<Excerpt<'a>> {
        let mut marks: Vec<_> = labels
            .iter()
            .take(MAX_LABELS)
            .enumerate()
            .map(|(number, label)| self.mark(number, label))
            .collect();
        marks.sort_by_key(|mark| mark.line);
        let mut groups: Vec<Vec<Mark<'a>>> = Vec::new();
        for mark in marks {
            match groups.last_mut() {
                Some(group)
                    if group.last().is_some_and(|it| mark.line - it.line <= MAX_BETWEEN) =>
                {
                    group.push(mark);
                }
                _ => groups.push(vec![mark]),
            }
        }
        groups.sort_by_key(|group| group.iter().all(|mark| mark.number > 0));
        groups.into_iter().map(|group| self.excerpt(&group)).collect()
    }

    /// Returns the mark for a label. If the span covers several lines, only the first line is
    /// marked, because a frame around a block would hide the relevant line.
    fn mark(&self, number: usize, label: &'a Label) -> Mark<'a> {
        let Span { start, end } = label.span;
        // A position at the end of the text is shown at the end of its last line.
        let last = self.text.trim_end_matches(['\n', '\r']).len();
        let start = boundary(self.text, start).min(last);
        let line = self.lines().at(start);
        let whole = self.lines().text(self.text, line);
        let first = self.lines().bytes(line).start;
        let start = (start - first).min(whole.len());
        let end = boundary(whole, end.saturating_sub(first)).max(start);
        let marked = whole[start..end].trim_end();
        Mark { number, label, line, bytes: start..start + marked.len() }
    }

    fn excerpt(&self, marks: &[Mark<'a>]) -> Excerpt<'a> {
        let mut by_line: BTreeMap<usize, Vec<&Mark<'a>>> = BTreeMap::new();
        marks.iter().for_each(|mark| by_line.entry(mark.line).or_default().push(mark));
        let first = by_line.keys().next().copied().unwrap_or_default();
        let (mut source, mut labels) = (String::new(), Vec::new());
        let mut line = first;
        for (&number, on_line) in &by_line {
            // If there is only one line between two marked lines, the renderer shows it.
            if number == line + 1 && line > first {
                source.push_str(&cut(self.lines().text(self.text, line), &[]).text);
            }
            source.extend(std::iter::repeat_n('\n', number - line));
            let bytes: Vec<_> = on_line.iter().map(|mark| mark.bytes.clone()).collect();
            let shown = cut(self.lines().text(self.text, number), &bytes);
            for (mark, bytes) in on_line.iter().zip(shown.marks) {
                let bytes = source.len() + bytes.start..source.len() + bytes.end;
                labels.push((mark.number, mark.label, bytes));
            }
            source.push_str(&shown.text);
            source.push('\n');
            line = number + 1;
        }
        labels.sort_by_key(|(number, _, _)| *number);
        let place = self.place(marks, &labels, &source);
        Excerpt { labels, source, first, place }
    }

    /// Returns the position that the renderer would print, and the correct position. The columns
    /// differ because the renderer counts them in the cut line.
    fn place(
        &self,
        marks: &[Mark<'a>],
        labels: &[(usize, &'a Label, Range<usize>)],
        source: &str,
    ) -> (String, String) {
        let first = marks.iter().min_by_key(|mark| (mark.number > 0, mark.line, mark.number));
        let Some(first) = first else { return <_>::default() };
        let offset = self.lines().bytes(first.line).start + first.bytes.start;
        let (line, column) = self.lines().place(self.text, offset);
        let shown = labels.iter().find(|(number, _, _)| *number == first.number);
        let before = shown.and_then(|(_, _, bytes)| source.get(..bytes.start)).unwrap_or("");
        let shown = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let name = self.name;
        (format!("{name}:{line}:{shown}"), format!("{name}:{line}:{column}"))
    }
}

impl<'a> Excerpt<'a> {
    pub(super) fn snippet<'s>(&'s self, name: &'s str) -> Snippet<'s, Annotation<'s>> {
        let annotation = |(number, label, bytes): &'s (usize, &'a Label, Range<usize>)| {
            let kind = if *number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(bytes.clone());
            if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
        };
        Snippet::source(self.source.as_str())
            .path(name)
            .line_start(self.first + 1)
            .annotations(self.labels.iter().map(annotation))
    }
}
