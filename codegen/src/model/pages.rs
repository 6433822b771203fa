//! How lists come in pages.

use super::Shape;

/// How the responses of an operation are pages of a list.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub items: Path,
    /// The type of an item.
    pub item: Shape,
    pub more: Option<Path>,
    pub way: Way,
}

/// The fields from the response to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(pub Vec<Step>);

/// A field on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// As in Rust; `0` is that of a struct around a list.
    pub field: String,
    /// The schema that it is, if that has a name.
    pub schema: Option<String>,
}

/// How the next page is asked for. Parameters are named as on the wire.
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
    /// By a number that grows by one for each page.
    Page {
        parameter: String,
        first: i64,
    },
    /// By a number that grows by one for each item.
    Offset {
        parameter: String,
    },
    Link,
}
