//! Removes `not`, because no Rust type can exclude another type.

use super::remarks;
use super::walk;
use crate::Node;
use crate::normalise::Record;

/// Removes every `not`, and adds a sentence about the excluded values to the description.
pub(crate) fn drop_all(root: &mut Node, record: &mut Record) {
    walk::for_each(root, &mut |node, site| {
        let Some(not) = node.remove("not") else { return };
        record.note(
            "not",
            not.key_span,
            format!(
                "`not` of {} is ignored, because no Rust type can exclude values. The excluded values are accepted.",
                site.title
            ),
        );
        if let Some(sentence) = meaning(&not.value) {
            remarks::add(node, sentence);
        }
    });
}

fn meaning(not: &Node) -> Option<String> {
    let quoted = |node: &Node| node.items().iter().map(remarks::value).collect::<Vec<_>>();
    if let Some(target) = not.text("$ref") {
        let name = target.rsplit('/').next().unwrap_or(target);
        return Some(format!("Must not be valid as {}.", remarks::code(name)));
    }
    if let Some(values) = not.get("enum").map(quoted).filter(|values| !values.is_empty()) {
        return Some(format!("Must not be {}.", remarks::list(&values, "or")));
    }
    if let Some(value) = not.get("const") {
        return Some(format!("Must not be {}.", remarks::value(value)));
    }
    if let Some(names) = not.get("required").map(quoted).filter(|names| !names.is_empty()) {
        return Some(match names.len() {
            1 => format!("Must not have {}.", remarks::list(&names, "and")),
            _ => format!("Must not have all of {}.", remarks::list(&names, "and")),
        });
    }
    if let Some(pattern) = not.text("pattern") {
        return Some(format!("Must not match {}.", remarks::code(pattern)));
    }
    let kind = not.text("type")?;
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    (not.entries().len() == 1).then(|| format!("Must not be {article} {kind}."))
}
