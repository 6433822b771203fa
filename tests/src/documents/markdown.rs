//! Splits a Markdown page into pieces to check, each with its line.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its kind and content.
    pub kind: Kind,
}

/// The kinds of pieces that can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A code span: text between backticks.
    Code(String),
    /// A code block with its info string, which is empty for an indented block.
    Block(String, String),
    /// The destination of a link.
    Link(String),
    /// The text of a heading.
    Heading(String),
    /// The text of a paragraph, list item or table cell, joined into one line. Code spans keep their backticks.
    Prose(String),
}

/// Returns all pieces of a page in order. The code spans of a paragraph come before the paragraph itself.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut reader = Reader { line_starts: line_starts(text), ..Reader::default() };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = reader.line(range.start);
        reader.take(event, line);
    }
    reader.pieces
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[derive(Default)]
struct Reader {
    line_starts: Vec<usize>,
    pieces: Vec<Piece>,
    /// The current paragraph, heading or cell, and its first line.
    prose: Option<(usize, String)>,
    /// The current code block.
    block: Option<(usize, String, String)>,
}

impl Reader {
    fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    fn push(&mut self, line: usize, kind: Kind) {
        self.pieces.push(Piece { line, kind });
    }

    fn take(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.block = Some((line, info, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((line, info, text)) = self.block.take() {
                    self.push(line, Kind::Block(info, text));
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.push(line, Kind::Link(dest_url.to_string()));
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Item) => {
                self.end_prose();
                self.prose = Some((line, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((line, text)) = self.prose.take() {
                    self.push(line, Kind::Heading(text));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item) => self.end_prose(),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.push(line, Kind::Code(text.to_string()));
                self.text(&format!("`{text}`"));
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, block)) = &mut self.block {
            block.push_str(text);
        } else if let Some((_, prose)) = &mut self.prose {
            prose.push_str(text);
        }
    }

    fn end_prose(&mut self) {
        if let Some((line, text)) = self.prose.take()
            && !text.is_empty()
        {
            self.push(line, Kind::Prose(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_split_into_pieces_with_lines() {
        let page = "# Title\n\nSee `a/b.rs`\nand [it](c.md#d).\n\n```sh\nls\n```\n\n    pwd\n\n\
                    | a | b |\n| - | - |\n| two `x` | |\n\n* item\n";
        let found: Vec<_> = pieces(page).into_iter().map(|it| (it.line, it.kind)).collect();
        let text = str::to_owned;
        assert_eq!(
            found,
            [
                (1, Kind::Heading(text("Title"))),
                (3, Kind::Code(text("a/b.rs"))),
                (4, Kind::Link(text("c.md#d"))),
                (3, Kind::Prose(text("See `a/b.rs` and it."))),
                (6, Kind::Block(text("sh"), text("ls\n"))),
                (10, Kind::Block(text(""), text("pwd\n"))),
                (12, Kind::Prose(text("a"))),
                (12, Kind::Prose(text("b"))),
                (14, Kind::Code(text("x"))),
                (14, Kind::Prose(text("two `x`"))),
                (16, Kind::Prose(text("item"))),
            ]
        );
    }
}
