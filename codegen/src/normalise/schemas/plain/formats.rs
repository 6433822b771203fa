//! Keeps each `format` that selects a Rust type or is well known. Other formats are removed. The
//! descriptions of properties and named schemas mention the removed format.

use std::collections::BTreeSet;

use super::describe;
use crate::normalise::Record;
use crate::normalise::schemas::formats::{INTEGERS, NEED_A_TYPE, NUMBERS, REMARKS};
use crate::normalise::schemas::walk::{Position, Site};
use crate::passes::std_types::is_string_path;
use crate::{Node, Settings};

/// The settings for formats, and the formats that have already been recorded.
pub(super) struct Formats<'s> {
    settings: &'s Settings,
    /// Pairs of a type and a format, each of which is recorded only once.
    recorded: BTreeSet<(String, String)>,
}

impl<'s> Formats<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Formats { settings, recorded: BTreeSet::new() }
    }

    pub(super) fn known(&mut self, node: &mut Node, site: &Site, record: &mut Record) {
        let Some(entry) = node.entry("format").cloned() else { return };
        let Some(format) = entry.value.as_str().filter(|format| !format.is_empty()) else {
            node.remove("format");
            return;
        };
        let kind = node.text("type").unwrap_or_default().to_owned();
        if let Some(spelled) = spelled(&kind, format) {
            node.set("format", Node::text_at(entry.value.span, spelled));
            return;
        }
        if self.stays(&kind, format, site) {
            return;
        }
        node.remove("format");
        // A format that repeats the type, e.g. `format: string`, has no effect.
        if format == kind {
            return;
        }
        let shown: String = format.chars().take(60).collect();
        if matches!(site.position, Position::Property | Position::Named) {
            describe(node, &format!("Format: `{shown}`."));
        }
        if self.recorded.insert((kind.clone(), format.to_owned())) {
            let message = match kind.as_str() {
                "integer" => format!("The format `{shown}` is ignored for integers."),
                "number" => format!("The format `{shown}` is ignored for numbers."),
                "string" if self.settings.formats.contains_key(format) => format!(
                    "The format `{shown}` of named schemas is ignored, because its type in the settings is `String`."
                ),
                _ => format!(
                    "Strings with the format `{shown}` become `String`, because the settings have no type for this format."
                ),
            };
            record.note("format", entry.value.span, message);
        }
    }

    fn stays(&self, kind: &str, format: &str, site: &Site) -> bool {
        match kind {
            "integer" => INTEGERS.contains(&format),
            "number" => NUMBERS.contains(&format),
            "string" => match self.settings.formats.get(format) {
                // A named schema becomes its own type, so it can't keep a format whose type is
                // `String`.
                Some(path) => site.position != Position::Named || !is_string_path(path),
                None => !NEED_A_TYPE.contains(&format) && REMARKS.contains(&format),
            },
            _ => false,
        }
    }
}

/// Returns the OpenAPI name of a number format, for spellings such as `long` or `INT-64`.
fn spelled(kind: &str, format: &str) -> Option<&'static str> {
    let format = format.to_ascii_lowercase().replace(['-', '_'], "");
    let (known, format) = match (kind, format.as_str()) {
        ("integer", "long" | "i64" | "bigint" | "int64") => (INTEGERS, "int64"),
        ("integer", "i32" | "int32") => (INTEGERS, "int32"),
        ("integer", "u64") => (INTEGERS, "uint64"),
        ("integer", "u32") => (INTEGERS, "uint32"),
        ("number", "float32") => (NUMBERS, "float"),
        ("number", "float64") => (NUMBERS, "double"),
        (_, format) => (if kind == "integer" { INTEGERS } else { NUMBERS }, format),
    };
    let is_number = matches!(kind, "integer" | "number");
    known.iter().copied().find(|known| is_number && *known == format)
}
