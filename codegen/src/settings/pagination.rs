//! Defines the pagination of lists. Documents don't describe it in a machine-readable way, so it is part of the
//! settings.

/// The pagination of an operation whose responses are pages of a list. Calls to the operation get the methods `pages`
/// and `items`, which return streams.
///
/// Properties are named as in the document. A nested property is written with a dot: `meta.next`.
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
    /// How the next page is requested.
    pub style: PageStyle,
    /// The property of the response that contains the list, or an empty string if the response itself is the list.
    pub items: String,
    /// The property that is `true` while there are more pages, if the response has one.
    pub more: Option<String>,
}

/// How the next page is requested. All parameters are query parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageStyle {
    /// The request contains a cursor from the previous response. A response with a missing or empty cursor ends the
    /// list.
    Cursor {
        /// The parameter that receives the cursor.
        parameter: String,
        /// The property of the response that contains the cursor.
        next: String,
    },
    /// The request contains a property of the previous page's last item. A page without items ends the list.
    LastItem {
        /// The parameter that receives the value.
        parameter: String,
        /// The property of the last item that contains the value.
        property: String,
    },
    /// The request contains the page number. A page without items ends the list.
    Page {
        /// The parameter for the number.
        parameter: String,
        /// The number of the first page. The server must return this page if the parameter isn't sent.
        first: i64,
    },
    /// The request contains the number of items to skip. A page without items ends the list.
    Offset {
        /// The parameter for the number.
        parameter: String,
    },
    /// The request uses the URL with the relation `next` from the previous response's `Link` header. The URL must
    /// have the same origin as the previous request.
    Link,
}

impl Pagination {
    /// Creates pagination settings for an operation whose response is the list itself.
    #[must_use]
    pub fn new(operation: &str, style: PageStyle) -> Self {
        Pagination { operation: operation.to_owned(), style, items: String::new(), more: None }
    }

    /// Sets the response property that contains the list.
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
