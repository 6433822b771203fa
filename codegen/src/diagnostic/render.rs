//! Mistakes as text, in the style of rustc.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label};
use crate::Span;

/// Nobody reads more at once, and each costs a walk through the text.
const MOST_SHOWN: usize = 100;

/// Mistakes in the order given, and a closing line that counts them.
pub(crate) fn render(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::plain(), diagnostics, name, text)
}

/// The same in colour.
pub(crate) fn render_styled(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), diagnostics, name, text)
}

fn render_with(renderer: &Renderer, diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        out.push_str(&renderer.render(&[group(diagnostic, name, text)]));
        out.push_str("\n\n");
    }
    let count = match diagnostics.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    let shown = match diagnostics.len() {
        0..=MOST_SHOWN => String::new(),
        _ => format!(", of which the first {MOST_SHOWN} are shown"),
    };
    let closing = format!("{count} in {name}{shown}; nothing was generated");
    let closing = Group::with_title(Level::ERROR.primary_title(closing));
    out.push_str(&renderer.render(&[closing]));
    out.push('\n');
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, name: &'a str, text: &'a str) -> Group<'a> {
    let title = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let group = Group::with_title(title);
    let mut group = match excerpt(&diagnostic.labels, text) {
        Some(excerpt) => group.element(excerpt.snippet(&diagnostic.labels, name, text)),
        None => group.element(Origin::path(name)),
    };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The lines that the labels are on: the renderer would look through the whole text for each mistake.
struct Excerpt {
    bytes: Range<usize>,
    first_line: usize,
}

fn excerpt(labels: &[Label], text: &str) -> Option<Excerpt> {
    let first = labels.iter().map(|label| label.span.start).min()?.min(text.len());
    let last = labels.iter().map(|label| label.span.start).max()?.min(text.len());
    let start = text.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(last..)?.find('\n').map_or(text.len(), |at| last + at);
    let first_line = text[..start].bytes().filter(|&byte| byte == b'\n').count() + 1;
    Some(Excerpt { bytes: start..end, first_line })
}

impl Excerpt {
    fn snippet<'a>(
        &self,
        labels: &'a [Label],
        name: &'a str,
        text: &'a str,
    ) -> Snippet<'a, Annotation<'a>> {
        let source = &text[self.bytes.clone()];
        let annotation = |(number, label): (usize, &'a Label)| {
            let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(self.local(label.span, source));
            if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
        };
        Snippet::source(source)
            .path(name)
            .line_start(self.first_line)
            .annotations(labels.iter().enumerate().map(annotation))
    }

    /// A span within the excerpt, cut at the end of its first line: frames around blocks hide what they are about.
    fn local(&self, span: Span, source: &str) -> Range<usize> {
        let start = span.start.saturating_sub(self.bytes.start).min(source.len());
        let end = span.end.saturating_sub(self.bytes.start).min(source.len()).max(start);
        let line = source.get(start..end).and_then(|text| text.lines().next()).unwrap_or("");
        start..start + line.trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHOWN, render};
    use crate::{Diagnostic, Span};

    #[test]
    fn many_are_counted_and_some_shown() {
        let mistake = Diagnostic::new("yaml-root", "wrong").label(Span::new(0, 1), "here");
        let text = render(&vec![mistake; MOST_SHOWN + 1], "a.yaml", "a: b\n");
        assert_eq!(text.matches("error[yaml-root]").count(), MOST_SHOWN);
        let closing = "error: 101 errors in a.yaml, of which the first 100 are shown; nothing was generated\n";
        assert!(text.ends_with(closing), "{text}");
    }
}
