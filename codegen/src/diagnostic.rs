//! What is wrong with a document: where, why, and what to write instead.

mod excerpt;
mod in_json;
mod plain;
mod render;
mod window;

use std::fmt;

use crate::Span;

#[cfg(feature = "cli")]
pub(crate) use plain::line as plain_line;
#[cfg(feature = "cli")]
pub(crate) use render::{Remark, remarks};
pub(crate) use render::{render, render_styled};

/// One mistake.
///
/// Its texts are of a bounded length, however long a name of the document is that they quote, and have pictures (`␛`) in
/// place of characters that would steer a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name of the kind of mistake, e.g. `missing-security`.
    pub code: &'static str,
    /// What is wrong, as a sentence that stands alone.
    pub message: String,
    /// The operation that it is about, by its `operationId`.
    pub operation: Option<String>,
    /// Places; the first one is where the mistake is.
    pub labels: Vec<Label>,
    /// What to do, if possible as text to paste.
    pub help: Option<String>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// A place, and what it has to do with a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place. Of a span over several lines, the first line is shown.
    pub span: Span,
    /// A few words, or nothing.
    pub text: String,
}

impl Diagnostic {
    /// A mistake without a place.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            message: plain::line(&message.into()),
            operation: None,
            labels: Vec::new(),
            help: None,
            notes: Vec::new(),
        }
    }

    /// Adds a place; the first one added is the primary one.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: plain::line(&text.into()) });
        self
    }

    /// Says which operation it is about.
    #[must_use]
    pub fn operation(mut self, operation_id: Option<&str>) -> Self {
        self.operation = operation_id.map(plain::line);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(plain::lines(&help.into()));
        self
    }

    /// Adds something to know.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(plain::lines(&note.into()));
        self
    }

    /// The same for a document in JSON.
    pub(crate) fn in_json(mut self) -> Self {
        self.help = self.help.as_deref().map(in_json::in_json);
        self
    }

    fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Everything that is wrong with one document, in the order of its text.
///
/// `Display` renders it as a compiler would, and of long lines the part around a mistake. If there are more than 20
/// mistakes, it begins with how many there are of each code and shows the first ones of each, at most 100.
/// [`Diagnostics::list`] has them all.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostics {
    name: String,
    text: String,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// The mistakes of the document of that name and text.
    pub fn new(
        name: impl Into<String>,
        text: impl Into<String>,
        mut list: Vec<Diagnostic>,
    ) -> Self {
        list.sort_by(|a, b| (a.place(), a.code, &a.message).cmp(&(b.place(), b.code, &b.message)));
        list.dedup();
        Diagnostics { name: name.into(), text: text.into(), list }
    }

    /// The mistakes in the order of the text.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// The name of the document.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// As `Display` shows it, in colour.
    pub fn to_styled_string(&self) -> String {
        render_styled(&self.list, &self.name, &self.text)
    }

    /// All mistakes in colour, up to the size of text that the others have too.
    #[cfg(feature = "cli")]
    pub(crate) fn to_explanation(&self) -> String {
        render::render_all(&self.list, &self.name, &self.text)
    }

    /// The first mistakes in colour, as many as fit on a screen.
    #[cfg(feature = "cli")]
    pub(crate) fn to_screen(&self) -> String {
        render::render_screen(&self.list, &self.name, &self.text)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render(&self.list, &self.name, &self.text))
    }
}

/// The same as `Display`, so that `unwrap` and `main` show it as a compiler would. With `{:#?}` the fields, without the
/// text of the document.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        f.debug_struct("Diagnostics")
            .field("name", &self.name)
            .field("list", &self.list)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Diagnostics {}
