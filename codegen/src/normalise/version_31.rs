//! Converts OpenAPI 3.1 to 3.0. Keywords that 3.0 doesn't have become equivalent keywords, or are
//! left out.

mod keywords;
mod parts;
mod types;

#[cfg(test)]
mod tests;

use super::Record;
use super::kinds::{Kind, for_each_schema};
use crate::{Node, Value};

/// Rewrites an OpenAPI 3.1 document. Other documents are unchanged.
pub(crate) fn lower(root: &mut Node, record: &mut Record) {
    if !root.text("openapi").is_some_and(|version| version.starts_with("3.1")) {
        return;
    }
    for_each_schema(root, Kind::Document, &mut |node| {
        if node.is_true("nullable") {
            let message = "`nullable` is interpreted as in OpenAPI 3.0, although 3.1 doesn't \
                           define it: the value may be `null`.";
            record.note("nullable-3-1", node.span, message);
        }
        schema(node, record);
    });
    parts::untyped(root);
    around_schemas(root, record);
    if let Some(version) = root.get_mut("openapi") {
        version.value = Value::String("3.0.3".to_owned());
    }
}

/// Rewrites a schema, but not the schemas inside it. 3.0 documents may also contain some of the
/// keywords that are new in 3.1.
pub(crate) fn schema(node: &mut Node, record: &mut Record) {
    keywords::lower(node, record);
    types::lower(node);
}

/// Removes what OpenAPI 3.1 added outside schemas, and adds `paths` if it is missing.
fn around_schemas(root: &mut Node, record: &mut Record) {
    root.remove("jsonSchemaDialect");
    if let Some(webhooks) = root.remove("webhooks") {
        let which = match webhooks.value.entries().len() {
            0 => None,
            1 => Some("webhook of the document is".to_owned()),
            number => Some(format!("{number} webhooks of the document are")),
        };
        if let Some(which) = which {
            let message = format!("The {which} left out: a client doesn't receive requests.");
            record.note("webhooks", webhooks.key_span, message);
        }
    }
    if let Some(info) = root.get_mut("info") {
        info.remove("summary");
        if let Some(license) = info.get_mut("license") {
            license.remove("identifier");
        }
    }
    // The paths already contain copies of these path items.
    if let Some(components) = root.get_mut("components") {
        components.remove("pathItems");
    }
    // 3.0 requires `paths`, even if it is empty.
    if !root.has("paths") {
        root.set("paths", Node::at(root.span, Value::Mapping(Vec::new())));
    }
}
