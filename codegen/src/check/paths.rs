//! Checks paths: none may be a `$ref`, and no two may be equivalent.

use std::collections::BTreeMap;

use super::api::{Api, METHODS};
use super::templates::shape;
use crate::{Diagnostic, Entry, Span};

pub(super) fn items(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    if api.document.root().get("paths").is_none() {
        let span = api.document.root().entry("openapi").map_or(Span::default(), |it| it.key_span);
        found.push(
            Diagnostic::new("missing-paths", "the document has no `paths`")
                .label(span, "no client can be generated without operations")
                .help("write `paths:` and at least one path under it"),
        );
    }
    for path in api.paths() {
        if let Some(reference) = path.value.entry("$ref") {
            let message = format!("path `{}` is a `$ref`", path.key);
            found.push(
                Diagnostic::new("path-reference", message)
                    .label(reference.key_span, "references to path items are not supported")
                    .help("write the path's operations here"),
            );
        }
    }
}

/// Reports paths that differ only in parameter names, because every router treats them as the same
/// path.
pub(super) fn same_shape(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for path in api.paths() {
        let shape = shape(&path.key);
        if let Some(&first) = seen.get(&shape) {
            let is_in_both = |method: &&&str| {
                first.value.get(method).is_some() && path.value.get(method).is_some()
            };
            let help = match METHODS.iter().find(is_in_both) {
                Some(method) => format!("remove one of the two: both have `{method}`"),
                None => format!(
                    "move its operations to `{}`, and use the parameter names of that path",
                    first.key
                ),
            };
            let (first, span) = (&first.key, first.key_span);
            let message =
                format!("paths `{first}` and `{}` differ only in parameter names", path.key);
            found.push(
                Diagnostic::new("ambiguous-path", message)
                    .label(path.key_span, "requests to the two paths look the same")
                    .label(span, "the other path")
                    .help(help),
            );
            continue;
        }
        seen.insert(shape, path);
    }
}
