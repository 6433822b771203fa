//! Normalises operation ids: each operation gets an id that can be the name of a method and is
//! unique as a Rust name.

use std::collections::BTreeSet;

use super::for_each;
use crate::check::{is_taken_id, suggested_id};
use crate::names;
use crate::normalise::Record;
use crate::{Node, Settings};

/// The key for the name of an operation in reports. The name is the operation's id in the document
/// if that id is usable and unique. Otherwise, it is the method and the path.
pub(crate) const LABEL: &str = "x-openapi-keys-label";

pub(in crate::normalise) fn identify(root: &mut Node, settings: &Settings, record: &mut Record) {
    let mut taken = BTreeSet::new();
    // All valid ids are reserved first, so that a generated id never takes the name of a valid id.
    for_each(root, |operation| {
        let id = operation.node.text("operationId").filter(|id| is_usable(id, settings));
        let free = id.is_some_and(|id| taken.insert(names::field(id)));
        let span = operation.key_span;
        let label = match operation.node.text("operationId") {
            Some(id) if free => id.to_owned(),
            _ => format!("{} {}", operation.method.to_uppercase(), operation.path),
        };
        if !free {
            let old = operation.node.remove("operationId");
            let old = old.and_then(|entry| entry.value.as_str().map(str::to_owned));
            operation.node.set(OLD, Node::text_at(span, old.unwrap_or_default()));
        }
        operation.node.set(LABEL, Node::text_at(span, label));
    });
    for_each(root, |operation| {
        let title = operation.title();
        let Some(old) = operation.node.remove(OLD) else { return };
        let old = old.value.as_str().unwrap_or_default();
        let id = made(old, operation.method, operation.path, settings, &mut taken);
        let message = match old {
            "" => format!("{title} has no `operationId`, so its method is named after `{id}`"),
            _ => format!(
                "the `operationId` `{old}` of {title} can't be a method name or is already taken, \
                 so the method is named after `{id}`"
            ),
        };
        record.note("operation-id", operation.key_span, message);
        let span = operation.key_span;
        operation.node.set("operationId", Node::text_at(span, id));
    });
}

/// The key that contains an unusable id until a new id is made from it.
const OLD: &str = "x-openapi-keys-old-id";

fn is_usable(id: &str, settings: &Settings) -> bool {
    id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
        && id.len() <= LONGEST
        && !is_taken_id(settings, id)
}

/// The maximum length of an id. Longer names would result in unreadable lines, and in file names
/// that some systems don't support.
const LONGEST: usize = 100;

/// Returns a free id that is made from the old id, or from the method and the path.
fn made(
    old: &str,
    method: &str,
    path: &str,
    settings: &Settings,
    taken: &mut BTreeSet<String>,
) -> String {
    let from_path = suggested_id(method, path);
    let mut candidates = vec![from_path.clone()];
    // An id without ASCII letters or digits has nothing that the new id could contain.
    if old.contains(|each: char| each.is_ascii_alphanumeric()) {
        let from_old = camel(old);
        let both = format!("{from_old}{}", names::pascal(&from_path));
        candidates = vec![from_old, from_path.clone(), both];
    }
    candidates.retain(|id| is_usable(id, settings));
    let numbered = (2..).map(|number| format!("{from_path}{number}"));
    let mut all = candidates.into_iter().chain(numbered);
    let found = all.find(|id| taken.insert(names::field(id)));
    // The iterator is infinite, so a name is always found.
    found.unwrap_or(from_path)
}

/// Returns e.g. `ordersList` for `orders.list`, in ASCII.
fn camel(id: &str) -> String {
    let pascal = names::pascal(id);
    let mut letters = pascal.chars().filter(char::is_ascii_alphanumeric);
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).take(LONGEST).collect()
}
