//! Finds keys that are reserved for the normal form. In a document, such a key would silently
//! change the generated code, e.g. by leaving out an operation.

use super::api::Api;
use crate::normalise::OWN;
use crate::{Diagnostic, Node};

pub(super) fn unused(api: &Api<'_>, found: &mut Vec<Diagnostic>) {
    let entries = api.document.root().nodes().flat_map(Node::entries);
    let reserved = entries.filter(|entry| entry.key.starts_with(OWN));
    found.extend(reserved.map(|entry| {
        let message = format!("`{}` is reserved for the generator", entry.key);
        Diagnostic::new("reserved-extension", message)
            .label(entry.key_span, format!("no key in a document can start with `{OWN}`"))
            .help("remove it, or give it a different name")
    }));
}
