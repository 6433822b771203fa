//! Puts backticks around code identifiers in the document's prose.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

/// Product names and other words that look like code identifiers but aren't.
const WORDS: &[&str] = &[
    "GitHub",
    "GraphQL",
    "JavaScript",
    "MacOS",
    "NaN",
    "OAuth",
    "OpenAPI",
    "OpenSSL",
    "PostgreSQL",
    "TypeScript",
    "WebSocket",
    "YouTube",
];

/// Returns the text with backticks around code identifiers, as clippy requires.
pub(crate) fn marked(text: &str) -> String {
    let mut names: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in TextMergeWithOffset::new(events) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => depth += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                depth = depth.saturating_sub(1);
            }
            Event::Text(_) if depth == 0 => {
                let source = text.get(range.clone()).unwrap_or_default();
                let found =
                    words(source).filter(|word| source.get(word.clone()).is_some_and(is_name));
                names.extend(found.map(|word| range.start + word.start..range.start + word.end));
            }
            _ => {}
        }
    }
    let mut marked = text.to_owned();
    for name in names.into_iter().rev() {
        marked.insert(name.end, '`');
        marked.insert(name.start, '`');
    }
    marked
}

/// Returns the range of each word in the text, without the punctuation around it.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words = text.split(char::is_whitespace).scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        // This skips the whitespace after the word.
        *at += text.get(*at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Some((start, word))
    });
    words.map(|(start, word)| {
        let begin = word.len() - word.trim_start_matches(is_punctuation).len();
        let end = word.trim_end_matches(is_punctuation);
        let end = end.strip_suffix("'s").unwrap_or(end).len();
        start + begin..start + end.max(begin)
    })
}

fn is_punctuation(each: char) -> bool {
    !each.is_alphanumeric() && each != '_'
}

/// Returns whether a word can only be a code identifier: `snake_case`, `PascalCase` or a path.
fn is_name(word: &str) -> bool {
    let plain = |each: char| each.is_ascii_alphanumeric() || "_:.".contains(each);
    if word.is_empty() || !word.chars().all(plain) || WORDS.contains(&word.trim_end_matches('s')) {
        return false;
    }
    let humps = word.chars().filter(char::is_ascii_uppercase).count();
    let has_small = word.trim_end_matches('s').contains(|each: char| each.is_ascii_lowercase());
    let is_camel =
        humps > 1 && has_small && word.starts_with(|each: char| each.is_ascii_uppercase());
    word.contains("::") || (word.contains('_') && word.contains(char::is_alphanumeric)) || is_camel
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn code_identifiers_get_backticks() {
        for (text, expected) in [
            ("A PaymentLink (see order_id).", "A `PaymentLink` (see `order_id`)."),
            ("std::fmt and\nAPIs, NestJs", "`std::fmt` and\nAPIs, `NestJs`"),
            ("NestJS's errors", "`NestJS`'s errors"),
            ("* **my_name** is _so_", "* **`my_name`** is _so_"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn everything_else_is_unchanged() {
        for text in [
            "`order_id` and GitHub, OAuth",
            "[a_b](https://a.example/b_c) <https://a.example/b_c>",
            "```text\na_b\n```",
            "A USD, an ID, IDs, e-mail. Two words.",
            "a\\_b",
        ] {
            assert_eq!(marked(text), text);
        }
    }
}
