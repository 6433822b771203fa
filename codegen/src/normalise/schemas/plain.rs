//! Cleans up sloppy schemas: gives each keyword a value of the right kind, removes keywords that
//! have no effect, and derives a missing type from other keywords.

mod formats;
mod keys;
mod kind;
mod objects;

#[cfg(test)]
mod tests;

use super::walk;
use crate::normalise::kinds::{Kind, for_each_schema};
use crate::normalise::{Record, version_31};
use crate::{Node, Settings, Value};

/// Cleans up every schema of the document.
pub(crate) fn plain(root: &mut Node, settings: &Settings, record: &mut Record) {
    let mut formats = formats::Formats::new(settings);
    // These fixes come first, because `walk` finds a schema only if the keyword that contains it has
    // the expected form.
    for_each_schema(root, Kind::Document, &mut |node| {
        kind::tuple(node);
        keys::lists(node);
        version_31::schema(node, record);
    });
    walk::for_each(root, &mut |node, site| {
        keys::shape(node, site, record);
        keys::values(node);
        if node.has("$ref") {
            keys::title(node);
            return;
        }
        kind::known(node, site, record);
        kind::items(node, site, record);
        kind::misplaced(node, site, record);
        objects::required(node, site, record);
        formats.known(node, site, record);
        keys::title(node);
        keys::unknown(node, site, record);
    });
}

/// Adds a sentence to the description.
fn describe(node: &mut Node, sentence: &str) {
    let text = match node.text("description").map(str::trim_end) {
        None | Some("") => sentence.to_owned(),
        // The sentence may already be in the description if the stage runs again.
        Some(text) if text.ends_with(sentence) => return,
        Some(text) => format!("{text}\n\n{sentence}"),
    };
    node.set("description", Node::text_at(node.span, text));
}

/// Returns a mapping without entries.
fn any_json(node: &Node) -> Node {
    Node::at(node.span, Value::Mapping(Vec::new()))
}
