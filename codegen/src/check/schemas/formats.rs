//! Checks each `format`: a number's format must select a Rust type, and a string's format must be
//! known or in the settings.

use super::super::api::Api;
use super::super::names::{closest, quoted};
use super::sites::{Position, Site};
use crate::normalise::schemas::formats::{INTEGERS, NEED_A_TYPE, NUMBERS, REMARKS};
use crate::passes::std_types::is_string_path;
use crate::{Diagnostic, Node};

pub(super) fn known(api: &Api<'_>, site: &Site<'_>, found: &mut Vec<Diagnostic>) {
    let Some(node) = site.node.get("format") else { return };
    let format = node.as_str().unwrap_or("");
    match site.text("type") {
        Some("integer") => found.extend(unknown(site, node, format, INTEGERS)),
        Some("number") => found.extend(unknown(site, node, format, NUMBERS)),
        Some("string") if api.settings.formats.contains_key(format) => {
            found.extend(named_text(api, site, node, format));
        }
        // If the settings have no type for the format, its values are strings.
        Some("string") if api.as_written && NEED_A_TYPE.contains(&format) => {}
        Some("string") if NEED_A_TYPE.contains(&format) => {
            found.push(without_type(site, node, format));
        }
        Some("string") => found.extend(unknown_text(api, site, node, format)),
        _ => {}
    }
}

fn without_type(site: &Site<'_>, node: &Node, format: &str) -> Diagnostic {
    site.mistake("format-without-type", format!("has the format `{format}`, which has no type"))
        .label(node.span, "not in `Settings::formats`")
        .help(format!(
            "remove `format` to get a `String`, or add `(\"{format}\", \"path::of::Type\")` to `Settings::formats`"
        ))
}

/// Reports a named schema whose format is `String` in the settings, because typify would generate
/// conflicting conversions for it.
fn named_text(api: &Api<'_>, site: &Site<'_>, node: &Node, format: &str) -> Option<Diagnostic> {
    let path = api.settings.formats.get(format)?;
    if site.position != Position::Named || !is_string_path(path) {
        return None;
    }
    let what = format!("has the format `{format}`, which is `{path}` in the settings");
    Some(
        site.mistake("format-of-a-name", what)
            .label(node.span, "a named schema becomes a separate type")
            .help("remove `format` here, or give the format its own type"),
    )
}

/// Reports an unknown format, and suggests a similar known one.
fn unknown_text(api: &Api<'_>, site: &Site<'_>, node: &Node, format: &str) -> Option<Diagnostic> {
    if REMARKS.contains(&format) {
        return None;
    }
    let settings = api.settings.formats.keys().map(String::as_str);
    // A format that `named_text` would reject isn't suggested.
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
            .label(node.span, "neither an OpenAPI format nor in `Settings::formats`")
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
            .label(node.span, "no Rust type is known for it")
            .help(help),
    )
}

/// Returns the type that a number format belongs to, or `None` for other formats.
pub(super) fn type_of(format: &str) -> Option<&'static str> {
    match (INTEGERS.contains(&format), NUMBERS.contains(&format)) {
        (true, _) => Some("integer"),
        (_, true) => Some("number"),
        _ => None,
    }
}
