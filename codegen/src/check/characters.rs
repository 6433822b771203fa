//! Finds invisible and misleading characters in strings, names and generated code.

use super::api::Api;
use crate::{Diagnostic, Span};

pub(super) fn visible(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for node in api.document.root().nodes() {
        found.extend(node.as_str().and_then(|text| hidden(api, text, node.span)));
        let keys = node.entries().iter();
        found.extend(keys.filter_map(|entry| hidden(api, &entry.key, entry.key_span)));
    }
}

fn hidden(api: &Api<'_>, text: &str, span: Span) -> Option<Diagnostic> {
    let character = text.chars().find(|each| is_hidden(*each))?;
    let number = format!("U+{:04X}", u32::from(character));
    Some(
        Diagnostic::new("hidden-character", format!("a string contains the character {number}"))
            .label(place(api, character, span), name(character))
            .help("remove it; to mention it, write its code point"),
    )
}

/// Returns the span of the character, or `span` if the character is written as an escape.
fn place(api: &Api<'_>, character: char, span: Span) -> Span {
    let written = api.document.text().get(span.start..span.end).unwrap_or_default();
    match written.find(character) {
        Some(at) => Span::new(span.start + at, span.start + at + character.len_utf8()),
        None => span,
    }
}

/// A byte order mark is allowed and ignored at the start of a document. Anywhere else it is an
/// invisible part of a name or string.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Returns whether a character is a byte order mark, is a control character other than a tab or
/// line break, or changes the text direction. Control characters can change what a terminal
/// displays. In comments and strings, rustc rejects characters that change the text direction (see
/// CVE-2021-42574).
pub(crate) fn is_hidden(character: char) -> bool {
    is_bidirectional(character)
        || character == BYTE_ORDER_MARK
        || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn name(character: char) -> &'static str {
    match character {
        BYTE_ORDER_MARK => "a byte order mark, allowed only at the start of a document",
        _ if is_bidirectional(character) => "changes the displayed order of the text",
        _ => "a control character",
    }
}
