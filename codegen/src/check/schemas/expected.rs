//! Checks `x-expected`: it is allowed only on an optional property of a response, and only if the
//! name of its accessor is free.

use std::collections::BTreeSet;

use super::super::api::{Api, list, reference_name};
use super::sites::{Position, Site};
use crate::lower::schemas::EXPECTED;
use crate::names::{field, setter};
use crate::{Diagnostic, Entry, Node};

/// The methods of every generated type. An accessor with one of these names would hide the method.
const TRAIT_METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "eq",
    "fmt",
    "into",
    "ne",
    "serialize",
    "to_owned",
    "try_into",
    "type_id",
];

/// Reports `x-expected` on anything other than a property, because it would be ignored there.
pub(super) fn misplaced(site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry(EXPECTED) else { return };
    if site.position != Position::Property {
        found.push(
            site.mistake("expected-place", format!("has `{EXPECTED}`, but isn't a property"))
                .label(entry.key_span, "it has no effect here")
                .help("remove it, or move it to a property of a response"),
        );
    }
}

pub(super) fn accessors(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(schema) = site.name else { return };
    let required: BTreeSet<&str> =
        list(site.node, "required").iter().filter_map(Node::as_str).collect();
    let properties = site.node.get("properties").map_or(&[][..], Node::entries);
    let owner = Owner { api, schema, required: &required, properties };
    for property in properties {
        let Some(mark) = property.value.entry(EXPECTED) else { continue };
        let Some(Mistake { code, what, label, help }) = owner.mistake(property, mark) else {
            continue;
        };
        let title = format!("property `{}` of schema `{schema}`", property.key);
        let span = match code {
            "expected-name" => property.key_span,
            "expected-value" => mark.value.span,
            _ => mark.key_span,
        };
        found.push(Diagnostic::new(code, format!("{title} {what}")).label(span, label).help(help));
    }
}

/// A schema with properties.
struct Owner<'o, 'a> {
    api: &'o Api<'a>,
    schema: &'a str,
    required: &'o BTreeSet<&'a str>,
    properties: &'a [Entry],
}

struct Mistake {
    code: &'static str,
    what: String,
    label: &'static str,
    help: &'static str,
}

impl Owner<'_, '_> {
    fn mistake(&self, property: &Entry, mark: &Entry) -> Option<Mistake> {
        if mark.value.as_bool() != Some(true) {
            return Some(Mistake {
                code: "expected-value",
                what: format!("has an `{EXPECTED}` other than `true`"),
                label: "`true` was expected",
                help: "write `true`, or remove the key",
            });
        }
        self.place(property).or_else(|| self.name(&property.key))
    }

    fn place(&self, property: &Entry) -> Option<Mistake> {
        let place = |reason: &str, label, help| {
            let what = format!("has `{EXPECTED}`, but {reason}");
            Some(Mistake { code: "expected-place", what, label, help })
        };
        if self.api.settings.hooks.types.contains_key(self.schema) {
            return place(
                "the type of the schema is hand-written",
                "no accessor is generated",
                "remove it",
            );
        }
        if self.api.sent.contains(self.schema) {
            return place(
                "the schema is used in requests",
                "only responses have accessors",
                "remove it, or make two schemas: one for requests and one for responses",
            );
        }
        if self.required.contains(property.key.as_str()) {
            return place(
                "is required",
                "its field always has a value",
                "remove it, or leave the property out of `required`",
            );
        }
        if self.is_empty_if_missing(&property.value) {
            return place(
                "is a list or a map",
                "its field can't be `None`",
                "remove it: a missing list or map is read as empty",
            );
        }
        None
    }

    /// Returns whether this is a list or a map, or refers to one.
    fn is_empty_if_missing(&self, property: &Node) -> bool {
        let target = property.get("$ref").and_then(Node::as_str);
        let target = target.and_then(|target| reference_name(target, "schemas"));
        let target = target.and_then(|name| self.api.definition("schemas", name));
        let schema = target.map_or(property, |target| &target.value);
        match schema.get("type").and_then(Node::as_str) {
            Some("array") => true,
            Some("object") => schema.get("properties").is_none(),
            _ => false,
        }
    }

    fn name(&self, property: &str) -> Option<Mistake> {
        let rust = field(property);
        let optional = self.properties.iter().map(|each| each.key.as_str());
        let mut optional = optional.filter(|name| !self.required.contains(name));
        let label = if rust == "new" {
            "its accessor would have the same name as the constructor"
        } else if optional.any(|name| setter(&field(name)) == rust) {
            "its accessor would have the same name as the setter of another property"
        } else if TRAIT_METHODS.contains(&rust.as_str()) {
            "its accessor would hide a method of every generated type"
        } else {
            return None;
        };
        Some(Mistake {
            code: "expected-name",
            what: format!(
                "has `{EXPECTED}`, but the name of its accessor `{rust}` is already used"
            ),
            label,
            help: "remove `x-expected`: the name of the property is part of the response and can't be changed",
        })
    }
}
