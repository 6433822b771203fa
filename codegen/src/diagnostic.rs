//! Represents errors in a document: where they are, what is wrong, and what to write instead.

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

/// An error in a document.
///
/// Its messages have a bounded length, even if they quote long names from the document. Control
/// characters are replaced with symbols (`␛`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name for the kind of error, e.g. `missing-security`.
    pub code: &'static str,
    /// What is wrong, as a complete sentence.
    pub message: String,
    /// The `operationId` of the operation that has the error.
    pub operation: Option<String>,
    /// The positions to show. The first label is where the error is.
    pub labels: Vec<Label>,
    /// The fix, if possible as text to paste.
    pub help: Option<String>,
    /// Further information.
    pub notes: Vec<String>,
}

/// A position, with its role in an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The position. If the span covers several lines, only the first is shown.
    pub span: Span,
    /// A short message, which may be empty.
    pub text: String,
}

impl Diagnostic {
    /// Creates an error without a position.
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

    /// Adds a position. The first position is the primary one.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: plain::line(&text.into()) });
        self
    }

    /// Sets the operation that has the error.
    #[must_use]
    pub fn operation(mut self, operation_id: Option<&str>) -> Self {
        self.operation = operation_id.map(plain::line);
        self
    }

    /// Sets the fix.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(plain::lines(&help.into()));
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(plain::lines(&note.into()));
        self
    }

    /// Rewrites the YAML in the help message as JSON, for a JSON document.
    pub(crate) fn in_json(mut self) -> Self {
        self.help = self.help.as_deref().map(in_json::in_json);
        self
    }

    fn place(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// All errors in one document, in document order.
///
/// `Display` renders the errors in the style of a compiler. Long lines are shortened to the part
/// around the error. If there are more than 20 errors, the output starts with the number of errors
/// for each code. Then it shows the first few errors of each code, at most 100 in total.
/// [`Diagnostics::list`] returns all errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnostics {
    name: String,
    text: String,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Creates a list of errors in the document with this name and text.
    pub fn new(
        name: impl Into<String>,
        text: impl Into<String>,
        mut list: Vec<Diagnostic>,
    ) -> Self {
        list.sort_by(|a, b| (a.place(), a.code, &a.message).cmp(&(b.place(), b.code, &b.message)));
        list.dedup();
        Diagnostics { name: name.into(), text: text.into(), list }
    }

    /// Returns the errors in document order.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Returns the name of the document.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Renders the errors like `Display`, in colour.
    pub fn to_styled_string(&self) -> String {
        render_styled(&self.list, &self.name, &self.text)
    }

    /// Renders the errors in colour. Unlike `Display`, shows all of them, up to the maximum size of
    /// the output.
    #[cfg(feature = "cli")]
    pub(crate) fn to_explanation(&self) -> String {
        render::render_all(&self.list, &self.name, &self.text)
    }

    /// Renders the first errors in colour: as many as fit on a screen, but at least one.
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

/// Does the same as `Display`, so `unwrap` and `main` show the errors like a compiler. `{:#?}`
/// shows the fields, without the text of the document.
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
