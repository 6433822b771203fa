//! OpenAPI 3.1 in the words of 3.0. Keywords that 3.0 lacks become those that say the same, or they are left out.

mod keywords;
mod parts;
mod types;

#[cfg(test)]
mod tests;

use super::Record;
use super::kinds::{Kind, for_each_schema};
use crate::{Node, Value};

/// Rewrites a document of OpenAPI 3.1; any other one stays as it is.
pub(crate) fn lower(root: &mut Node, record: &mut Record) {
    if !root.text("openapi").is_some_and(|version| version.starts_with("3.1")) {
        return;
    }
    for_each_schema(root, Kind::Document, &mut |node| {
        if node.is_true("nullable") {
            let message = "`nullable` is read as in OpenAPI 3.0, though 3.1 doesn't have it: the value may be `null`.";
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

/// Rewrites a schema but for those inside it. Documents of 3.0 have some of these keywords too.
pub(crate) fn schema(node: &mut Node, record: &mut Record) {
    keywords::lower(node, record);
    types::lower(node);
}

/// What 3.1 added outside of schemas.
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
    // Paths have copies of these.
    if let Some(components) = root.get_mut("components") {
        components.remove("pathItems");
    }
    // 3.0 requires paths, also if there are none.
    if !root.has("paths") {
        root.set("paths", Node::at(root.span, Value::Mapping(Vec::new())));
    }
}
