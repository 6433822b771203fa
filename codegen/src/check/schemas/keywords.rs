//! Contains the table of keywords: which ones are supported, and why the others aren't.

use std::cell::LazyCell;

use super::super::api::Api;
use super::super::keys::own;
use super::super::names::closest;
use super::enums::without_enum;
use super::parts;
use super::sites::{Position, Site};
use crate::{Diagnostic, Entry, Node};

/// The schemas that a keyword applies to.
enum For {
    /// Every schema.
    Any,
    /// Schemas of one of these types.
    Types(&'static [&'static str]),
    /// No schema, because the keyword isn't supported.
    Nobody(Refusal),
}

/// Why a keyword is rejected, and what to do.
struct Refusal {
    code: &'static str,
    why: &'static str,
    help: &'static str,
}

impl Refusal {
    /// Returns whether the normal form keeps the keyword's meaning, in the type or the description.
    fn is_decided(&self) -> bool {
        ["all-of", "any-of", "not", "schema-constraint", "schema-default"].contains(&self.code)
    }
}

/// For these keywords, typify generates a newtype that validates what it reads, so a response whose
/// string is one character too long couldn't be read.
const CHECKED: Refusal = Refusal {
    code: "schema-constraint",
    why: "responses that violate it couldn't be read",
    help: "remove it, and describe the rule in `description`: the server enforces it",
};
/// typify ignores these keywords.
const DROPPED: Refusal = Refusal {
    code: "schema-constraint",
    why: "no Rust type can represent it",
    help: "remove it, and describe the rule in `description`: the server enforces it",
};
const ONE_WAY: Refusal = Refusal {
    code: "one-way-property",
    why: "the same type would be used for requests and responses",
    help: "remove it, and make two schemas: one for requests and one for responses",
};

fn table(key: &str) -> Option<For> {
    Some(match key {
        "type" | "description" | "example" | "deprecated" | "nullable" | "externalDocs"
        | "title" | "discriminator" => For::Any,
        "oneOf" => For::Types(&[]),
        "format" => For::Types(&["string", "integer", "number"]),
        "enum" => For::Types(&["string", "integer"]),
        "properties" | "required" | "additionalProperties" => For::Types(&["object"]),
        "items" => For::Types(&["array"]),
        "pattern" | "minLength" | "maxLength" => For::Nobody(CHECKED),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
        | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" => {
            For::Nobody(DROPPED)
        }
        "readOnly" | "writeOnly" => For::Nobody(ONE_WAY),
        _ => For::Nobody(composition(key)?),
    })
}

fn composition(key: &str) -> Option<Refusal> {
    let (code, why, help) = match key {
        "allOf" => (
            "all-of",
            "the parts would become one type with a made-up name",
            "write the properties of all parts in one schema",
        ),
        "anyOf" => (
            "any-of",
            "more than one alternative could match at once",
            "write `oneOf` with alternatives of different types, or one schema with optional properties",
        ),
        "not" => (
            "not",
            "no Rust type can exclude another type",
            "remove it, and write the `type` that the value has",
        ),
        "default" => (
            "schema-default",
            "the client would send this value when the caller leaves the property out",
            "remove it, and describe the default in `description`: the server applies it",
        ),
        "xml" => ("not-carried", "only JSON is supported", "remove it"),
        "x-rust-type" => (
            "reserved-extension",
            "it would change the generated code",
            "remove it, or give it a different name",
        ),
        _ => return None,
    };
    Some(Refusal { code, why, help })
}

/// Returns the type to suggest for a schema that has this keyword but no `type`. Returns `None` if
/// the keyword doesn't require a type.
pub(super) fn of_type(key: &str) -> Option<&'static str> {
    match key {
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => {
            Some("object")
        }
        "items" | "minItems" | "maxItems" | "uniqueItems" => Some("array"),
        "enum" | "format" | "pattern" | "minLength" | "maxLength" => Some("string"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Some("number")
        }
        _ => None,
    }
}

