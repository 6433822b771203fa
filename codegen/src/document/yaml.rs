//! Builds the tree from the events of saphyr-parser.

mod anchors;
mod merge;
mod offsets;
mod scalar;
mod tags;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::tree::{Key, Kind, Tree};
use super::{Node, Span, Value, mistakes};
use crate::Diagnostic;
use anchors::{Anchor, Anchors};
use offsets::Offsets;
use tags::Core;

/// The code for text that isn't YAML.
pub(super) const SYNTAX: &str = "yaml-syntax";

/// Parses the text from byte `start`. The root may be any value, or missing.
pub(super) fn parse(text: &str, start: usize) -> Result<Option<Node>, Vec<Diagnostic>> {
    // A byte order mark shifts only some of the positions that the parser reports, so the mark is
    // removed first.
    let body = text.get(start..).unwrap_or("");
    let mut reader = Reader {
        text,
        offsets: Offsets::new(body, start),
        tree: Tree::default(),
        anchors: Anchors::default(),
        merges: BTreeSet::new(),
        documents: 0,
    };
    // The tree contains the errors, even if parsing stopped early.
    let _: ControlFlow<()> = reader.read(body);
    let Reader { tree, merges, .. } = reader;
    match tree.finish()? {
        Some(root) if !merges.is_empty() => merge::all(root, &merges).map(Some),
        root => Ok(root),
    }
}

struct Reader<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    tree: Tree,
    anchors: Anchors,
    /// The positions of the merge keys `<<`.
    merges: BTreeSet<usize>,
    documents: usize,
}

/// A scalar as it was written.
struct Scalar<'t> {
    text: Cow<'t, str>,
    is_plain: bool,
    anchor: usize,
    tag: Option<Core>,
    span: Span,
}

