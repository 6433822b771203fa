//! Suggests how to rewrite a schema whose `allOf`, `anyOf` or `oneOf` has only one part.

use super::super::api::Api;
use super::naming;
use super::sites::{Position, Site};
use crate::{Entry, Node};

/// Returns how to replace a composition with the only part that defines the value, or `None` if
/// that isn't possible.
///
/// Documents use `allOf: [{ $ref: … }, { description: … }]` to add a description to a reference,
/// because OpenAPI 3.0 has no other way to do so.
pub(super) fn alone(api: &Api<'_>, site: &Site<'_>, entry: &Entry, key: &str) -> Option<String> {
    let says_more = |part: &&Node| !part.entries().iter().all(|it| is_remark(&it.key));
    let mut parts = entry.value.items().iter().filter(says_more);
    let (part, others) = (parts.next()?, parts.next());
    // If the schema has other keys, its only part can't replace it.
    let beside = site.node.entries().iter().any(|it| it.key != key && !is_remark(&it.key));
    if others.is_some() || beside {
        return None;
    }
    let Some(reference) = part.get("$ref").and_then(Node::as_str) else {
        let needs_a_name =
            ["enum", "properties", "oneOf"].iter().any(|key| part.get(key).is_some());
        if !needs_a_name || site.position == Position::Named {
            return Some(format!("replace `{key}` with the keys of its only schema"));
        }
        let name = naming::free(api, &site.suggestion);
        return Some(format!(
            "move its only schema to `components.schemas`, for example as `{name}`, and replace this schema with\n    \
             $ref: \"#/components/schemas/{name}\""
        ));
    };
    if site.position == Position::Named {
        return Some(format!("refer to `{reference}` directly, and remove this schema"));
    }
    let nullable = match site.node.get("nullable") {
        Some(_) if site.position == Position::Property => {
            "; leave the property out of `required`: `null` is then treated as missing"
        }
        _ => "",
    };
    Some(format!("write `$ref: \"{reference}\"` and nothing else{nullable}"))
}

/// Returns whether a key doesn't affect the type of a value.
fn is_remark(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "deprecated" | "description" | "example" | "externalDocs" | "nullable" | "title"
        )
}
