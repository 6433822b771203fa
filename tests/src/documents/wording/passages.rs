//! Splits a file into the passages that people read.

use super::Passage;
use super::code::{self, Language};

/// The way to split a file, which depends on its extension.
enum Kind {
    /// Comments and string literals.
    Code(Language),
    /// Paragraphs. The function returns whether a line begins a new paragraph even without a blank line above it.
    Text(fn(&str) -> bool),
}

/// Returns whether [`passages`] supports this kind of file. Supported kinds include code, Markdown, settings and
/// compiler messages.
#[must_use]
pub fn is_readable(file: &str) -> bool {
    kind(file).is_some()
}

/// Returns the passages of a file: the comments and string literals of code, and the paragraphs of other files.
#[must_use]
pub fn passages(file: &str, text: &str) -> Vec<Passage> {
    match kind(file) {
        Some(Kind::Code(language)) => code::passages(text, language),
        Some(Kind::Text(begins)) => paragraphs(text, begins),
        None => Vec::new(),
    }
}

fn kind(file: &str) -> Option<Kind> {
    let name = file.rsplit('/').next().unwrap_or_default();
    Some(match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "rs" => Kind::Code(Language::Rust),
        "js" | "mjs" | "cjs" | "ts" | "css" => Kind::Code(Language::JavaScript),
        // Shell scripts have the same comments and quotation marks as Python.
        "py" | "sh" | "" => Kind::Code(Language::Python),
        "md" => Kind::Text(begins_in_markdown),
        "yaml" | "yml" | "toml" => Kind::Text(begins_in_yaml),
        "html" => Kind::Text(|line| line.trim_start().starts_with('<')),
        "stderr" => Kind::Text(|_| true),
        "sql" => Kind::Text(|_| false),
        _ => return None,
    })
}

/// Splits text at blank lines and before lines that start a new passage, such as list items. Skips code blocks.
fn paragraphs(text: &str, begins: fn(&str) -> bool) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for (at, line) in text.lines().enumerate() {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        if is_fence || fenced || line.trim().is_empty() {
            open = false;
            continue;
        }
        match passages.last_mut() {
            Some(passage) if open && !begins(line) => {
                passage.text.push('\n');
                passage.text.push_str(line);
            }
            _ => passages.push(Passage { line: at + 1, text: line.to_owned() }),
        }
        open = true;
    }
    passages
}

/// Returns whether a line is a heading, a list item or a table row.
fn begins_in_markdown(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|each: char| each.is_ascii_digit());
    ["#", "- ", "* ", "|", ">"].iter().any(|mark| line.starts_with(mark))
        || (number.len() < line.len() && number.starts_with(". "))
}

/// Returns whether a line is a key or a list item. A comment line continues the previous entry.
fn begins_in_yaml(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.trim_start_matches("- ").split([':', '=']).next().unwrap_or_default();
    let is_key = key.len() < line.len() && !key.trim_end().contains([' ', '`']);
    line.starts_with("- ") || (is_key && !line.starts_with('#'))
}
