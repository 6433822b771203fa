//! Rewraps paragraphs of documentation, unless that would change the meaning of the Markdown.

use pulldown_cmark::{Event, Options, Parser};

/// The width of the text on a doc comment line that ends at column 100, inside an `impl`.
const WIDTH: usize = 92;

/// Returns the text with its paragraphs and list items wrapped for a method's documentation.
pub(crate) fn wrapped(text: &str) -> String {
    wrapped_to(text, WIDTH)
}

/// Does the same as `wrapped`, with lines of at most this many characters.
pub(crate) fn wrapped_to(text: &str, width: usize) -> String {
    let blocks = blocks(text);
    let made: Vec<String> = blocks.iter().map(|block| block.wrapped(width)).collect();
    let made = made.join("\n");
    // A long line is better than a different meaning.
    if made == text || events(&made) == events(text) { made } else { text.to_owned() }
}

/// Lines that are wrapped together.
struct Block<'a> {
    lines: Vec<&'a str>,
    /// Whether the block is prose. If it isn't, it is one line that stays unchanged.
    is_prose: bool,
    /// Whether the paragraph continues in the next block, after a hard line break.
    breaks: bool,
    /// The prefix of the block's lines, if they continue an item or a quotation above.
    continued: String,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let mut continued = String::new();
        let marker = ["```", "~~~"].into_iter().find(|it| line.trim_start().starts_with(it));
        let is_code = fence.is_some() || marker.is_some();
        fence = match (fence, marker) {
            (None, marker) => marker,
            (Some(open), Some(marker)) if open == marker => None,
            (open, _) => open,
        };
        let is_prose = !is_code && is_prose(line);
        if is_prose
            && !starts_block(line)
            && let Some(block) =
                blocks.last_mut().filter(|block| block.is_prose || block.is_quotation())
        {
            let last = block.lines.last().copied().unwrap_or_default();
            block.breaks = last.ends_with("  ") || last.ends_with('\\');
            if !block.breaks && block.is_prose {
                block.lines.push(line);
                continue;
            }
            continued = block.hanging();
        }
        blocks.push(Block { lines: vec![line], is_prose, breaks: false, continued });
    }
    blocks
}

