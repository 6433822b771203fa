//! Represents a `security` and its place: in an operation, or at the top level for operations
//! without their own `security`.

use std::collections::BTreeMap;

use crate::check::api::{Api, Operation};
use crate::{Diagnostic, Entry, MissingSecurity, Node};

#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// The operation, or `None` for the top level.
    operation: Option<Operation<'a>>,
    security: &'a Entry,
}

impl<'a> Site<'a> {
    pub(super) fn top(api: &Api<'a>) -> Option<Self> {
        let security = api.document.root().entry("security")?;
        Some(Site { operation: None, security })
    }

    pub(super) fn own(operation: Operation<'a>) -> Option<Self> {
        let security = operation.node().entry("security")?;
        Some(Site { operation: Some(operation), security })
    }

    /// Returns every `security` in the document.
    pub(super) fn all(api: &Api<'a>) -> impl Iterator<Item = Self> {
        Site::top(api).into_iter().chain(api.operations.iter().copied().filter_map(Site::own))
    }

    pub(super) fn node(&self) -> &'a Node {
        &self.security.value
    }

    pub(super) fn key_span(&self) -> crate::Span {
        self.security.key_span
    }

    /// Returns the subject for messages about the requirement.
    pub(super) fn who(&self) -> String {
        match self.operation {
            Some(operation) => operation.title(),
            None => "`security` at the top level".to_owned(),
        }
    }

    pub(super) fn title(&self) -> String {
        match self.operation {
            Some(operation) => format!("`security` of {}", operation.title()),
            None => self.who(),
        }
    }

    /// Returns an error about this `security`, without a label yet.
    pub(super) fn mistake(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).operation(self.operation.and_then(|it| it.id()))
    }
}

/// Returns the `security` at the top level, if operations inherit it.
pub(super) fn inherited<'a>(api: &Api<'a>) -> Option<Site<'a>> {
    Site::top(api).filter(|_| api.settings.missing_security != MissingSecurity::Refused)
}

/// Returns the schemes that any `security` names, each with its first use.
pub(in crate::check) fn used<'a>(api: &Api<'a>) -> BTreeMap<&'a str, &'a Entry> {
    let mut used = BTreeMap::new();
    let alternatives = Site::all(api).flat_map(|site| site.node().items());
    for scheme in alternatives.flat_map(Node::entries) {
        used.entry(scheme.key.as_str()).or_insert(scheme);
    }
    used
}
