//! `format`: those that choose a type of Rust, and for strings those that the settings give one.

use super::super::api::Api;
use super::super::names::{closest, quoted};
use super::sites::{Position, Site};
use crate::{Diagnostic, Node};

const INTEGERS: &[&str] =
    &["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
const NUMBERS: &[&str] = &["float", "double"];
/// typify takes types of the crates uuid and chrono and of `std::net` for these, which write some values otherwise
/// than they came; for the last two a `String` would be the encoded text.
const NEED_A_TYPE: &[&str] = &["uuid", "date", "date-time", "ip", "ipv4", "ipv6", "byte", "binary"];
/// Remarks for readers: text by any of these names stays a `String`.
const REMARKS: &[&str] = &[
    "char",
    "commonmark",
    "duration",
    "email",
    "hostname",
    "html",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
];

pub(super) fn known(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = site.node.get("format") else { return };
    let format = node.as_str().unwrap_or("");
    match site.text("type") {
        Some("integer") => found.extend(unknown(site, node, format, INTEGERS)),
        Some("number") => found.extend(unknown(site, node, format, NUMBERS)),
        Some("string") if api.settings.formats.contains_key(format) => {
            found.extend(named_text(api, site, node, format));
        }
        Some("string") if NEED_A_TYPE.contains(&format) => {
            found.push(without_type(site, node, format));
        }
        Some("string") => found.extend(unknown_text(api, site, node, format)),
        _ => {}
    }
}

fn without_type(site: &Site<'_>, node: &Node, format: &str) -> Diagnostic {
    site.mistake("format-without-type", format!("has the format `{format}`, which has no type"))
        .label(node.span, "not in the settings' `formats`")
        .help(format!(
            "remove `format` to get a `String`, or add `(\"{format}\", \"path::of::Type\")` to `Settings::formats`"
        ))
}

/// typify would write conversions for a named schema that collide if its type is `String` itself.
fn named_text(api: &Api<'_>, site: &Site<'_>, node: &Node, format: &str) -> Option<Diagnostic> {
    let path = api.settings.formats.get(format)?;
    let is_text = path.rsplit("::").next().is_some_and(|last| last.trim() == "String");
    if site.position != Position::Named || !is_text {
        return None;
    }
    let what = format!("has the format `{format}`, which the settings have as `{path}`");
    Some(
        site.mistake("format-of-a-name", what)
            .label(node.span, "a schema with a name gets a type of its own")
            .help("remove `format` here, or give the format a type of your own"),
    )
}

/// A format that nobody knows may be a slip of the pen for one that has a type.
fn unknown_text(api: &Api<'_>, site: &Site<'_>, node: &Node, format: &str) -> Option<Diagnostic> {
    if REMARKS.contains(&format) {
        return None;
    }
    let settings = api.settings.formats.keys().map(String::as_str);
    // Those that need a type and have none would be refused in their turn.
    let settings = settings.filter(|known| named_text(api, site, node, known).is_none());
    let known = settings.chain(REMARKS.iter().copied());
    let help = match closest(format, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "remove `format` to get a `String`, or add `(\"{format}\", \"path::of::Type\")` to `Settings::formats`"
        ),
    };
    Some(
        site.mistake("unknown-format", format!("has an unknown format `{format}`"))
            .label(node.span, "neither a format of OpenAPI nor in the settings' `formats`")
            .help(help),
    )
}

fn unknown(site: &Site<'_>, node: &Node, format: &str, known: &[&str]) -> Option<Diagnostic> {
    if known.contains(&format) {
        return None;
    }
    let help = match closest(format, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("remove it, or write one of {}", quoted(known.iter().copied())),
    };
    Some(
        site.mistake("unknown-format", format!("has an unknown format `{format}`"))
            .label(node.span, "no type of Rust belongs to it")
            .help(help),
    )
}

/// The type that a format is for, if it is one of numbers.
pub(super) fn type_of(format: &str) -> Option<&'static str> {
    match (INTEGERS.contains(&format), NUMBERS.contains(&format)) {
        (true, _) => Some("integer"),
        (_, true) => Some("number"),
        _ => None,
    }
}
