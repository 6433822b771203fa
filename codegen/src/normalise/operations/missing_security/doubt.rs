//! Finds signs that the author meant to write `security` for an operation without it, such as a
//! misspelt or misplaced key.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::closest_name;
use crate::normalise::kinds::{Kind, Shape, inner};
use crate::normalise::operations::Operation;
use crate::{Node, Span};

/// A sign that the author of the document meant an operation to require credentials.
#[derive(Clone)]
pub(in crate::normalise) struct Doubt {
    pub(super) span: Span,
    pub(super) what: String,
    /// Whether the sign has no other explanation. For example, the extension `x-security` isn't a
    /// certain sign, because it may mean something else.
    pub(super) is_certain: bool,
}

/// The doubts that apply to all operations of a path or of the document.
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
        let of_path =
            |path: &Node| misplaced(format_args!("the path"), path).or_else(|| misspelt(path));
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
    if root.get("security").is_some_and(super::requires) {
        return None;
    }
    let places = ["info", "paths", "components"].into_iter();
    let mut places = places.filter_map(|name| Some((name, root.get(name)?)));
    let in_place = |(name, place)| misplaced(format_args!("`{name}`"), place);
    misspelt(root).or_else(|| places.find_map(in_place))
}

fn of_operation(operation: &Node) -> Option<Doubt> {
    let empty = operation.entry("security").filter(|own| super::is_empty(&own.value));
    let empty = empty.map(|own| Doubt {
        span: own.key_span,
        what: "its `security` has no value".to_owned(),
        is_certain: false,
    });
    let in_other_part = || {
        ["callbacks", "externalDocs", "servers"].into_iter().find_map(|name| {
            let part = operation.get(name)?;
            let within = |node: &Node| misplaced(format_args!("`{name}`"), node);
            within(part).or_else(|| part.items().iter().find_map(within))
        })
    };
    empty
        .or_else(|| misspelt(operation))
        .or_else(|| misplaced_inside(operation, Kind::Operation))
        .or_else(in_other_part)
}

/// Finds a `security` in an object where OpenAPI doesn't allow it.
fn misplaced(place: fmt::Arguments<'_>, holder: &Node) -> Option<Doubt> {
    let own = holder.entry("security")?;
    Some(Doubt {
        span: own.key_span,
        what: format!(
            "there is a `security` in {place}, but only operations and the document can have it"
        ),
        is_certain: true,
    })
}

/// Finds a `security` in the parameters, the request body or the responses of an operation.
/// Schemas, examples, headers and links are skipped, because a document may use `security` as a
/// name there.
fn misplaced_inside(node: &Node, kind: Kind) -> Option<Doubt> {
    node.entries().iter().find_map(|entry| {
        let (shape, kind) = inner(kind, &entry.key)?;
        if matches!(kind, Kind::Schema | Kind::Example | Kind::Header | Kind::Link) {
            return None;
        }
        let here = |node: &Node| misplaced(format_args!("`{}`", entry.key), node);
        let within = |node: &Node| here(node).or_else(|| misplaced_inside(node, kind));
        match shape {
            Shape::One => within(&entry.value),
            Shape::List => entry.value.items().iter().find_map(within),
            Shape::Map => {
                let values = || entry.value.entries().iter().find_map(|it| within(&it.value));
                here(&entry.value).or_else(values)
            }
        }
    })
}

/// Finds a key that is probably meant to be `security`.
fn misspelt(holder: &Node) -> Option<Doubt> {
    let is_similar = |key: &str| {
        let is_longer = || key.to_ascii_lowercase().contains("security") && !key.starts_with("x-");
        key != "security" && (closest_name(key, ["security"]).is_some() || is_longer())
    };
    let entry = holder.entries().iter().find(|entry| is_similar(&entry.key))?;
    Some(Doubt {
        span: entry.key_span,
        what: format!("`{}` may mean `security`", entry.key),
        is_certain: !entry.key.starts_with("x-"),
    })
}
