//! Merges alternatives that can't be distinguished in JSON because all of them are strings, numbers
//! or booleans.

use std::collections::BTreeSet;

use super::super::remarks;
use super::{Unions, resolved};
use crate::{Node, Span};

const OPEN: &str = "x-open-enum";
/// The maximum length of a value's description, in characters.
const LONGEST: usize = 200;

impl Unions<'_> {
    /// Replaces all alternatives of one kind with a single alternative that accepts the values of
    /// all of them.
    pub(super) fn merge_scalars(&mut self, union: &mut Node, all: &mut Vec<Node>, span: Span) {
        for kinds in [&["string"][..], &["integer", "number"], &["boolean"]] {
            let matches = |node: &Node| {
                let kind = resolved(self.named, node).text("type");
                kind.is_some_and(|kind| kinds.contains(&kind))
            };
            let places: Vec<usize> =
                (0..all.len()).filter(|at| all.get(*at).is_some_and(matches)).collect();
            let [first, _, ..] = *places else { continue };
            let group: Vec<&Node> = places.iter().filter_map(|at| all.get(*at)).collect();
            let targets: Vec<&Node> = group.iter().map(|it| resolved(self.named, it)).collect();
            let merged = match kinds {
                ["string"] => texts(&targets),
                ["boolean"] => plain(&targets, "boolean"),
                _ => numbers(&targets),
            };
            describe_values(union, &group);
            let what = match kinds {
                ["string"] => "strings",
                ["boolean"] => "booleans",
                _ => "numbers",
            };
            let message = format!(
                "The alternatives of {} that are {what} are merged into one type, because JSON \
                 values don't show which alternative applies.",
                self.site.title
            );
            let mut at = 0;
            all.retain(|_| {
                at += 1;
                at - 1 == first || !places.contains(&(at - 1))
            });
            if let Some(place) = all.get_mut(first) {
                *place = merged;
            }
            self.note("union-merged", span, message);
        }
    }
}

/// Returns one enum with all values. It is open if one of the enums is open or if any string is
/// allowed.
fn texts(all: &[&Node]) -> Node {
    let enums: Vec<&&Node> = all.iter().filter(|node| node.has("enum")).collect();
    if enums.is_empty() {
        return plain(all, "string");
    }
    let mut merged = plain(&[], "string");
    merged.span = all.first().map_or_else(Span::default, |node| node.span);
    let span = merged.span;
    merged.set("enum", Node::list_at(span, values(all)));
    let is_open = enums.len() < all.len() || enums.iter().any(|node| node.is_true(OPEN));
    merged.set(OPEN, Node::bool_at(span, is_open));
    merged
}

fn numbers(all: &[&Node]) -> Node {
    if all.iter().any(|node| node.text("type") == Some("number")) {
        let floats: Vec<&Node> =
            all.iter().copied().filter(|node| node.text("type") == Some("number")).collect();
        let mut merged = plain(&floats, "number");
        // A `float` can't represent every value of the integer type.
        if floats.len() < all.len() && merged.text("format") == Some("float") {
            merged.remove("format");
        }
        return merged;
    }
    let mut merged = plain(all, "integer");
    if all.iter().all(|node| node.has("enum")) {
        let span = merged.span;
        merged.set("enum", Node::list_at(span, values(all)));
        let is_open = all.iter().any(|node| node.is_true(OPEN));
        merged.set(OPEN, Node::bool_at(span, is_open));
    }
    merged
}

/// Returns a schema of this type, with a format if all alternatives share it.
fn plain(all: &[&Node], kind: &str) -> Node {
    let span = all.first().map_or_else(Span::default, |node| node.span);
    let mut merged = Node::mapping_at(span, [("type", Node::text_at(span, kind))]);
    let format = all
        .first()
        .and_then(|node| node.get("format"))
        .filter(|format| all.iter().all(|node| node.text("format") == format.as_str()));
    if let Some(format) = format {
        merged.set("format", format.clone());
    }
    merged
}

/// Returns the distinct values of enums.
fn values(all: &[&Node]) -> Vec<Node> {
    let mut seen = BTreeSet::new();
    let values = all.iter().flat_map(|node| node.get("enum").map_or(&[][..], Node::items));
    values.filter(|value| seen.insert(value.to_string())).cloned().collect()
}

/// Moves the descriptions of single-value alternatives to the union.
fn describe_values(union: &mut Node, group: &[&Node]) {
    for node in group {
        let Some(text) = node.text("description") else { continue };
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some((end, _)) = words.char_indices().nth(LONGEST) {
            words.truncate(end);
            words.push('…');
        }
        match node.get("enum").map_or(&[][..], Node::items) {
            [value] if !words.is_empty() => {
                remarks::add(union, format!("{}: {words}", remarks::value(value)));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::{Node, Span, Value};

    #[test]
    fn a_format_is_kept_if_all_alternatives_share_it() {
        let with = |format: &str| {
            let text = Node::text_at(Span::default(), format);
            Node::mapping_at(Span::default(), [("format", text)])
        };
        let (date, other) = (with("date"), with("uuid"));
        let nothing = Node::at(Span::default(), Value::Mapping(Vec::new()));
        assert_eq!(plain(&[&date, &date], "string").text("format"), Some("date"));
        assert_eq!(plain(&[&date, &other], "string").text("format"), None);
        assert_eq!(plain(&[&date, &nothing], "string").text("format"), None);
    }
}