impl Reader<'_> {
    fn read(&mut self, body: &str) -> ControlFlow<()> {
        let mut parser = Parser::new_from_str(body);
        while let Some(event) = parser.next_event() {
            match event {
                Ok((event, span)) => {
                    let span = self.offsets.span(span);
                    self.event(event, span)?;
                }
                Err(error) => return self.syntax(&error),
            }
        }
        ControlFlow::Continue(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> ControlFlow<()> {
        match event {
            Event::DocumentStart(_) => self.document(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                let (is_plain, span) = (style == ScalarStyle::Plain, self.trimmed(span));
                let tag = self.tag(tag, span)?;
                let scalar = Scalar { text, is_plain, anchor, tag, span };
                if self.tree.awaits_key() { self.key(scalar) } else { self.scalar(scalar) }
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(span, Kind::sequence(), anchor, tag, Core::Sequence)
            }
            Event::MappingStart(anchor, tag) => {
                self.begin(span, Kind::mapping(), anchor, tag, Core::Mapping)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {
                ControlFlow::Continue(())
            }
        }
    }

    fn document(&mut self, span: Span) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents == 1 {
            return ControlFlow::Continue(());
        }
        self.tree.stop(
            Diagnostic::new("yaml-documents", "the file contains more than one document")
                .label(span, "the second one begins here")
                .help("keep one document per file: remove this `---` and everything after it"),
        )
    }

    /// Returns the type of a tag, if it is in the core schema.
    fn tag(&mut self, tag: Option<Cow<'_, Tag>>, span: Span) -> ControlFlow<(), Option<Core>> {
        let Some(tag) = tag else { return ControlFlow::Continue(None) };
        let core = tags::core(&tag);
        if core.is_none() {
            self.tree.mistake(tags::unknown(&tag, span))?;
        }
        ControlFlow::Continue(core)
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> ControlFlow<()> {
        let Scalar { text, is_plain, anchor, tag, span } = scalar;
        let written = (anchor > 0).then(|| text.clone().into_owned());
        let value = match tag {
            Some(tag) => match tags::apply(tag, &text, is_plain) {
                Ok(value) => value,
                Err(expected) => {
                    self.tree.mistake(tags::unfit(&text, expected, span))?;
                    Value::Null
                }
            },
            None if is_plain => self.plain(text, span)?,
            None => scalar::string(text),
        };
        let span = if anchor > 0 || tag.is_some() { self.after_properties(span) } else { span };
        let node = Node { span, value };
        if let Some(written) = written {
            self.anchors.set(anchor, Anchor::Scalar { node: node.clone(), written });
        }
        self.tree.value(node)
    }

    fn plain(&mut self, text: Cow<'_, str>, span: Span) -> ControlFlow<(), Value> {
        match scalar::resolve(text) {
            Ok(value) => ControlFlow::Continue(value),
            Err(text) => {
                self.tree.mistake(
                    Diagnostic::new("yaml-number", format!("`{text}` is not a JSON number"))
                        .label(span, "only finite numbers are allowed")
                        .help(format!("for a string, write `\"{text}\"`")),
                )?;
                ControlFlow::Continue(Value::Null)
            }
        }
    }

    /// Adds a key. Keys are kept as text, even `404`, `1.0`, `true` and `null`.
    fn key(&mut self, scalar: Scalar<'_>) -> ControlFlow<()> {
        let Scalar { text, is_plain, anchor, tag, span } = scalar;
        let node = Node { span, value: Value::Null };
        if is_plain && text.is_empty() && tag.is_none() {
            return self.wrong_key(&node);
        }
        let span = if anchor > 0 || tag.is_some() { self.after_properties(span) } else { span };
        if is_plain && text == merge::KEY && tag.is_none() {
            self.merges.insert(span.start);
        }
        if anchor > 0 {
            let value = scalar::resolve(text.clone()).unwrap_or(Value::Null);
            let written = text.clone().into_owned();
            self.anchors.set(anchor, Anchor::Scalar { node: Node { span, value }, written });
        }
        self.tree.key(Key { name: Some(scalar::shrunk(text)), span });
        ControlFlow::Continue(())
    }

    fn wrong_key(&mut self, node: &Node) -> ControlFlow<()> {
        let span = node.span;
        self.tree.key(Key { name: None, span });
        let written = self.text.get(span.start..span.end).unwrap_or("");
        let mistake = Diagnostic::new("yaml-key", format!("this key is {}", node.kind()))
            .label(span, "keys are strings");
        // In quotes, the text would be a valid key. Quotes aren't suggested for text that contains
        // quotes, line breaks or backslashes.
        let quotable = !written.is_empty() && !written.contains(['"', '\n', '\\']);
        self.tree.mistake(if quotable {
            mistake.help(format!("if it is meant as text, write `\"{written}\":`"))
        } else {
            mistake.help("write a plain word as the key")
        })
    }

    fn alias(&mut self, anchor: usize, span: Span) -> ControlFlow<()> {
        let is_key = self.tree.awaits_key();
        match self.anchors.copy(anchor, span, &self.tree) {
            Ok(copy) if is_key => match copy.written {
                Some(name) => {
                    self.tree.key(Key { name: Some(name), span });
                    ControlFlow::Continue(())
                }
                None => self.wrong_key(&copy.node),
            },
            Ok(copy) => {
                self.tree.count(copy.inner);
                self.tree.value(copy.node)
            }
            Err(mistake) => self.tree.stop(*mistake),
        }
    }

    fn begin(
        &mut self,
        span: Span,
        kind: Kind,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        core: Core,
    ) -> ControlFlow<()> {
        let has_properties = anchor > 0 || tag.is_some();
        if let Some(tag) = self.tag(tag, span)?
            && tag != core
            && tag != Core::Any
        {
            self.tree.mistake(tags::unfit_collection(tag, core, span))?;
        }
        let start = if has_properties {
            let rest = self.after_properties(Span::new(span.start, self.text.len()));
            Span::new(rest.start, span.end)
        } else {
            span
        };
        self.tree.begin(start, kind)?;
        if anchor > 0
            && let Some(link) = self.tree.link()
        {
            self.anchors.set(anchor, Anchor::Collection(link));
        }
        ControlFlow::Continue(())
    }

    fn end(&mut self, span: Span) -> ControlFlow<()> {
        // A block has no closing character, so the position of the event is that of the next token.
        let start = self.tree.innermost().unwrap_or_default().start;
        let is_flow = self.text.get(start..).is_some_and(|text| text.starts_with(['{', '[']));
        let merges = &self.merges;
        let is_merge = |entry: &super::Entry| {
            entry.key == merge::KEY && merges.contains(&entry.key_span.start)
        };
        let node = self.tree.end(is_flow.then_some(span.end), is_merge)?;
        match node {
            Some(node) if self.tree.awaits_key() => self.wrong_key(&node),
            Some(node) => self.tree.value(node),
            None => ControlFlow::Continue(()),
        }
    }

    /// Trims a span. The parser extends block scalars to the next token or comment, including the
    /// line breaks and indentation before it.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start..span.end).unwrap_or("");
        Span::new(span.start, span.start + text.trim_end().len())
    }

    /// Returns the part of a span after the anchor and the tag at its start.
    fn after_properties(&self, span: Span) -> Span {
        let mut rest = self.text.get(span.start..span.end).unwrap_or("");
        while rest.starts_with(['&', '!', '#']) {
            let end: &[char] =
                if rest.starts_with('#') { &['\n'] } else { &[' ', '\t', '\r', '\n'] };
            rest = rest.find(end).and_then(|at| rest.get(at..)).unwrap_or("").trim_start();
        }
        Span::new(span.end - rest.len(), span.end)
    }

    fn syntax(&mut self, error: &ScanError) -> ControlFlow<()> {
        let at = self.offsets.byte(error.marker().index());
        let rest = self.text.get(at..).unwrap_or("");
        let span = Span::new(at, at + rest.chars().next().map_or(0, char::len_utf8));
        if error.info() == "recursion limit exceeded" {
            return self.tree.stop(mistakes::depth(span));
        }
        if error.info().ends_with("unknown anchor") {
            return self.tree.stop(anchors::unknown(rest, at));
        }
        let mut mistake =
            Diagnostic::new(SYNTAX, format!("this is not valid YAML: {}", error.info()))
                .label(span, "");
        // The parser accepts a tab at this point only before quotes and brackets.
        if error.info() == "':' must be followed by a valid YAML whitespace" {
            mistake = mistake.help("write a space instead of the tab after `:`");
        }
        if let Some(open) = self.tree.innermost() {
            mistake = mistake.label(open, "in the collection that begins here");
        }
        self.tree.stop(mistake)
    }
}

#[cfg(test)]
mod tests;
