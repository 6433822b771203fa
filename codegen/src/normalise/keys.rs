//! Keys that this stage would take for its own, and characters in prose that nobody sees.

use super::{OWN, Record};
use crate::check::is_hidden;
use crate::{Node, Value};

/// Keys of texts for people. Others may be on the wire, so they aren't changed.
const PROSE: &[&str] = &["description", "summary", "title"];

pub(super) fn usable(node: &mut Node, record: &mut Record) {
    match &mut node.value {
        Value::Mapping(entries) => {
            entries.retain(|entry| !entry.key.starts_with(OWN));
            for entry in entries {
                match &mut entry.value.value {
                    Value::String(text) if PROSE.contains(&entry.key.as_str()) => {
                        if text.contains(is_hidden) {
                            *text = text.replace(is_hidden, "");
                            let message = format!(
                                "a `{}` has hidden characters, which are left out",
                                entry.key
                            );
                            record.note("hidden-character", entry.value.span, message);
                        }
                    }
                    _ => usable(&mut entry.value, record),
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| usable(item, record)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
