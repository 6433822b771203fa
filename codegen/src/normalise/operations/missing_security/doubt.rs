//! Finds signs that an operation without `security` requires credentials after all.

use std::collections::BTreeMap;

use crate::check::closest_name;
use crate::normalise::operations::Operation;
use crate::{Node, Span, Value};

/// A sign that the author of the document meant an operation to require credentials.
#[derive(Clone)]
pub(in crate::normalise) struct Doubt {
    pub(super) span: Span,
    pub(super) what: String,
}

impl Doubt {
    fn new(span: Span, what: impl Into<String>) -> Self {
        Doubt { span, what: what.into() }
    }
}

/// The doubts about operations that come from other parts of the document.
pub(super) struct Doubts {
    /// A doubt about all operations.
    document: Option<Doubt>,
    /// Doubts about all operations of a path.
    paths: BTreeMap<String, Doubt>,
}

impl Doubts {
    /// `document` is a doubt about all operations.
    pub(super) fn of(root: &Node, document: Option<Doubt>) -> Self {
        let paths = root.get("paths").map_or(&[][..], Node::entries);
        let of_path = |path: &Node| misplaced("the path", path).or_else(|| misspelt(path));
        Doubts {
            document,
            paths: paths
                .iter()
                .filter_map(|path| Some((path.key.clone(), of_path(&path.value)?)))
                .collect(),
        }
    }

    /// Returns the doubt about an operation, if there is any.
    pub(super) fn about(&self, operation: &Operation<'_>) -> Option<Doubt> {
        let inside = of_operation(operation.node);
        let outside = || self.paths.get(operation.path).or(self.document.as_ref()).cloned();
        inside.or_else(outside)
    }
}

/// Finds a `security` for all operations that isn't where OpenAPI expects it.
pub(in crate::normalise) fn of_document(root: &Node) -> Option<Doubt> {
    if root.has("security") {
        return None;
    }
    let places = ["info", "paths", "components"].into_iter();
    let mut places = places.filter_map(|name| Some((format!("`{name}`"), root.get(name)?)));
    misspelt(root).or_else(|| places.find_map(|(name, place)| misplaced(&name, place)))
}

fn of_operation(operation: &Node) -> Option<Doubt> {
    let empty = operation.entry("security").filter(|own| matches!(own.value.value, Value::Null));
    let empty = empty.map(|own| Doubt::new(own.key_span, "its `security` is empty"));
    let of_part = |name: &str| {
        let part = operation.get(name)?;
        let inner = || part.entries().iter().find_map(|it| misplaced("a response", &it.value));
        misplaced(&format!("`{name}`"), part).or_else(|| (name == "responses").then(inner)?)
    };
    let parts = || ["responses", "requestBody"].into_iter().find_map(of_part);
    empty.or_else(|| misspelt(operation)).or_else(parts)
}

/// Finds a `security` in an object in which OpenAPI doesn't define it.
fn misplaced(place: &str, holder: &Node) -> Option<Doubt> {
    let own = holder.entry("security")?;
    let what = format!("{place} has `security`, which only operations and the document can have");
    Some(Doubt::new(own.key_span, what))
}

/// Finds a key that is probably meant to be `security`.
fn misspelt(holder: &Node) -> Option<Doubt> {
    let is_similar = |key: &str| {
        let is_longer = || key.to_ascii_lowercase().contains("security") && !key.starts_with("x-");
        key != "security" && (closest_name(key, ["security"]).is_some() || is_longer())
    };
    let entry = holder.entries().iter().find(|entry| is_similar(&entry.key))?;
    Some(Doubt::new(entry.key_span, format!("`{}` may mean `security`", entry.key)))
}
