//! Checks that `x-evidence` is a string, because the catalogue splits it at `; `. Whether
//! `x-evidence` is required is up to the document's owner.

use super::api::Api;
use crate::{Diagnostic, Node};

pub(super) fn is_text(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let paths = api.paths().map(|path| &path.value);
    let operations = api.operations.iter().map(|operation| operation.node());
    let schemas = api.section("schemas").iter().map(|schema| &schema.value);
    for node in paths.chain(operations).chain(schemas) {
        found.extend(node.get("x-evidence").and_then(not_text));
    }
}

fn not_text(evidence: &Node) -> Option<Diagnostic> {
    if evidence.as_str().is_some() {
        return None;
    }
    Some(
        Diagnostic::new("evidence", format!("`x-evidence` is {}", evidence.kind()))
            .label(evidence.span, "a string was expected")
            .help("write the source of the information, e.g. `x-evidence: \"handbook, page 7\"`"),
    )
}
