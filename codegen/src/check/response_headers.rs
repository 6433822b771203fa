//! Checks the headers of responses: each must be a single value, or a list of single values, that a
//! client can read.

use super::api::{Api, Definition};
use super::headers;
use crate::{Diagnostic, Node, Span};

/// The header keys that are supported only with their default value, each with that value.
const WRITTEN: &[(&str, &str)] =
    &[("style", "\"simple\""), ("explode", "false"), ("allowReserved", "false")];

pub(super) fn definitions(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    for header in api.headers() {
        let name = header.key.map_or("", |entry| entry.key.as_str());
        let title = format!("header `{}` of a response", name.escape_debug());
        let span = header.key.map_or(header.node.span, |entry| entry.key_span);
        let mut mistake = |message: &str, span: Span, label: &str, help: &str| {
            let mistake = header.mistake("response-header", format!("{title} {message}"));
            found.push(mistake.label(span, label).help(help));
        };
        // In `components`, the key is a name in the document, not the name of a header.
        if header.operation.is_some() && !headers::is_token(name) {
            mistake(
                "has an invalid name",
                span,
                "not a valid header name",
                "use letters, digits and `-`",
            );
        } else if header.operation.is_some() && name.eq_ignore_ascii_case("content-type") {
            let help = "remove it: the key in `content` already defines it";
            mistake("is ignored by OpenAPI", span, "ignored", help);
        }
        for (key, expected) in WRITTEN {
            let entry = header.node.entry(key);
            if let Some(entry) = entry.filter(|entry| entry.value.to_string() != *expected) {
                let help = format!(
                    "if the server can also send the header with `{key}: {expected}`, remove `{key}`"
                );
                let label = format!("only {expected} is supported");
                mistake(&format!("has `{key}: {}`", entry.value), entry.value.span, &label, &help);
            }
        }
        if let Some((what, span, label)) = unreadable(api, &header, span) {
            let help = "write `schema: { type: string }` (or `integer`, `number`, `boolean`), refer to an enum, \
                        or write a list of these";
            mistake(what, span, label, help);
        }
    }
}

/// Returns the reason why a header can't be read.
fn unreadable(
    api: &Api<'_>,
    header: &Definition<'_>,
    span: Span,
) -> Option<(&'static str, Span, &'static str)> {
    if let Some(content) = header.node.entry("content") {
        return Some(("has `content`", content.key_span, "not supported"));
    }
    let Some(schema) = header.node.get("schema") else {
        return Some(("has no `schema`", span, "its values are not described"));
    };
    let place = schema.get("$ref").or_else(|| schema.get("type")).unwrap_or(schema);
    match kind(api, schema) {
        Some("array") => {
            let items = api.resolve(schema, "schemas")?.get("items")?;
            let (is_single, place) = match kind(api, items) {
                Some("array" | "object") => (false, items.get("type").unwrap_or(items)),
                _ => (true, place),
            };
            (!is_single).then_some(("is a list of lists or objects", place.span, "not supported"))
        }
        Some("object") => Some(("is an object", place.span, "not supported")),
        None if api.resolve(schema, "schemas").is_some() => {
            Some(("has no type", place.span, "text, a number or a boolean was expected"))
        }
        // Other rules report an unresolved reference and an unknown type.
        _ => None,
    }
}

fn kind<'a>(api: &Api<'a>, schema: &'a Node) -> Option<&'a str> {
    api.resolve(schema, "schemas")?.get("type")?.as_str()
}
