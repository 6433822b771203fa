//! Mistakes as text, in the style of rustc.

use std::collections::BTreeMap;

use annotate_snippets::{Group, Level, Origin, Renderer};

use super::excerpt::{Excerpt, Source};
use super::{Diagnostic, plain};

/// Nobody reads more at once.
const MOST_SHOWN: usize = 100;
/// Bytes of text after which no mistake is added: those of a hundred mistakes with long names and helps.
const MOST_BYTES: usize = 900_000;
/// Kinds of mistakes that the closing lines count, if not all are shown.
const MOST_KINDS: usize = 10;
/// Lines of mistakes that fit on a screen.
#[cfg(feature = "cli")]
const MOST_LINES_OF_A_SCREEN: usize = 30;
/// Lines are cut here, not by the renderer.
const WIDTH: usize = 10_000;

/// Mistakes in the order given, and a closing line that counts them.
pub(crate) fn render(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::plain(), usize::MAX, diagnostics, name, text)
}

/// The same in colour.
pub(crate) fn render_styled(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), usize::MAX, diagnostics, name, text)
}

/// The first mistakes in colour, at least one of them and no more than fit on a screen.
#[cfg(feature = "cli")]
pub(crate) fn render_screen(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render_with(&Renderer::styled(), MOST_LINES_OF_A_SCREEN, diagnostics, name, text)
}

fn render_with(
    renderer: &Renderer,
    most_lines: usize,
    diagnostics: &[Diagnostic],
    name: &str,
    text: &str,
) -> String {
    let renderer = renderer.clone().term_width(WIDTH);
    let name = plain::line(name);
    let name = name.as_str();
    let source = Source::new(name, text);
    let mut out = String::new();
    let (mut shown, mut lines) = (0, 0);
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        let text = one(&renderer, (Level::ERROR, diagnostic.code), diagnostic, &source);
        lines += text.lines().count() + 1;
        if (out.len() + text.len() > MOST_BYTES || lines > most_lines) && shown > 0 {
            break;
        }
        out.push_str(&text);
        out.push_str("\n\n");
        shown += 1;
    }
    out.push_str(&renderer.render(&[closing(diagnostics, shown, name)]));
    out.push('\n');
    out
}

/// What is worth knowing about a document, although it is no mistake.
#[cfg(feature = "cli")]
pub(crate) struct Remark<'a> {
    pub(crate) code: &'a str,
    /// Its code isn't shown.
    pub(crate) what: Diagnostic,
}

/// Passes the text of each remark on, in colour: there may be many, so they are never together in memory.
///
/// # Errors
///
/// That of `write`.
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
    // The message is one line; places come after it.
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
    // A mistake in the settings is not in the document.
    if excerpts.is_empty() && diagnostic.code != "settings" {
        group = group.element(Origin::path(name));
    }
    for excerpt in excerpts {
        group = group.element(excerpt.snippet(name));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// How many mistakes there are; of those that are not shown, of which kinds they are and how to see them.
fn closing<'a>(diagnostics: &[Diagnostic], shown: usize, name: &str) -> Group<'a> {
    let count = match diagnostics.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    let hidden = diagnostics.get(shown..).unwrap_or_default();
    if hidden.is_empty() {
        let closing = format!("{count} in {name}; nothing was generated");
        return Group::with_title(Level::ERROR.primary_title(closing));
    }
    let closing =
        format!("{count} in {name}, of which the first {shown} are shown; nothing was generated");
    Group::with_title(Level::ERROR.primary_title(closing))
        .element(Level::NOTE.message(format!("not shown: {}", kinds(hidden))))
        .element(Level::HELP.message("fix those above and run again to see the others"))
}

/// "300 missing-security, 2 tag-name".
fn kinds(diagnostics: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|(code, count)| (count, code)).collect();
    counts.sort_by_key(|&(count, code)| (std::cmp::Reverse(count), code));
    let others: usize = counts.iter().skip(MOST_KINDS).map(|(count, _)| count).sum();
    let named = counts.iter().take(MOST_KINDS).map(|(count, code)| format!("{count} {code}"));
    let others = (others > 0).then(|| format!("{others} of other kinds"));
    named.chain(others).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{MOST_SHOWN, render};
    use crate::{Diagnostic, Span};

    #[test]
    fn a_name_does_not_steer_a_terminal_either() {
        let list = [Diagnostic::new("document-root", "wrong").label(Span::new(0, 1), "here")];
        let text = render(&list, "a\x1b[31m\u{202e}.yaml", "a: b\n");
        assert!(text.contains("--> a␛[31m\u{FFFD}.yaml:1:1\n"), "{text}");
        assert!(text.contains("1 error in a␛[31m\u{FFFD}.yaml;"), "{text}");
        assert!(!text.contains(['\x1b', '\u{202e}']), "{text}");
    }

    #[test]
    fn many_are_counted_and_some_shown() {
        let mistake = |code| Diagnostic::new(code, "wrong").label(Span::new(0, 1), "here");
        let mut list = vec![mistake("document-root"); MOST_SHOWN + 1];
        list.extend(vec![mistake("tag-name"); 3]);
        let text = render(&list, "a.yaml", "a: b\n");
        assert_eq!(text.matches("error[document-root]").count(), MOST_SHOWN);
        let closing = "error: 104 errors in a.yaml, of which the first 100 are shown; nothing was generated\n \
            |\n = note: not shown: 3 tag-name, 1 document-root\n \
            = help: fix those above and run again to see the others\n";
        assert!(text.ends_with(closing), "{text}");
    }
}
