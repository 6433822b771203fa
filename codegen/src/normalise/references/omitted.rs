//! Marks operations that can't be read because of a reference, so that a later step leaves them
//! out.

use std::collections::BTreeMap;

use crate::normalise::operations;
use crate::normalise::tree::METHODS;
use crate::{Node, Span};

/// Why something can't be used.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    pub(super) code: &'static str,
    pub(super) reason: String,
    pub(super) span: Span,
}

/// Marks operations whose security scheme can't be read.
pub(super) fn without_schemes(root: &mut Node, broken: &BTreeMap<(&'static str, String), Broken>) {
    if !broken.keys().any(|(section, _)| *section == "securitySchemes") {
        return;
    }
    let lost = |security: Option<&Node>| {
        let schemes = security?.items().iter().flat_map(Node::entries);
        let mut broken = schemes.filter_map(|it| broken.get(&("securitySchemes", it.key.clone())));
        broken.next().cloned()
    };
    let inherited = lost(root.get("security"));
    let paths = root.get_mut("paths").into_iter().flat_map(Node::entries_mut);
    for path in paths {
        for operation in operations_of(&mut path.value) {
            let found = match operation.get("security") {
                Some(own) => lost(Some(own)),
                None => inherited.clone(),
            };
            if let Some(broken) = found {
                omit(operation, &broken);
            }
        }
    }
}

pub(super) fn operations_of(path: &mut Node) -> impl Iterator<Item = &mut Node> {
    let methods = path.entries_mut().iter_mut();
    methods.filter(|it| METHODS.contains(&it.key.as_str())).map(|it| &mut it.value)
}

/// Marks an operation to be left out.
pub(super) fn omit(operation: &mut Node, broken: &Broken) {
    operations::omit(operation, broken.code, broken.span, broken.reason.clone());
}
