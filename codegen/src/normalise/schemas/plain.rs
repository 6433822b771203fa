//! Sloppy schemas: each keyword has the kind of value that it should have, stands where it means something, and each schema
//! says its type where its keywords tell.

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

/// Makes every schema of the document plain.
pub(crate) fn plain(root: &mut Node, settings: &Settings, record: &mut Record) {
    let mut formats = formats::Formats::new(settings);
    // First, so that what is in a list is found there.
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
        // Twice the same if the stage is run again.
        Some(text) if text.ends_with(sentence) => return,
        Some(text) => format!("{text}\n\n{sentence}"),
    };
    node.set("description", Node::text_at(node.span, text));
}

/// A mapping without entries.
fn any_json(node: &Node) -> Node {
    Node::at(node.span, Value::Mapping(Vec::new()))
}
