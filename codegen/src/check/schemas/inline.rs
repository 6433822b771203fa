//! Checks that every schema that becomes a struct or an enum has a name.

use super::super::api::Api;
use super::enums;
use super::naming;
use super::sites::{Position, Site};
use crate::Diagnostic;

pub(super) fn named(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    // A different rule rejects enums that aren't strings or integers. The usual fix is to remove
    // the `enum`, and then the schema doesn't need a name.
    let text = site.text("type").is_none_or(|kind| matches!(kind, "string" | "integer"));
    let invented = ["enum", "properties", "oneOf"]
        .into_iter()
        .find(|key| site.node.get(key).is_some() && (text || *key != "enum"));
    let what = match (site.position, invented) {
        (Position::Named, _)
        | (
            Position::Property
            | Position::Item
            | Position::Alternative
            | Position::Part
            | Position::Parameter,
            None,
        ) => return,
        (_, Some("enum")) => "is an enum without a name",
        (_, Some("properties")) => "is an object without a name",
        (_, Some(_)) => "is a `oneOf` without a name",
        (Position::Body, None) => "has a schema without a name",
    };
    let name = naming::free(api, &site.suggestion);
    let and = match site.node.get("nullable") {
        Some(_) => " but without `nullable`,",
        None => ",",
    };
    let open = match enums::lacks_open(site) {
        true => format!("\nin `{name}`, {}", enums::OPEN_OR_NOT),
        false => String::new(),
    };
    found.push(
        site.mistake("inline-schema", what)
            .label(site.at, "its type needs a name")
            .help(format!(
                "move it to `components.schemas`, for example as `{name}`{and} and write here\n    $ref: \"#/components/schemas/{name}\"{open}"
            )),
    );
}
