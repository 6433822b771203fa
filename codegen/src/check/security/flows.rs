//! Reads the flows of an OAuth 2 scheme, which declare its scopes.

use std::collections::BTreeSet;

use crate::{Diagnostic, Entry, Node, Value};

/// Returns the scopes of all flows.
pub(super) fn declared(definition: &Node) -> BTreeSet<&str> {
    let scopes = flows(definition).iter().filter_map(|flow| flow.value.get("scopes"));
    scopes.flat_map(Node::entries).map(|scope| scope.key.as_str()).collect()
}

fn flows(definition: &Node) -> &[Entry] {
    definition.get("flows").map_or(&[], Node::entries)
}

/// Reports values that should be mappings but aren't. Otherwise, the scopes in these values would
/// be ignored.
pub(super) fn shapes(name: &str, definition: &Node, found: &mut Vec<Diagnostic>) {
    let mut expect = |entry: Option<&Entry>, owner: &str, help: &str| {
        let Some(entry) = entry else { return };
        if matches!(entry.value.value, Value::Mapping(_) | Value::Null) {
            return;
        }
        let message = format!("`{}` in {owner} is {}", entry.key, entry.value.kind());
        found.push(
            Diagnostic::new("security-flows", message)
                .label(entry.value.span, "a mapping was expected")
                .help(help),
        );
    };
    let scheme = format!("security scheme `{name}`");
    let flow = "write `clientCredentials: { tokenUrl: /token, scopes: {} }`, or another flow with its keys";
    expect(definition.entry("flows"), &scheme, flow);
    let owner = format!("`flows` of {scheme}");
    for entry in flows(definition).iter().filter(|flow| !flow.key.starts_with("x-")) {
        expect(Some(entry), &owner, "write a mapping with the URLs and `scopes` of the flow");
        let owner = format!("the flow `{}` of {scheme}", entry.key);
        let help = "write each scope with its description, e.g. `{ read: Reads everything. }`";
        expect(entry.value.entry("scopes"), &owner, help);
    }
}
