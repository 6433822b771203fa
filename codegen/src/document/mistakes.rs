//! Defines the errors that YAML and JSON documents have in common, and the limits for both formats.

use super::{Entry, Node, Span, Value};
use crate::Diagnostic;

/// The maximum size of a document. Larger documents are rejected before they are parsed.
pub(crate) const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The maximum number of levels of a document. Deeper documents are rejected, so that code that
/// walks the tree can be recursive. The YAML parser has the same limit for flow style.
pub(super) const MAX_DEPTH: usize = 255;
/// The maximum number of values in a document, to limit memory. Documents with more values are
/// rejected.
pub(super) const MAX_NODES: usize = 2_000_000;
/// The maximum number of errors. When it is reached, parsing stops, and an additional error says
/// so.
const MAX_MISTAKES: usize = 100;

pub(super) fn size(text: &str) -> Option<Diagnostic> {
    let bytes = text.len();
    (bytes > MAX_BYTES).then(|| {
        let message = format!("the document has {bytes} bytes, more than {MAX_BYTES}");
        Diagnostic::new("document-size", message)
    })
}

pub(super) fn too_many_values(span: Span) -> Diagnostic {
    let message = format!("the document has more than {MAX_NODES} values");
    Diagnostic::new("document-size", message).label(span, "this value exceeds the limit")
}

pub(super) fn depth(span: Span) -> Diagnostic {
    Diagnostic::new(
        "document-depth",
        format!("the document is nested more than {MAX_DEPTH} levels deep"),
    )
    .label(span, format!("level {}", MAX_DEPTH + 1))
    .help("name inner schemas under `components.schemas` and use `$ref`")
}

/// Returns whether there are too many errors to continue. In that case, adds a final error, which
/// says that parsing stopped.
pub(super) fn are_many(mistakes: &mut Vec<Diagnostic>) -> bool {
    if mistakes.len() < MAX_MISTAKES {
        return false;
    }
    let place = mistakes.iter().filter_map(|it| it.labels.first()).map(|label| label.span).max();
    let message = format!("parsing stopped after {MAX_MISTAKES} errors");
    mistakes.push(
        Diagnostic::new("document-mistakes", message)
            .label(place.unwrap_or_default(), "the text after this was not parsed")
            .help("fix the other errors and run again"),
    );
    true
}

/// Returns an error for each key that repeats an earlier key of the same mapping.
pub(super) fn twice<'e>(
    entries: impl Iterator<Item = &'e Entry>,
) -> impl Iterator<Item = Diagnostic> {
    let mut sorted: Vec<&Entry> = entries.collect();
    // The sort is stable, so equal keys stay in document order.
    sorted.sort_by(|a, b| a.key.cmp(&b.key));
    let mut first: Option<&Entry> = None;
    let repeats = sorted.into_iter().filter_map(move |entry| match first {
        Some(first) if first.key == entry.key => Some((first.key_span, entry)),
        _ => {
            first = Some(entry);
            None
        }
    });
    repeats.map(|(first, entry)| {
        Diagnostic::new("duplicate-key", format!("the key `{}` is used twice", entry.key))
            .label(entry.key_span, "the second one")
            .label(first, "the first one")
            .help("remove or rename one of the two")
    })
}

/// Returns the root if it is a mapping, or an error.
pub(super) fn root(root: Option<Node>) -> Result<Node, Vec<Diagnostic>> {
    let Some(root) = root.filter(|root| !matches!(root.value, Value::Null)) else {
        let mistake = Diagnostic::new("document-empty", "the document is empty")
            .label(Span::default(), "an OpenAPI document was expected")
            .help("start with `openapi: 3.0.3`");
        return Err(vec![mistake]);
    };
    if matches!(root.value, Value::Mapping(_)) {
        return Ok(root);
    }
    let message = format!("the document is {}, not a mapping", root.kind());
    let mistake = Diagnostic::new("document-root", message)
        .label(root.span, "keys such as `openapi` and `paths` were expected")
        .help("start with `openapi: 3.0.3`");
    Err(vec![mistake])
}
