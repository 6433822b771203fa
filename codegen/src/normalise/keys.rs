//! Removes keys with this stage's own prefix, and hidden characters in prose.

use super::{OWN, Record};
use crate::check::is_hidden;
use crate::{Node, Value};

/// The keys whose strings are only shown in documentation. Other strings may be part of requests or
/// responses, so they aren't changed.
const PROSE: &[&str] =
    &["default", "description", "example", "pattern", "summary", "title", "version"];

/// The keys of mappings that contain prose.
const OF_PROSE: &[&str] = &["externalDocs", "scopes"];

pub(super) fn usable(node: &mut Node, record: &mut Record) {
    inside(node, false, record);
}

fn inside(node: &mut Node, prose: bool, record: &mut Record) {
    match &mut node.value {
        Value::Mapping(entries) => {
            entries.retain(|entry| !entry.key.starts_with(OWN));
            for entry in entries {
                match &mut entry.value.value {
                    Value::String(text) if prose || PROSE.contains(&entry.key.as_str()) => {
                        if text.contains(is_hidden) {
                            *text = text.replace(is_hidden, "");
                            let message =
                                format!("hidden characters in a `{}` are removed", entry.key);
                            record.note("hidden-character", entry.value.span, message);
                        }
                    }
                    _ => {
                        inside(&mut entry.value, OF_PROSE.contains(&entry.key.as_str()), record);
                    }
                }
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| inside(item, false, record)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
