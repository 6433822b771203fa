//! Bodies of errors that can't be generated: they have no type, and their operations stay.

use std::collections::BTreeSet;

use super::{is_error, schema_mut};
use crate::lower::operation_nodes;
use crate::lower::schemas::{reached, reference};
use crate::normalise::Record;
use crate::normalise::operations::for_each;
use crate::{Diagnostic, Document, Entry, Node};

/// Leaves out the bodies of errors that have what is wrong, so that their operations can be generated. Returns whether there
/// are any.
pub(crate) fn forget(
    document: &mut Document,
    mistakes: &[Diagnostic],
    record: &mut Record,
) -> bool {
    let bad = mistaken(document, mistakes);
    let bodies: BTreeSet<String> = operation_nodes(document)
        .flat_map(|operation| operation.get("responses").map_or(&[][..], Node::entries))
        .filter(|response| is_error(&response.key))
        .filter_map(|response| {
            let media = response.value.get("content")?.get("application/json")?;
            reference(media.get("schema")?).map(str::to_owned)
        })
        .collect();
    let has_bad =
        |name: &&String| !bad.is_disjoint(&reached(document, [name.as_str()].into_iter()));
    let unusable: BTreeSet<String> = bodies.iter().filter(has_bad).cloned().collect();
    for_each(document.root_mut(), |operation| {
        let responses = operation.node.get_mut("responses");
        for response in responses.map_or(&mut [][..], Node::entries_mut) {
            let schema = is_error(&response.key).then(|| schema_mut(&mut response.value)).flatten();
            let name = schema.and_then(|it| reference(it).map(str::to_owned));
            let Some(name) = name.filter(|name| unusable.contains(name)) else { continue };
            response.value.remove("content");
            let message = format!(
                "bodies of errors that are `{name}` have no type, because it can't be generated"
            );
            record.note_once("error-body", response.key_span, message);
        }
    });
    !unusable.is_empty()
}

/// The names of the schemas that mistakes are in.
fn mistaken<'d>(document: &'d Document, mistakes: &[Diagnostic]) -> BTreeSet<&'d str> {
    let schemas = document.get(&["components", "schemas"]).map_or(&[][..], Node::entries);
    let spans: BTreeSet<_> =
        mistakes.iter().filter_map(|mistake| mistake.labels.first()).map(|it| it.span).collect();
    let is_inside = |entry: &&Entry| {
        let mut open = vec![&entry.value];
        let mut found = spans.contains(&entry.key_span);
        while let Some(node) = open.pop().filter(|_| !found) {
            let entries = node.entries();
            found = spans.contains(&node.span)
                || entries.iter().any(|entry| spans.contains(&entry.key_span));
            open.extend(entries.iter().map(|entry| &entry.value).chain(node.items()));
        }
        found
    };
    schemas.iter().filter(is_inside).map(|entry| entry.key.as_str()).collect()
}
