//! Collects sentences that are appended to a schema's description. A merged schema keeps the
//! sentences that were collected for its parts.

use crate::normalise::OWN;
use crate::{Node, Value};

/// The maximum length of a value in a sentence, in characters.
const LONGEST: usize = 80;
/// The maximum number of values in a sentence.
const MAX: usize = 20;

fn key() -> String {
    format!("{OWN}remarks")
}

/// Adds a sentence, unless it has already been added.
pub(super) fn add(node: &mut Node, sentence: impl Into<String>) {
    let sentence = sentence.into();
    let span = node.span;
    let mut remarks = node.remove(&key()).map_or_else(Vec::new, |entry| match entry.value.value {
        Value::Sequence(items) => items,
        _ => Vec::new(),
    });
    if remarks.iter().all(|it| it.as_str() != Some(&*sentence)) {
        remarks.push(Node::text_at(span, sentence));
    }
    node.set(&key(), Node::list_at(span, remarks));
}

/// Adds the sentences that were collected for another schema.
pub(super) fn copy(node: &mut Node, from: &Node) {
    for remark in from.get(&key()).map_or(&[][..], Node::items) {
        if let Some(sentence) = remark.as_str() {
            add(node, sentence);
        }
    }
}

/// Moves all sentences to the end of the description.
pub(super) fn into_description(node: &mut Node) {
    let Some(remarks) = node.remove(&key()) else { return };
    let sentences: Vec<&str> = remarks.value.items().iter().filter_map(Node::as_str).collect();
    if sentences.is_empty() {
        return;
    }
    let sentences = sentences.join(" ");
    let (span, text) = match node.get("description") {
        Some(description) => (description.span, description.as_str().unwrap_or("").trim_end()),
        None => (node.span, ""),
    };
    // A separate paragraph can't become part of a list or code block before it.
    let text = match text {
        "" => sentences,
        text => format!("{text}\n\n{sentences}"),
    };
    node.set("description", Node::text_at(span, text));
}

/// Returns a value as Markdown code on one line, shortened if it is too long. The backticks around
/// it form a longer run than any in the value.
pub(super) fn code(text: &str) -> String {
    let visible = |each: char| if each.is_control() { ' ' } else { each };
    let mut shown: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    if shown.trim().is_empty() {
        return format!("`\"{shown}\"`");
    }
    let longest = shown.split(|each| each != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match longest {
        0 => format!("{fence}{shown}{fence}"),
        _ => format!("{fence} {shown} {fence}"),
    }
}

/// Returns a JSON value as code.
pub(super) fn value(node: &Node) -> String {
    match node.as_str() {
        Some(text) => code(text),
        None => code(&node.to_string()),
    }
}

/// Returns values as a list: "`a`, `b` or `c`".
pub(super) fn list(values: &[String], last: &str) -> String {
    match values {
        [] => String::new(),
        [only] => only.clone(),
        _ if values.len() > MAX => {
            let shown = values.get(..MAX).unwrap_or(values).join(", ");
            format!("{shown} and {} more", values.len() - MAX)
        }
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{code, list};

    #[test]
    fn code_cannot_end_early() {
        assert_eq!(code("a-z"), "`a-z`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("a\n\n# b"), "`a  # b`");
        assert_eq!(code(""), "`\"\"`");
        assert_eq!(code(&"x".repeat(81)), format!("`{}…`", "x".repeat(80)));
    }

    #[test]
    fn lists_are_written_as_text() {
        let values = |count: usize| (1..=count).map(|it| it.to_string()).collect::<Vec<_>>();
        assert_eq!(list(&values(1), "or"), "1");
        assert_eq!(list(&values(3), "or"), "1, 2 or 3");
        assert!(list(&values(22), "or").ends_with("19, 20 and 2 more"));
    }
}
