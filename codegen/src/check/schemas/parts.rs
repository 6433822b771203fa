//! `allOf`, `anyOf` and `oneOf` of one schema: how to write that schema without them.

use super::super::api::Api;
use super::naming;
use super::sites::{Position, Site};
use crate::{Entry, Node};

/// What to do with a composition in which one part alone says what the value is. `None`: more than one does.
///
/// `allOf: [{ $ref: … }, { description: … }]` is how documents describe a reference, which OpenAPI 3.0 has no place for.
pub(super) fn alone(api: &Api<'_>, site: &Site<'_>, entry: &Entry, key: &str) -> Option<String> {
    let says_more = |part: &&Node| !part.entries().iter().all(|it| is_remark(&it.key));
    let mut parts = entry.value.items().iter().filter(says_more);
    let (part, others) = (parts.next()?, parts.next());
    // What is beside it counts too, but for a sum of alternatives.
    let beside = site.node.entries().iter().any(|it| it.key != key && !is_remark(&it.key));
    if others.is_some() || beside {
        return None;
    }
    let Some(reference) = part.get("$ref").and_then(Node::as_str) else {
        let needs_a_name =
            ["enum", "properties", "oneOf"].iter().any(|key| part.get(key).is_some());
        if !needs_a_name || site.position == Position::Named {
            return Some(format!("write the keys of its one schema in place of `{key}`"));
        }
        let name = naming::free(api, &site.suggestion);
        return Some(format!(
            "move its one schema to `components.schemas`, for example as `{name}`, and write here nothing but\n    \
             $ref: \"#/components/schemas/{name}\""
        ));
    };
    if site.position == Position::Named {
        return Some(format!("refer to `{reference}` directly, and remove this schema"));
    }
    let nullable = match site.node.get("nullable") {
        Some(_) if site.position == Position::Property => {
            "; leave the property out of `required`: `null` is then read as absent"
        }
        _ => "",
    };
    Some(format!("write `$ref: \"{reference}\"` and nothing else{nullable}"))
}

/// Keys that don't say what a value is.
fn is_remark(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "deprecated" | "description" | "example" | "externalDocs" | "nullable" | "title"
        )
}
