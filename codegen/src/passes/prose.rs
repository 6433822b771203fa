//! Makes text from the document safe as Markdown for rustdoc. The result has no compiled examples,
//! no HTML, no intra-doc links, and no open constructs that would affect the text after it.

mod identifiers;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub(crate) use identifiers::marked;

/// The maximum number of rounds of edits. An edit may expose something else that needs an edit,
/// such as the contents of HTML. More rounds than this have never helped.
const ROUNDS: usize = 8;

/// A paragraph that is appended to the text to check that the text leaves no construct open.
const NEXT: &str = "\n\nNEXT";

/// A replacement for a range of bytes.
type Edit = (Range<usize>, String);

/// Makes the text safe, with as few changes as possible. Text that can't be repaired is shown
/// verbatim in a code block.
pub(crate) fn harmless(text: &str) -> String {
    let original = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut text = original.clone();
    for _ in 0..ROUNDS {
        let edits = edits(&text);
        if edits.is_empty() {
            return text;
        }
        text = applied(&text, edits);
    }
    let fence = fence(&original);
    format!("{fence}text\n{original}\n{fence}")
}

/// Applies edits from the end to the start, so that positions stay valid. If several edits begin at
/// the same position, applies only the last of the longest ones.
fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = text.to_owned();
    let mut end = text.len() + 1;
    for (range, replacement) in edits.into_iter().rev() {
        if range.end <= end && range.start < end && text.get(range.clone()).is_some() {
            end = range.start;
            text.replace_range(range, &replacement);
        }
    }
    text
}

/// Returns a fence that the text can't close.
fn fence(text: &str) -> String {
    let longest = text.split(|each| each != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

fn edits(text: &str) -> Vec<Edit> {
    let source = format!("{text}{NEXT}");
    let broken = RefCell::new(Vec::new());
    let note = |link: BrokenLink<'_>| {
        broken.borrow_mut().push(link.span);
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut reader =
        Reader { source: &source, length: text.len(), edits: Vec::new(), depth: 0, links: 0 };
    for (event, range) in
        Parser::new_with_broken_link_callback(&source, options, Some(note)).into_offset_iter()
    {
        reader.event(&event, range);
    }
    let brackets = broken.into_inner().into_iter().filter_map(|span| {
        let at = span.start + source.get(span)?.find('[')?;
        (at < text.len()).then(|| (at..at, "\\".to_owned()))
    });
    reader.edits.extend(brackets);
    reader.edits
}

struct Reader<'s> {
    source: &'s str,
    /// The length of the text itself.
    length: usize,
    edits: Vec<Edit>,
    /// How many blocks are open.
    depth: usize,
    /// How many links, pictures and code blocks are open.
    links: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => self.fenced(info, range),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.indented(range),
            Event::Start(Tag::Link { dest_url, .. }) if is_path_of_rust(dest_url) => {
                self.edit(range.start..range.start, "\\");
            }
            Event::Html(_) | Event::InlineHtml(_) => self.html(range),
            Event::Text(_) if self.links == 0 => self.address(range),
            _ => {}
        }
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.links += usize::from(matches!(
                    tag,
                    Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)
                ));
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                let ends = matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock);
                self.links = self.links.saturating_sub(usize::from(ends));
            }
            _ => {}
        }
    }

    fn edit(&mut self, range: Range<usize>, replacement: &str) {
        if range.end <= self.length {
            self.edits.push((range, replacement.to_owned()));
        }
    }

    /// Marks a fence as text if rustdoc would compile its code, and closes a fence that is still
    /// open at the end. A fence in a list or quotation closes at the end of that list or quotation.
    fn fenced(&mut self, info: &str, range: Range<usize>) {
        let block = self.source.get(range.clone()).unwrap_or_default();
        let mark = block.chars().next().unwrap_or('`');
        let open = block.len() - block.trim_start_matches(mark).len();
        if is_compiled(info) {
            let line = block.lines().next().unwrap_or_default().len();
            self.edit(range.start + open..range.start + line, "text");
        } else if range.end > self.length && self.depth == 0 {
            let close: String = std::iter::repeat_n(mark, open).collect();
            self.edit(self.length..self.length, &format!("\n{close}"));
        }
    }

    /// Adds fences to an indented block. A nested block is left to the fallback, because its
    /// indentation has more than one meaning.
    fn indented(&mut self, range: Range<usize>) {
        let start = self.source.get(..range.start).and_then(|before| before.rfind('\n'));
        let range = start.map_or(0, |at| at + 1)..range.end.min(self.length);
        let block = self.source.get(range.clone()).unwrap_or_default();
        if self.depth == 0 {
            let fence = fence(block);
            let lines: String =
                block.trim_end().lines().map(|line| format!("{}\n", dedented(line))).collect();
            self.edit(range, &format!("{fence}text\n{lines}{fence}\n"));
        } else {
            // This edit has no effect, so the rounds run out, and the text is shown verbatim.
            self.edit(range.start..range.start, "");
        }
    }

    fn html(&mut self, range: Range<usize>) {
        let html = self.source.get(range.clone()).unwrap_or_default();
        let opening: Vec<usize> = html.match_indices('<').map(|(at, _)| range.start + at).collect();
        opening.into_iter().for_each(|at| self.edit(at..at, "\\"));
    }

    /// Turns a bare URL into a link.
    fn address(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let found =
            ["https://", "http://"].into_iter().filter_map(|scheme| text.find(scheme)).min();
        let Some(start) = found.map(|at| range.start + at) else { return };
        let rest = self.source.get(start..self.length).unwrap_or_default();
        let is_end = |each: char| each.is_whitespace() || "<>()[]{}\"'`*|\\".contains(each);
        let address = rest.split(is_end).next().unwrap_or_default();
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
        if address.len() > "https://".len() {
            self.edit(start..start + address.len(), &format!("<{address}>"));
        }
    }
}

/// Removes up to four columns of indentation.
fn dedented(line: &str) -> &str {
    match line.strip_prefix('\t') {
        Some(rest) => rest,
        None => {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            line.get(spaces.min(4)..).unwrap_or_default()
        }
    }
}

/// Returns whether rustdoc might treat a block with this info string as Rust. Only a single word
/// that names a different language rules this out.
fn is_compiled(info: &str) -> bool {
    const RUST: &[&str] = &[
        "compile_fail",
        "custom",
        "ignore",
        "no_run",
        "rust",
        "should_panic",
        "standalone",
        "standalone_crate",
        "test_harness",
    ];
    let word = info.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '-' | '_'));
    let is_error_code = info.strip_prefix('E').is_some_and(|rest| rest.parse::<u32>().is_ok());
    let ours = RUST.contains(&info) || info.starts_with("edition") || info.starts_with("ignore-");
    info.is_empty() || !word || is_error_code || ours
}

/// Returns whether rustdoc would resolve a link's destination as a Rust item.
fn is_path_of_rust(destination: &str) -> bool {
    destination.chars().all(|each| each.is_alphanumeric() || ":_<>, !*&;".contains(each))
}

#[cfg(test)]
mod tests;
