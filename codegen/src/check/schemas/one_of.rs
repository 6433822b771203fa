//! Checks `oneOf`: each alternative must have a known type.

use super::super::api::Api;
use super::super::names::quoted;
use super::parts;
use super::sites::Site;
use crate::lower::schemas::reference;
use crate::{Diagnostic, Node};

pub(super) fn alternatives(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("oneOf") else { return };
    let alternatives = entry.value.items();
    if alternatives.len() < 2 {
        found.push(
            site.mistake("one-of", "is a `oneOf` with fewer than two alternatives")
                .label(entry.key_span, "at least two were expected")
                .help(
                    parts::alone(api, site, entry, "oneOf")
                        .unwrap_or_else(|| "remove it".to_owned()),
                ),
        );
    }
    for alternative in alternatives {
        // A different rule reports an unresolved reference.
        let Some(target) = api.resolve(alternative, "schemas") else { continue };
        if target.get("type").is_none() && target.get("oneOf").is_none() {
            found.push(
                site.mistake("one-of", "has an alternative without `type`")
                    .label(alternative.span, "this alternative accepts any value")
                    .help("give it its own `type`"),
            );
        }
    }
}

/// Checks a discriminator, which can only distinguish objects with named schemas.
pub(super) fn discriminated(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("discriminator") else { return };
    let mistake = |what: &str| site.mistake("discriminator", what);
    let alternatives = site.node.get("oneOf").map(Node::items).unwrap_or_default();
    if alternatives.is_empty() {
        found.push(
            mistake("has a `discriminator` without `oneOf`")
                .label(entry.key_span, "there are no alternatives")
                .help("remove it"),
        );
        return;
    }
    if entry.value.get("propertyName").and_then(Node::as_str).is_none() {
        found.push(
            mistake("has a `discriminator` without `propertyName`")
                .label(entry.key_span, "the property is not named")
                .help(
                    "write `discriminator: { propertyName: kind }`, but with your property's name",
                ),
        );
    }
    for alternative in alternatives {
        let target = api.resolve(alternative, "schemas");
        let is_object = target.is_none_or(|target| target.get("properties").is_some());
        if reference(alternative).is_none() || !is_object {
            found.push(
                mistake("has a `discriminator` and an alternative that isn't a named object schema")
                    .label(alternative.span, "not a reference to an object with properties")
                    .help("move the alternative to `components.schemas` as an object, and write a `$ref` here; or remove `discriminator`"),
            );
        }
    }
    let names = || alternatives.iter().filter_map(reference);
    for mapped in entry.value.get("mapping").map(Node::entries).unwrap_or_default() {
        let text = mapped.value.as_str().unwrap_or_default();
        let name = text.strip_prefix("#/components/schemas/").unwrap_or(text);
        if !names().any(|known| known == name) {
            found.push(
                mistake(&format!("maps `{}` to `{text}`, which isn't an alternative", mapped.key))
                    .label(mapped.value.span, "not in the `oneOf`")
                    .help(format!("write one of {}", quoted(names()))),
            );
        }
    }
}
