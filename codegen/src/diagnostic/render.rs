//! Renders errors as text, in the style of rustc.

use std::collections::BTreeMap;

use annotate_snippets::{Group, Level, Origin, Renderer};

use super::excerpt::{Excerpt, Source};
use super::{Diagnostic, plain};

/// Up to this number, all errors are shown. If there are more, a summary comes first, followed by
/// examples of each kind.
const ALL_SHOWN: usize = 20;
/// How many examples of each kind are shown after a summary. If there are few kinds, more examples
/// of each are shown, so that there are at least [`ALL_SHOWN`] in total.
const EXAMPLES: usize = 5;
/// The maximum number of errors shown as examples. Nobody reads more.
const MAX_SHOWN: usize = 100;
/// If the output is longer than this number of bytes, no more errors are added. The limit is high
/// enough for a hundred errors with long names and help messages.
const MAX_BYTES: usize = 900_000;
/// How many kinds of errors the summary lists.
const MAX_KINDS: usize = 20;
/// The maximum number of notes shown per error.
const MAX_NOTES: usize = 20;
/// How many lines of errors fit on a screen.
#[cfg(feature = "cli")]
const MAX_LINES_OF_A_SCREEN: usize = 30;
/// This width is large enough that the renderer never cuts lines. This crate cuts them instead.
const WIDTH: usize = 10_000;

/// Renders errors in the given order, and a closing line with their number. If there are many
/// errors, renders a summary and examples.
pub(crate) fn render(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::plain(), Shown::Examples, diagnostics, name, text)
}

/// Does the same as `render`, in colour.
pub(crate) fn render_styled(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), Shown::Examples, diagnostics, name, text)
}

/// Renders all errors in colour.
#[cfg(feature = "cli")]
pub(crate) fn render_all(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), Shown::All, diagnostics, name, text)
}

/// Renders the first errors in colour: as many as fit on a screen, but at least one.
#[cfg(feature = "cli")]
pub(crate) fn render_screen(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), Shown::Screen, diagnostics, name, text)
}

/// Which errors are shown if there are many.
#[derive(Clone, Copy)]
enum Shown {
    Examples,
    #[cfg(feature = "cli")]
    Screen,
    #[cfg(feature = "cli")]
    All,
}

fn render_with(
    renderer: &Renderer,
    which: Shown,
    diagnostics: &[Diagnostic],
    name: &str,
    text: &str,
) -> String {
    let renderer = renderer.clone().term_width(WIDTH);
    let name = plain::line(name);
    let name = name.as_str();
    let source = Source::new(name, text);
    let mut out = String::new();
    if diagnostics.len() > ALL_SHOWN {
        out.push_str(&renderer.render(&[summary(diagnostics, name)]));
        out.push_str("\n\n");
    }
    let (mut shown, mut lines) = (0, 0);
    let (most_lines, chosen) = match which {
        Shown::Examples => (usize::MAX, examples(diagnostics)),
        #[cfg(feature = "cli")]
        Shown::Screen => (MAX_LINES_OF_A_SCREEN, examples(diagnostics)),
        #[cfg(feature = "cli")]
        Shown::All => (usize::MAX, diagnostics.iter().collect()),
    };
    for diagnostic in chosen {
        let text = one(&renderer, (Level::ERROR, diagnostic.code), diagnostic, &source);
        lines += text.lines().count() + 1;
        if (out.len() + text.len() > MAX_BYTES || lines > most_lines) && shown > 0 {
            break;
        }
        out.push_str(&text);
        out.push_str("\n\n");
        shown += 1;
    }
    out.push_str(&renderer.render(&[closing(diagnostics.len(), shown, name)]));
    out.push('\n');
    out
}

/// Returns the errors to show, in the given order. If there are many, returns only the first ones
/// of each kind.
fn examples(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let counts = counts(diagnostics);
    let of_each = |most: usize| counts.values().map(|&count| count.min(most)).sum::<usize>();
    let few = diagnostics.len() <= ALL_SHOWN;
    let most = (EXAMPLES..ALL_SHOWN).find(|&most| of_each(most) >= ALL_SHOWN).unwrap_or(ALL_SHOWN);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let is_example = |diagnostic: &&Diagnostic| {
        let seen = seen.entry(diagnostic.code).or_default();
        *seen += 1;
        few || *seen <= most
    };
    diagnostics.iter().filter(is_example).take(MAX_SHOWN).collect()
}