impl Block<'_> {
    /// Returns whether this is a non-empty line of a quotation.
    fn is_quotation(&self) -> bool {
        let line = self.lines.first().copied().unwrap_or_default().trim();
        !self.is_prose && line.strip_prefix('>').is_some_and(|rest| !rest.is_empty())
    }

    /// Returns the prefix of all lines after the first.
    fn hanging(&self) -> String {
        if self.is_quotation() || self.continued.starts_with('>') {
            return "> ".to_owned();
        }
        let first = self.lines.first().copied().unwrap_or_default();
        let text = first.trim_start_matches(BLANK);
        " ".repeat(self.continued.len().max(first.len() - text.len() + marker(text)))
    }

    fn wrapped(&self, width: usize) -> String {
        let first = self.lines.first().copied().unwrap_or_default();
        let text = first.trim_start_matches(BLANK);
        let (own, _) = first.split_at(first.len() - text.len());
        let is_inside = own.len() < self.continued.len() || self.continued.starts_with('>');
        let indent = if is_inside { &self.continued } else { own };
        // A line that is indented this far may be code.
        let is_deep = indent.len() > 3 || indent.contains('\t');
        let fits = |line: &&str| line.chars().count() <= width;
        if !self.is_prose || (is_deep && self.lines.iter().all(fits)) {
            return self.lines.join("\n");
        }
        let joined: Vec<&str> = self.lines.iter().map(|line| line.trim_matches(BLANK)).collect();
        let joined = joined.join(" ");
        let hanging = format!("{indent}{}", " ".repeat(marker(text)));
        let (mut lines, mut line, mut is_empty) = (Vec::new(), indent.to_owned(), true);
        for word in words(&joined) {
            let length = line.chars().count() + 1 + word.chars().count();
            // A backslash at the end of a line would be a hard break.
            if !is_empty && length > width && !starts_block(word) && !line.ends_with('\\') {
                lines.push(std::mem::replace(&mut line, hanging.clone()));
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        // The spaces of a hard break were trimmed above, so a backslash replaces them.
        if self.breaks && !line.ends_with('\\') {
            line.push('\\');
        }
        lines.push(line);
        lines.join("\n")
    }
}

/// The characters that Markdown ignores before and after a line.
const BLANK: [char; 2] = [' ', '\t'];

/// Returns whether this is a line of a paragraph or an item. A line of a table, a heading, a rule,
/// a quotation, a link definition or a fence isn't.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    let is_rule = line.chars().all(|each| "*-_=: |".contains(each)) && marker(line) == 0;
    let is_heading = line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    let is_definition = is_definition(line) && !line.starts_with("[^");
    !is_rule && !is_heading && !is_definition && !line.starts_with(['|', '>']) && !is_fence(line)
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// Returns whether a line that begins with this text starts something other than a paragraph in
/// Markdown.
fn starts_block(line: &str) -> bool {
    let line = line.trim_start_matches(BLANK);
    let word = line.split(BLANK).next().unwrap_or_default();
    let is_rule = word.chars().all(|each| "*-_=#".contains(each));
    let is_html = line.starts_with('<') && !line.starts_with("<http");
    is_marker(word)
        || is_rule
        || is_html
        || line.starts_with(['>', '|'])
        || is_fence(line)
        || is_definition(line)
}

/// Returns whether this is the definition of a link or footnote, or a link to a footnote.
fn is_definition(line: &str) -> bool {
    let label = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    line.starts_with("[^") || label.is_some_and(|(_, rest)| rest.starts_with(':'))
}

/// Returns whether a word is the marker of a list item.
fn is_marker(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|each| each.is_ascii_digit());
    matches!(word, "*" | "-" | "+") || number.is_some_and(is_number)
}

/// Returns the width of an item's marker with the space after it. Only items have a hanging indent.
fn marker(line: &str) -> usize {
    match line.split_once(' ') {
        Some((word, _)) if is_marker(word) => word.len() + 1,
        _ => 0,
    }
}

/// Returns the words of a string. A code span is a single word.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(each) = text[at..].chars().next() {
        match each {
            '`' => at = after_code(text, at),
            '\\' if text[at + 1..].starts_with('`') => at += 2,
            ' ' => {
                words.push(&text[start..at]);
                at += 1;
                start = at;
            }
            _ => at += each.len_utf8(),
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the end of the code span that begins at `start`. A code span begins and ends with the
/// same number of backticks. If the text has no such end, the backticks at `start` are text.
fn after_code(text: &str, start: usize) -> usize {
    let run = |at: usize| text[at..].bytes().take_while(|each| *each == b'`').count();
    let length = run(start);
    let mut at = start + length;
    while let Some(found) = text[at..].find('`') {
        at += found;
        let here = run(at);
        at += here;
        if here == length {
            return at;
        }
    }
    start + length
}

/// Returns the Markdown events of a string, with line breaks as spaces.
fn events(text: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut events: Vec<String> = Vec::new();
    let mut in_text = false;
    for event in Parser::new_ext(text, options) {
        let text = match &event {
            Event::Text(text) => Some(text.to_string()),
            Event::SoftBreak => Some(" ".to_owned()),
            _ => None,
        };
        match (text, events.last_mut()) {
            (Some(text), Some(last)) if in_text => last.push_str(&text),
            (Some(text), _) => {
                events.push(text);
                in_text = true;
            }
            (None, _) => {
                events.push(match event {
                    // The parser stores text differently if it contained a line break.
                    Event::Code(text) => format!("Code({text})"),
                    event => format!("{event:?}"),
                });
                in_text = false;
            }
        }
    }
    events
}

#[cfg(test)]
mod tests;
