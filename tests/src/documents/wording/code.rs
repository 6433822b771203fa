//! Finds the comments and string literals in code.

use super::Passage;

/// A language whose comments and string literals can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    JavaScript,
    Python,
}

/// Returns the comments and string literals. Comments on consecutive lines are one passage.
pub(super) fn passages(text: &str, language: Language) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut at, mut line) = (0, 1);
    // The line after the last comment. A comment on this line belongs to the same passage.
    let mut continued = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, content) = match language.literal(rest, text[..at].chars().next_back()) {
            Some(found) => found,
            None => (first.len_utf8(), None),
        };
        let piece = &rest[..length];
        match content {
            Some(Content::Comment(comment)) => {
                let is_alone = text[..at].lines().next_back().is_none_or(|it| it.trim().is_empty())
                    || text[..at].ends_with('\n');
                match passages.last_mut() {
                    Some(passage) if is_alone && continued == line => {
                        passage.text.push('\n');
                        passage.text.push_str(comment);
                    }
                    _ => passages.push(Passage { line, text: comment.to_owned() }),
                }
                continued = line + piece.matches('\n').count() + 1;
            }
            Some(Content::Text(content)) => {
                passages.push(Passage { line, text: content });
                continued = 0;
            }
            None => {}
        }
        line += piece.matches('\n').count();
        at += length;
    }
    passages
}

enum Content<'t> {
    Comment(&'t str),
    Text(String),
}

impl Language {
    /// Returns the length and the content of the comment or literal at the start of the text.
    fn literal<'t>(
        self,
        text: &'t str,
        before: Option<char>,
    ) -> Option<(usize, Option<Content<'t>>)> {
        let comment = if self == Language::Python { "#" } else { "//" };
        if text.starts_with(comment) {
            let length = text.find('\n').unwrap_or(text.len());
            let marks: &[char] = &['/', '!', '#'];
            return Some((
                length,
                Some(Content::Comment(text[..length].trim_start_matches(marks))),
            ));
        }
        if self != Language::Python && text.starts_with("/*") {
            let length = text.find("*/").map_or(text.len(), |end| end + 2);
            return Some((length, Some(Content::Comment(&text[..length]))));
        }
        if self == Language::Rust {
            return rust(text, before);
        }
        let quote = ["\"\"\"", "\"", "'", "`"].into_iter().find(|quote| text.starts_with(quote))?;
        if quote == "`" && self == Language::Python {
            return None;
        }
        Some(quoted(text, quote, quote.len() == 3 || quote == "`"))
    }
}

fn rust(text: &str, before: Option<char>) -> Option<(usize, Option<Content<'_>>)> {
    if text.starts_with('"') {
        return Some(quoted(text, "\"", true));
    }
    if text.starts_with('\'') {
        return Some((character(text), None));
    }
    let hashes = text.strip_prefix('r')?;
    let hashes = &hashes[..hashes.len() - hashes.trim_start_matches('#').len()];
    let is_word = before.is_some_and(|it| it.is_alphanumeric() && it != 'b' || it == '_');
    let begin = 1 + hashes.len();
    if is_word || !text[begin..].starts_with('"') {
        return None;
    }
    let end = format!("\"{hashes}");
    let length = text[begin + 1..].find(&end).map_or(text.len() - begin - 1, |length| length);
    let content = &text[begin + 1..begin + 1 + length];
    let whole = (begin + 1 + length + end.len()).min(text.len());
    Some((whole, Some(Content::Text(content.to_owned()))))
}

/// Returns the length of a character literal, or of the quotation mark of a lifetime.
fn character(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            let after = text[2..].chars().next().map_or(0, char::len_utf8);
            text[2 + after..].find('\'').map_or(1, |end| 2 + after + end + 1)
        }
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

/// Reads a literal with escapes. A literal that can't contain line breaks ends at the end of its line.
fn quoted<'t>(text: &'t str, quote: &str, has_lines: bool) -> (usize, Option<Content<'t>>) {
    let mut content = String::new();
    let mut at = quote.len();
    while let Some(each) = text[at..].chars().next() {
        if text[at..].starts_with(quote) {
            return (at + quote.len(), Some(Content::Text(content)));
        }
        if each == '\n' && !has_lines {
            break;
        }
        if each == '\\' {
            let escaped = text[at + 1..].chars().next();
            // Keep escaped line breaks, so that the line numbers stay correct.
            content.push(if escaped == Some('\n') { '\n' } else { ' ' });
            at += 1 + escaped.map_or(0, char::len_utf8);
        } else {
            content.push(each);
            at += each.len_utf8();
        }
    }
    (at, Some(Content::Text(content)))
}
