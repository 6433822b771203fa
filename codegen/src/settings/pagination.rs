//! How lists come in pages. The document doesn't say it in a way that programs can read, so the settings do.

/// How the responses of an operation are pages of a list. Its call gets the methods `pages` and `items`, which are streams.
///
/// Properties are named as in the document. A property inside another is written with a point: `meta.next`.
///
/// ```
/// use openapi_keys::{PageStyle, Pagination};
///
/// let style = PageStyle::Cursor { parameter: "cursor".to_owned(), next: "next_cursor".to_owned() };
/// let orders = Pagination::new("listOrders", style).with_items("data");
/// assert_eq!(orders.items, "data");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pagination {
    /// The `operationId`.
    pub operation: String,
    /// How the next page is asked for.
    pub style: PageStyle,
    /// The property of a response that has the list. Empty if the response is the list.
    pub items: String,
    /// A property that is `true` while there are more pages, if there is one.
    pub more: Option<String>,
}

/// How the next page is asked for. Parameters are in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// By a cursor that the response has. Without one, or with an empty one, there are no more pages.
    Cursor {
        /// The parameter that gets it.
        parameter: String,
        /// The property of the response that has it.
        next: String,
    },
    /// By a property of the last item. After a page without items there are no more pages.
    LastItem {
        /// The parameter that gets it.
        parameter: String,
        /// The property of an item.
        property: String,
    },
    /// By the number of the page. After a page without items there are no more pages.
    Page {
        /// The parameter that has it.
        parameter: String,
        /// The number of the first page: what the server takes if the parameter isn't sent.
        first: i64,
    },
    /// By how many items to skip. After a page without items there are no more pages.
    Offset {
        /// The parameter that has it.
        parameter: String,
    },
    /// By the response's header `Link`, with the relation `next`. It has to lead to the same origin.
    Link,
}

impl Pagination {
    /// Returns the pagination of an operation whose response is the list itself.
    #[must_use]
    pub fn new(operation: &str, style: PageStyle) -> Self {
        Pagination { operation: operation.to_owned(), style, items: String::new(), more: None }
    }

    /// Sets the property of a response that has the list.
    #[must_use]
    pub fn with_items(self, property: &str) -> Self {
        Pagination { items: property.to_owned(), ..self }
    }

    /// Sets the property that is `true` while there are more pages.
    #[must_use]
    pub fn with_more(self, property: &str) -> Self {
        Pagination { more: Some(property.to_owned()), ..self }
    }
}
