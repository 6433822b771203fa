//! Normalises paths: removes fragments and keys that aren't paths, and escapes characters that a
//! path can't contain.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::normalise::Record;
use crate::normalise::tree::METHODS;
use crate::template::{self, Part};
use crate::{Node, Value};

/// The characters that are escaped in the path of a URL (RFC 3986, section 3.3). `%` is kept,
/// because it is part of an escape that the author wrote.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'|');

pub(in crate::normalise) fn usable(root: &mut Node, record: &mut Record) {
    let Some(paths) = root.get_mut("paths") else { return };
    if let Value::Mapping(entries) = &mut paths.value {
        entries.retain(|path| {
            let has = |method: &&str| path.value.get(method).is_some_and(Node::is_mapping);
            !path.key.starts_with("x-") && METHODS.iter().any(has)
        });
    }
    for path in paths.entries_mut() {
        path.value
            .retain(|entry| !METHODS.contains(&entry.key.as_str()) || entry.value.is_mapping());
        let mut key = path.key.as_str();
        if let Some((before, _)) = key.split_once('#') {
            let message = format!(
                "`#` and everything after it are not sent, so they are removed from the path `{key}`"
            );
            record.note("path-template", path.key_span, message);
            key = before;
        }
        if key.contains('?') {
            let message = format!("the query in the path `{key}` is sent with every request");
            record.note("path-template", path.key_span, message);
        }
        let written = |part: Part<'_>| match part {
            Part::Text(text) => utf8_percent_encode(text, ESCAPED).to_string(),
            Part::Parameter(name) => format!("{{{name}}}"),
        };
        let mut new: String = template::parts(key).into_iter().map(written).collect();
        if !new.starts_with('/') {
            new.insert(0, '/');
        }
        path.key = new;
    }
}
