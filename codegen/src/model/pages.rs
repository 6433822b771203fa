//! Defines the pagination of lists.

use super::Shape;

/// The pagination of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub items: Path,
    /// The type of an item.
    pub item: Shape,
    pub more: Option<Path>,
    pub way: Way,
}

/// The path of fields from the response to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(pub Vec<Step>);

/// A field on the path to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The name in Rust, or `0` for a struct that wraps a list.
    pub field: String,
    /// The name of the field's schema, if it has one.
    pub schema: Option<String>,
}

/// How the next page is requested. Each `parameter` is a name on the wire.
#[derive(Clone, Debug)]
pub(crate) enum Way {
    Cursor {
        parameter: String,
        next: Path,
    },
    LastItem {
        parameter: String,
        property: Path,
    },
    /// With a number that increases by one for each page.
    Page {
        parameter: String,
        first: i64,
    },
    /// With a number that increases by one for each item.
    Offset {
        parameter: String,
    },
    Link,
}
