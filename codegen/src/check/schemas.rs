//! Schemas: what typify would drop, refuse with a panic, or give a made-up name is refused here.

mod enums;
mod objects;
mod values;

use std::collections::BTreeMap;

use super::api::Api;
use super::names::closest;
use crate::{Diagnostic, Entry, Node, Span};

/// What a schema may say. The rest of JSON Schema has no place in the generated types.
const CARRIED: &[&str] = &[
    "$ref",
    "type",
    "format",
    "description",
    "properties",
    "required",
    "items",
    "additionalProperties",
    "enum",
    "oneOf",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// Keywords of OpenAPI that are not carried, and what to do instead.
const DROPPED: &[(&str, &str)] = &[
    ("allOf", "write the properties of all of them into one schema"),
    ("anyOf", "use `oneOf` of distinct JSON types, or one object with optional properties"),
    ("not", "say it in the description"),
    ("discriminator", "use one object with optional properties"),
    ("nullable", "leave the property out of `required`: `null` is then read as absent"),
    ("default", "say it in the description: a client sends what it is given"),
    ("title", "name the schema under `components.schemas`, and describe it in `description`"),
];

/// Keywords that restrict values: the server judges them, and typify would drop them or need another crate.
const RESTRICTIONS: &[&str] = &[
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

pub(super) fn all(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let schemas = api.section("schemas");
    names(schemas, found);
    for schema in schemas {
        named(api, schema, found);
    }
    for definition in api.parameters() {
        if let Some(schema) = definition.node.get("schema") {
            let site = Site { name: "a parameter", span: schema.span };
            keywords(&site, schema, found);
            values::format(api, &site, schema, found);
        }
    }
}

/// What a message calls a schema, and where it is.
struct Site<'a> {
    name: &'a str,
    span: Span,
}

impl Site<'_> {
    fn mistake(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message)
    }
}

/// Two schemas may not have the same name in Rust.
fn names(schemas: &[Entry], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for schema in schemas {
        let ident = crate::names::pascal(&schema.key);
        if let Some(first) = seen.get(&ident) {
            let message =
                format!("schemas `{}` and `{}` have the same name in Rust", first.key, schema.key);
            found.push(
                Diagnostic::new("schema-name", message)
                    .label(schema.key_span, format!("`{ident}` again"))
                    .label(first.key_span, "the first")
                    .help("rename one of them"),
            );
        } else if ident != schema.key {
            found.push(
                Diagnostic::new(
                    "schema-name",
                    format!("schema `{}` would be `{ident}` in Rust", schema.key),
                )
                .label(schema.key_span, "not the name of a type")
                .help(format!("rename it `{ident}`, here and where it is referred to")),
            );
        }
        seen.entry(ident).or_insert(schema);
    }
}

/// A schema of `components.schemas`: anything that has a type of its own.
fn named(api: &Api<'_>, entry: &Entry, found: &mut Vec<Diagnostic>) {
    let schema = &entry.value;
    let site = Site { name: &entry.key, span: entry.key_span };
    keywords(&site, schema, found);
    if schema.get("$ref").is_some() {
        found.push(
            site.mistake("schema-alias", format!("schema `{}` is only a `$ref`", entry.key))
                .label(entry.key_span, "another name for the same type")
                .help("remove it, and refer to the other schema"),
        );
    } else if schema.get("oneOf").is_some() {
        values::one_of(api, &site, schema, found);
    } else if schema.get("enum").is_some() {
        enums::check(&site, schema, found);
    } else if schema.get("properties").is_some() {
        objects::check(api, &site, schema, found);
    } else {
        values::check(api, &site, schema, found);
    }
}

/// A schema inside of another: no type of its own, so nothing that needs a name.
fn inner(api: &Api<'_>, name: &str, schema: &Node, found: &mut Vec<Diagnostic>) {
    if schema.get("$ref").is_some() {
        return;
    }
    let site = Site { name, span: schema.span };
    keywords(&site, schema, found);
    for key in ["enum", "properties", "oneOf"] {
        if let Some(entry) = schema.entry(key) {
            found.push(
                site.mistake("unnamed-schema", format!("`{name}` has `{key}` in place"))
                    .label(entry.key_span, "its type would get a made-up name")
                    .help("move the schema to `components.schemas` and refer to it"),
            );
            return;
        }
    }
    values::check(api, &site, schema, found);
}

fn keywords(site: &Site<'_>, schema: &Node, found: &mut Vec<Diagnostic>) {
    for entry in schema.entries() {
        let key = entry.key.as_str();
        if key.starts_with("x-") || CARRIED.contains(&key) {
            continue;
        }
        let dropped =
            DROPPED.iter().find(|(keyword, _)| *keyword == key).map(|(_, help)| (*help).to_owned());
        let restriction = RESTRICTIONS.contains(&key);
        let help = match (dropped, restriction, closest(key, CARRIED.iter().copied())) {
            (Some(help), ..) => help,
            (None, true, _) => {
                "say it in the description: the server is the judge of values".to_owned()
            }
            (None, false, Some(meant)) => format!("write `{meant}`, if that is meant"),
            (None, false, None) => "remove it, or say it in the description".to_owned(),
        };
        found.push(
            site.mistake(
                "schema-keyword",
                format!("`{key}` of `{}` has no place in the generated types", site.name),
            )
            .label(
                entry.key_span,
                "it would be dropped, or change the type in a way that is not supported",
            )
            .help(help),
        );
    }
}