/// The keywords that may be suggested instead of a misspelt one.
const KEYWORDS: &[&str] = &[
    "type",
    "description",
    "example",
    "deprecated",
    "nullable",
    "format",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "oneOf",
    "x-open-enum",
];

pub(super) fn carried(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    // The unused keywords are computed only once, because a schema may have many errors.
    let free = LazyCell::new(|| {
        KEYWORDS.iter().copied().filter(|key| site.node.get(key).is_none()).collect::<Vec<_>>()
    });
    for entry in site.node.entries() {
        found.extend(match table(&entry.key) {
            Some(For::Any) if entry.key == "title" && !api.as_written => title(site, entry),
            Some(For::Any) => None,
            Some(For::Types(types)) => misplaced(site, entry, types),
            Some(For::Nobody(refusal)) if api.as_written && refusal.is_decided() => None,
            Some(For::Nobody(_)) if says_nothing(site, entry) => None,
            Some(For::Nobody(_)) if is_carried_one_way(api, site, entry) => None,
            Some(For::Nobody(refusal)) => Some(refused(api, site, entry, &refusal)),
            None if entry.key.starts_with("x-") => None,
            None => Some(unknown(site, entry, &free)),
        });
    }
}

/// Returns whether a keyword has no effect, such as `minimum: 0` on an unsigned integer.
fn says_nothing(site: &Site<'_>, entry: &Entry) -> bool {
    match entry.key.as_str() {
        "readOnly" | "writeOnly" | "uniqueItems" => entry.value.as_bool() == Some(false),
        // A different rule has a better message.
        "exclusiveMinimum" | "exclusiveMaximum" => {
            entry.value.as_bool() == Some(false) || !bounded(site, &entry.key)
        }
        "minimum" => {
            let unsigned = site.text("format").is_none_or(|format| format.starts_with("uint"));
            site.text("type") == Some("integer") && unsigned && entry.value.to_string() == "0"
        }
        _ => false,
    }
}

/// Returns whether this is `readOnly` or `writeOnly` on a property in the normal form, where both
/// are supported.
fn is_carried_one_way(api: &Api<'_>, site: &Site<'_>, entry: &Entry) -> bool {
    matches!(entry.key.as_str(), "readOnly" | "writeOnly")
        && site.position == Position::Property
        && !api.as_written
}

fn bounded(site: &Site<'_>, exclusive: &str) -> bool {
    let bound = if exclusive == "exclusiveMinimum" { "minimum" } else { "maximum" };
    site.node.get(bound).is_some()
}

fn refused(api: &Api<'_>, site: &Site<'_>, entry: &Entry, refusal: &Refusal) -> Diagnostic {
    let unsigned = entry.key == "minimum"
        && site.text("type") == Some("integer")
        && entry.value.to_string() == "0";
    let help = match entry.key.as_str() {
        _ if unsigned => format!(
            "remove it, and write `format: uint32` or `format: uint64` instead of `format: {}`",
            site.text("format").unwrap_or_default()
        ),
        "allOf" | "anyOf" => {
            parts::alone(api, site, entry, &entry.key).unwrap_or_else(|| refusal.help.to_owned())
        }
        _ => refusal.help.to_owned(),
    };
    site.mistake(refusal.code, format!("has `{}`, which is not supported", entry.key))
        .label(entry.key_span, refusal.why)
        .help(help)
}

/// Reports a title, except in a named schema, where the title is documentation. In other schemas,
/// typify would name a type after the title.
fn title(site: &Site<'_>, entry: &Entry) -> Option<Diagnostic> {
    let help = match site.node.get("description") {
        None => "write it as `description`",
        Some(_) => "remove it: the schema already has a `description`",
    };
    (site.position != Position::Named).then(|| {
        site.mistake("schema-title", "has a `title`")
            .label(entry.key_span, "a type would be named after it")
            .help(help)
    })
}

