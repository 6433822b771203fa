//! Highlights code in three languages.

use std::ops::Range;

use maud::{Markup, html};

/// The language of a piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Json,
    Rust,
    Shell,
}

impl Language {
    /// Returns the words to highlight: keywords, or for a shell, commands.
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Language::Json => &["true", "false", "null"],
            Language::Rust => &["use", "let", "await", "mut", "fn", "async", "true", "false"],
            Language::Shell => &["curl", "printf", "openssl", "cut", "export"],
        }
    }
}

/// Renders code as HTML that shows exactly this text.
pub(super) fn colored(language: Language, text: &str) -> Markup {
    let mut at = 0;
    let mut pieces = Vec::new();
    while let Some((class, end)) = next(language, text, at) {
        pieces.push((class, at..end));
        at = end;
    }
    html! { @for (class, range) in joined(pieces) { (piece(class, text.get(range).unwrap_or_default())) } }
}

fn piece(class: Option<&'static str>, text: &str) -> Markup {
    html! { @match class { Some(class) => span class=(class) { (text) }, None => (text) } }
}

/// Joins adjacent pieces of the same class.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for (class, range) in pieces {
        match all.last_mut() {
            Some((before, whole)) if *before == class => whole.end = range.end,
            _ => all.push((class, range)),
        }
    }
    all
}

/// A class, and the range of bytes that it applies to.
type Piece = (Option<&'static str>, Range<usize>);

/// Returns the class and the end of the piece that starts at position `at`; `None` at the end of the text.
fn next(language: Language, text: &str, at: usize) -> Option<(Option<&'static str>, usize)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let starts_word = !before.is_some_and(is_word);
    let (class, length) = if let Some(length) = string(language, rest) {
        (Some(string_class(language, rest, length)), length)
    } else if first == '$' && language == Language::Shell {
        (Some("code-variable"), 1 + span(rest.get(1..)?, is_word))
    } else if first == '-' && language == Language::Shell && before == Some(' ') {
        (Some("code-option"), span(rest, |character| character == '-' || is_word(character)))
    } else if first.is_ascii_digit() && starts_word && language != Language::Shell {
        (Some("code-number"), span(rest, |character| character == '.' || is_word(character)))
    } else if is_word(first) {
        let length = span(rest, is_word);
        let is_keyword = language.keywords().contains(&rest.get(..length)?) && starts_word;
        (is_keyword.then_some("code-keyword"), length)
    } else {
        (None, first.len_utf8())
    };
    Some((class, at + length))
}

/// Returns the length of the string literal at the start of the text, or `None` if there isn't one. A literal that
/// isn't closed extends to the end of the text.
fn string(language: Language, rest: &str) -> Option<usize> {
    if language == Language::Rust && rest.starts_with("r#") {
        let hashes = span(rest.get(1..)?, |character| character == '#');
        let close = format!("\"{}", "#".repeat(hashes));
        let inside = rest.get(1 + hashes..)?.strip_prefix('"')?;
        return Some(inside.find(&close).map_or(rest.len(), |end| 2 + hashes + end + close.len()));
    }
    let quote = rest.chars().next().filter(|first| match language {
        Language::Shell => matches!(first, '"' | '\''),
        _ => *first == '"',
    })?;
    let mut escaped = false;
    for (position, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            character if character == quote => return Some(position + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// Returns the class of a string literal. Field names have their own class.
fn string_class(language: Language, rest: &str, length: usize) -> &'static str {
    let after = rest.get(length..).unwrap_or_default();
    if language == Language::Json && after.trim_start().starts_with(':') {
        "code-name"
    } else {
        "code-string"
    }
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(language: Language, text: &str, expected: &str) {
        assert_eq!(colored(language, text).into_string(), expected);
    }

    #[test]
    fn each_language_has_its_colors() {
        check(
            Language::Json,
            r#"{"a\"": [1.5e3, true, "b"]}"#,
            "{<span class=\"code-name\">&quot;a\\&quot;&quot;</span>: [<span class=\"code-number\">1.5e3</span>, \
             <span class=\"code-keyword\">true</span>, <span class=\"code-string\">&quot;b&quot;</span>]}",
        );
        check(
            Language::Rust,
            "let url = r#\"a\"b\"#;\nx.await?",
            "<span class=\"code-keyword\">let</span> url = <span class=\"code-string\">r#&quot;a&quot;b&quot;#</span>;\n\
             x.<span class=\"code-keyword\">await</span>?",
        );
        check(
            Language::Shell,
            "curl -sS 'it\\' $KEY a-b",
            "<span class=\"code-keyword\">curl</span> <span class=\"code-option\">-sS</span> \
             <span class=\"code-string\">'it\\'</span> <span class=\"code-variable\">$KEY</span> a-b",
        );
    }

    #[test]
    fn html_in_code_is_text() {
        check(
            Language::Json,
            "<b>&\"<i>",
            "&lt;b&gt;&amp;<span class=\"code-string\">&quot;&lt;i&gt;</span>",
        );
    }

    proptest! {
        #[test]
        fn html_without_tags_equals_the_text(text in "[a-z0-9 \"'#$<&\\\\\\-\nr:ü🦀]*") {
            for language in [Language::Json, Language::Rust, Language::Shell] {
                let html = colored(language, &text).into_string();
                let mut plain = String::new();
                for part in html.split('<') {
                    plain.push_str(part.split_once('>').map_or(part, |(_, after)| after));
                }
                let plain = plain.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
                prop_assert_eq!(plain.replace("&amp;", "&"), text.clone());
            }
        }
    }
}