/// A remark about a document, as opposed to an error.
#[cfg(feature = "cli")]
pub(crate) struct Remark<'a> {
    pub(crate) code: &'a str,
    /// The remark as a diagnostic. `code` is shown instead of the diagnostic's code.
    pub(crate) what: Diagnostic,
}

/// Passes each remark to `write` as text in colour. The remarks are rendered one at a time, because
/// there may be too many to hold in memory.
///
/// # Errors
/// Returns the error that `write` returned.
#[cfg(feature = "cli")]
pub(crate) fn remarks<E>(
    remarks: &[Remark<'_>],
    name: &str,
    text: &str,
    mut write: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    let renderer = Renderer::styled().term_width(WIDTH);
    let name = plain::line(name);
    let source = Source::new(&name, text);
    for Remark { code, what } in remarks {
        let code = plain::line(code);
        write(&one(&renderer, (Level::WARNING, &code), what, &source))?;
        write("\n\n")?;
    }
    Ok(())
}

fn one(
    renderer: &Renderer,
    title: (Level<'_>, &str),
    diagnostic: &Diagnostic,
    source: &Source<'_>,
) -> String {
    let excerpts = source.excerpts(&diagnostic.labels);
    let text = renderer.render(&[group(title, diagnostic, source.name, &excerpts)]);
    // The message is a single line, followed by positions.
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let mut out = format!("{title}\n");
    let mut rest = rest;
    for Excerpt { place: (printed, meant), .. } in &excerpts {
        let Some((before, after)) = rest.split_once(printed.as_str()) else { continue };
        out.push_str(before);
        out.push_str(meant);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn group<'a>(
    (level, code): (Level<'a>, &'a str),
    diagnostic: &'a Diagnostic,
    name: &'a str,
    excerpts: &'a [Excerpt<'a>],
) -> Group<'a> {
    let title = level.primary_title(diagnostic.message.as_str()).id(code);
    let mut group = Group::with_title(title);
    // An error in the settings has no position in the document.
    if excerpts.is_empty() && diagnostic.code != "settings" {
        group = group.element(Origin::path(name));
    }
    for excerpt in excerpts {
        group = group.element(excerpt.snippet(name));
    }
    for note in diagnostic.notes.iter().take(MAX_NOTES) {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// Returns a summary with the number of errors of each kind.
fn summary<'a>(diagnostics: &[Diagnostic], name: &str) -> Group<'a> {
    let count = grouped(diagnostics.len());
    let summary = format!("{count} errors in {name}: {}", kinds(diagnostics));
    Group::with_title(Level::ERROR.primary_title(summary))
}

/// Returns the closing line: the number of errors and, if not all of them are shown, how to see the
/// other errors.
fn closing<'a>(count: usize, shown: usize, name: &str) -> Group<'a> {
    let counted = match count {
        1 => "1 error".to_owned(),
        count => format!("{} errors", grouped(count)),
    };
    if shown == count {
        let closing = format!("{counted} in {name}; nothing was generated");
        return Group::with_title(Level::ERROR.primary_title(closing));
    }
    let closing = format!("{counted} in {name}, of which {shown} are shown; nothing was generated");
    let help = "fix the errors above and run again to see the others, or print `Diagnostics::list`";
    Group::with_title(Level::ERROR.primary_title(closing)).element(Level::HELP.message(help))
}

fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    counts
}

/// Returns e.g. "1,300 missing-security, 2 tag-name".
fn kinds(diagnostics: &[Diagnostic]) -> String {
    let counts = counts(diagnostics);
    let mut counts: Vec<_> = counts.into_iter().map(|(code, count)| (count, code)).collect();
    counts.sort_by_key(|&(count, code)| (std::cmp::Reverse(count), code));
    let others: usize = counts.iter().skip(MAX_KINDS).map(|(count, _)| count).sum();
    let named = counts.iter().take(MAX_KINDS);
    let named = named.map(|&(count, code)| format!("{} {code}", grouped(count)));
    let others = (others > 0).then(|| format!("{} of other kinds", grouped(others)));
    named.chain(others).collect::<Vec<_>>().join(", ")
}

/// Formats a number with its digits in groups: `1,204`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::{Diagnostic, Span};

    #[test]
    fn control_characters_in_the_document_name_are_replaced() {
        let list = [Diagnostic::new("document-root", "wrong").label(Span::new(0, 1), "here")];
        let text = render(&list, "a\x1b[31m\u{202e}.yaml", "a: b\n");
        assert!(text.contains("--> a␛[31m\u{FFFD}.yaml:1:1\n"), "{text}");
        assert!(text.contains("1 error in a␛[31m\u{FFFD}.yaml;"), "{text}");
        assert!(!text.contains(['\x1b', '\u{202e}']), "{text}");
    }

    fn mistakes(code: &'static str, count: usize) -> Vec<Diagnostic> {
        vec![Diagnostic::new(code, "wrong").label(Span::new(0, 1), "here"); count]
    }

    /// Returns the number of errors of a kind that are shown.
    fn shown(text: &str, code: &str) -> usize {
        text.matches(&format!("error[{code}]")).count()
    }

    #[test]
    fn a_few_errors_are_all_shown_without_a_summary() {
        let text = render(&mistakes("document-root", 20), "a.yaml", "a: b\n");
        assert_eq!(shown(&text, "document-root"), 20);
        assert!(text.starts_with("error[document-root]"), "{text}");
        assert!(text.ends_with("\nerror: 20 errors in a.yaml; nothing was generated\n"), "{text}");
    }

    #[test]
    fn many_errors_are_counted_and_the_first_of_each_kind_are_shown() {
        let mut list = mistakes("document-root", 1_200);
        list.extend(mistakes("tag-name", 3));
        list.extend(mistakes("schema-title", 7));
        let text = render(&list, "a.yaml", "a: b\n");
        let summary = "error: 1,210 errors in a.yaml: 1,200 document-root, 7 schema-title, 3 tag-name\n\n\
            error[document-root]: wrong\n";
        assert!(text.starts_with(summary), "{text}");
        let each = ["document-root", "tag-name", "schema-title"].map(|code| shown(&text, code));
        assert_eq!(each, [10, 3, 7], "20 together");
        let closing = "error: 1,210 errors in a.yaml, of which 20 are shown; nothing was generated\n \
            |\n = help: fix the errors above and run again to see the others, or print `Diagnostics::list`\n";
        assert!(text.ends_with(closing), "{text}");
    }

    #[test]
    fn a_single_kind_of_error_is_shown_up_to_the_usual_maximum() {
        let text = render(&mistakes("tag-name", 21), "a.yaml", "a: b\n");
        assert_eq!(shown(&text, "tag-name"), 20);
    }

    #[test]
    fn the_output_for_many_kinds_is_limited() {
        let codes: Vec<&'static str> =
            (0..200).map(|n| &*Box::leak(format!("code-{n:03}").into_boxed_str())).collect();
        let list: Vec<_> = codes.iter().flat_map(|code| mistakes(code, 6)).collect();
        let text = render(&list, "a.yaml", "a: b\n");
        assert_eq!(text.matches("error[").count(), 100);
        assert!(text.contains(", 6 code-019, 1,080 of other kinds\n"), "{text}");
    }

    #[test]
    fn the_output_for_one_error_is_limited() {
        let mistake = |mistake: Diagnostic, n: usize| {
            mistake.label(Span::new(n, n + 1), "here").note("n".repeat(10_000))
        };
        let one = (0..10_000).fold(Diagnostic::new("tag-name", "wrong"), mistake);
        let text = render(&[one], "a.yaml", &"a\n".repeat(10_000));
        assert!(text.len() < 100_000, "{}", text.len());
    }
}
