//! Mistakes that a document in YAML and one in JSON can have alike, and the bounds of both.

use super::{Entry, Node, Span, Value};
use crate::Diagnostic;

/// Larger documents are refused before they are read.
pub(crate) const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Deeper documents are refused, so that code that walks the tree may recurse. The YAML parser has the same limit for
/// its flow style.
pub(super) const MAX_DEPTH: usize = 255;
/// Documents with more values than this are refused: a bound of memory.
pub(super) const MAX_NODES: usize = 2_000_000;
/// Reading stops after this many mistakes and says so.
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
    Diagnostic::new("document-size", message).label(span, "this one is too many")
}

pub(super) fn depth(span: Span) -> Diagnostic {
    Diagnostic::new("document-depth", format!("the document is deeper than {MAX_DEPTH} levels"))
        .label(span, format!("level {}", MAX_DEPTH + 1))
        .help("name inner schemas under `components.schemas` and use `$ref`")
}

/// Whether there are too many mistakes to read on; then one more says so.
pub(super) fn are_many(mistakes: &mut Vec<Diagnostic>) -> bool {
    if mistakes.len() < MAX_MISTAKES {
        return false;
    }
    let place = mistakes.iter().filter_map(|it| it.labels.first()).map(|label| label.span).max();
    let message = format!("reading stopped after {MAX_MISTAKES} mistakes");
    mistakes.push(
        Diagnostic::new("document-mistakes", message)
            .label(place.unwrap_or_default(), "what follows was not read")
            .help("fix the other mistakes and run again"),
    );
    true
}

/// The keys that a mapping has more than once, each together with its first place.
pub(super) fn twice<'e>(
    entries: impl Iterator<Item = &'e Entry>,
) -> impl Iterator<Item = Diagnostic> {
    let mut sorted: Vec<&Entry> = entries.collect();
    // Stable, so of equal keys the first one in the document stays the first.
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
        Diagnostic::new("duplicate-key", format!("the key `{}` is there twice", entry.key))
            .label(entry.key_span, "the second one")
            .label(first, "the first one")
            .help("remove or rename one of the two")
    })
}

/// The root, if it is a mapping.
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
