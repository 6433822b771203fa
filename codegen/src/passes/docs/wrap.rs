//! Long lines of documentation, broken where Markdown reads the same afterwards.

use pulldown_cmark::{Event, Options, Parser};

/// With the slashes before it and in a method, a line then ends at column 100.
const WIDTH: usize = 92;

/// The text with its paragraphs and items of lists wrapped, if any of their lines is too long.
pub(crate) fn wrapped(text: &str) -> String {
    if text.lines().all(fits) {
        return text.to_owned();
    }
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let marker = ["```", "~~~"].into_iter().find(|it| line.trim_start().starts_with(it));
        let is_code = fence.is_some() || marker.is_some();
        fence = match (fence, marker) {
            (None, marker) => marker,
            (Some(open), Some(marker)) if open == marker => None,
            (open, _) => open,
        };
        match blocks.last_mut() {
            Some(block) if !is_code && continues(block, line) => block.push(line),
            _ => blocks.push(vec![line]),
        }
    }
    let made: Vec<String> = blocks.iter().map(|block| wrapped_block(block)).collect();
    let made = made.join("\n");
    // Rather a long line than a text that means something else.
    if events(&made) == events(text) { made } else { text.to_owned() }
}

fn fits(line: &str) -> bool {
    line.chars().count() <= WIDTH
}

/// Whether a line is the next one of a paragraph.
fn continues(block: &[&str], line: &str) -> bool {
    let last = block.last().copied().unwrap_or_default();
    let is_text = |line: &str| !line.trim().is_empty() && is_prose(line);
    let is_broken = last.ends_with("  ") || last.ends_with('\\');
    is_text(last) && is_text(line) && !is_broken && !starts_block(line)
}

/// Whether Markdown takes a line that begins like this for something else than text.
fn starts_block(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|each: char| each.is_ascii_digit());
    line.starts_with(['*', '-', '+', '>', '#', '|', '=', '~', '<', '['])
        || line.starts_with("```")
        || (number.len() < line.len() && number.starts_with(['.', ')']))
}

fn wrapped_block(block: &[&str]) -> String {
    let first = block.first().copied().unwrap_or_default();
    if block.iter().all(|line| fits(line)) || !is_prose(first) {
        return block.join("\n");
    }
    let text = first.trim_start();
    let indent = first.len() - text.len();
    let mut line = " ".repeat(indent);
    let indent = " ".repeat(indent + marker(text));
    let (mut lines, mut is_empty) = (Vec::new(), true);
    for word in words(&block.join(" ")) {
        let length = line.chars().count() + 1 + word.chars().count();
        if !is_empty && length > WIDTH && !starts_block(word) {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
    lines.join("\n")
}

/// No table, heading, quotation or block of code.
fn is_prose(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with(['|', '#', '>']) && !line.starts_with("```") && !line.starts_with("~~~")
}

/// How wide the marker of an item is.
fn marker(line: &str) -> usize {
    match line.split_once(' ') {
        Some((marker, _)) if starts_block(line) => marker.len() + 1,
        _ => 0,
    }
}

/// The words of a text; a code span is one.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut start, mut in_code) = (Vec::new(), 0, false);
    for (at, each) in text.char_indices() {
        if each == '`' {
            in_code = !in_code;
        }
        if each == ' ' && !in_code {
            words.push(&text[start..at]);
            start = at + 1;
        }
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// What Markdown makes of a text, where the end of a line is a space.
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
                events.push(format!("{event:?}"));
                in_text = false;
            }
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{events, wrapped};

    #[test]
    fn long_lines_of_paragraphs_and_lists_are_wrapped() {
        let long = "word ".repeat(30);
        let text = format!("{long}\nand more.\n\n* `a`: {long}\n* `b`: short\n\n1. {long}");
        let line = "word ".repeat(18);
        let rest = "word ".repeat(12);
        let expected = format!(
            "{}\n{}and more.\n\n* `a`: {}\n  {}\n* `b`: short\n\n1. {}\n   {}",
            line.trim_end(),
            rest,
            "word ".repeat(17).trim_end(),
            "word ".repeat(13).trim_end(),
            line.trim_end(),
            rest.trim_end(),
        );
        assert_eq!(wrapped(&text), expected);
    }

    #[test]
    fn what_is_no_prose_stays() {
        let long = "word ".repeat(30);
        for text in [
            format!("```text\n{long}\n```"),
            format!("| a | b |\n| --- | --- |\n| {long} | 2 |"),
            format!("# {long}"),
            "short\nlines\nstay".to_owned(),
            "x".repeat(200),
        ] {
            assert_eq!(wrapped(&text), text);
        }
    }

    #[test]
    fn no_line_begins_like_a_list() {
        let text = format!("{} - 1. * # + {}", "word ".repeat(17).trim_end(), "word ".repeat(9));
        let made = wrapped(&text);
        assert!(made.lines().count() > 1, "{made}");
        assert_eq!(events(&made), events(text.trim_end()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_changes_but_line_ends(text in "([`~<>\\[\\]()!#*+=|:.&/-]|\n|    |a|b|\\\\|1[.]| [a-z]{9} [a-z]{20} ){0,60}") {
            let text = text.trim();
            let made = wrapped(text);
            prop_assert_eq!(events(&made), events(text));
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&made), words(text));
        }
    }
}