fn misplaced(site: &Site<'_>, entry: &Entry, types: &[&str]) -> Option<Diagnostic> {
    // A different rule reports a missing or unknown type.
    let kind = site.text("type")?;
    // A different rule reports `required: true`.
    if entry.key == "required" && entry.value.as_bool().is_some() {
        return None;
    }
    let texts =
        || entry.key == "enum" && entry.value.items().iter().all(|it| it.as_str().is_some());
    let is_for_it = types.contains(&kind) && !(kind == "integer" && texts());
    if is_for_it || !super::types::TYPES.contains(&kind) {
        return None;
    }
    let help = match entry.key.as_str() {
        "oneOf" => "remove `type`: the alternatives have their own".to_owned(),
        "enum" if texts() => "write `type: string`: the values are strings".to_owned(),
        "enum" => format!("{}: only strings and integers can be enums", without_enum(site)),
        key @ ("properties" | "items") => {
            format!("remove `{key}`, or write `type: {}`", of_type(key).unwrap_or("object"))
        }
        key => format!("remove `{key}`"),
    };
    Some(
        site.mistake("misplaced-keyword", format!("has `{}` with `type: {kind}`", entry.key))
            .label(entry.key_span, "it has no effect with this type")
            .help(help),
    )
}

fn unknown(
    site: &Site<'_>,
    entry: &Entry,
    free: &LazyCell<Vec<&'static str>, impl FnOnce() -> Vec<&'static str>>,
) -> Diagnostic {
    let help = match entry.key.as_str() {
        "const" => "remove it, and mention the value in `description`".to_owned(),
        "examples" if free.contains(&"example") => "write `example` and one value".to_owned(),
        "examples" => "remove it: the schema already has an `example`".to_owned(),
        key => match closest(key, free.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => own(key),
        },
    };
    site.mistake("unknown-key", format!("has an unknown key `{}`", entry.key))
        .label(entry.key_span, "not an OpenAPI 3.0 schema keyword")
        .help(help)
}

/// Reports `exclusiveMinimum` or `exclusiveMaximum` without a bound, because progenitor fails on
/// it. In OpenAPI 3.0, these keys only mark a bound as exclusive.
pub(super) fn exclusive(_: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    for (key, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let Some(entry) = site.node.entry(key).filter(|_| !bounded(site, key)) else { continue };
        if entry.value.as_bool() == Some(false) {
            continue;
        }
        found.push(
            site.mistake("exclusive-without-bound", format!("has `{key}` without `{bound}`"))
                .label(entry.key_span, "there is no bound to exclude")
                .help("remove it, and describe the bound in `description`"),
        );
    }
}

pub(super) fn nullable(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(entry) = site.node.entry("nullable") else { return };
    if entry.value.as_bool() == Some(false) {
        return;
    }
    let is_lenient = !api.as_written;
    let help = match site.position {
        Position::Property | Position::Item if has_type(site) => return,
        Position::Property | Position::Item if is_lenient && !composed(site) => return,
        Position::Property if composed(site) => {
            "remove it, and leave the property out of `required`: `null` is then treated as missing"
        }
        Position::Item if composed(site) => "if none of the values is `null`, remove it",
        Position::Property | Position::Item => "also write its `type`",
        Position::Named => {
            "remove it, and leave the properties that use it out of `required`: `null` is then treated as missing"
        }
        Position::Alternative | Position::Part => {
            "remove it: only properties, items and values can be `nullable`"
        }
        Position::Parameter => "remove it; a parameter that may be missing has `required: false`",
        Position::Body => "remove it",
    };
    found.push(
        site.mistake("nullable", "is `nullable`")
            .label(entry.key_span, "not supported here")
            .help(help),
    );
}

/// Returns whether the type comes from other schemas.
fn composed(site: &Site<'_>) -> bool {
    ["allOf", "anyOf", "oneOf"].iter().any(|key| site.node.get(key).is_some())
}

fn has_type(site: &Site<'_>) -> bool {
    site.node.get("type").and_then(Node::as_str).is_some()
}
