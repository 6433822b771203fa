//! Defines the constraints on values, for clients that check them before they send a request.

use std::collections::BTreeMap;

/// The constraints on a value and its contents.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Constraints {
    pub limits: Vec<Limit>,
    /// The constraints on an object's properties, by the properties' names on the wire.
    pub properties: Vec<(String, Constraints)>,
    /// The constraints on the items of a list.
    pub items: Option<Box<Constraints>>,
    /// The constraints on additional properties, which the schema doesn't list.
    pub entries: Option<Box<Constraints>>,
    /// The name of the schema that the value refers to.
    pub schema: Option<String>,
}

/// An OpenAPI keyword that limits a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Limit {
    /// `minLength`, `maxLength`, `minItems`, `maxItems`, `minProperties` or `maxProperties`.
    Count {
        keyword: CountKeyword,
        number: u64,
    },
    /// `minimum` or `maximum`. The number is written as in the document.
    Bound {
        is_lower: bool,
        is_exclusive: bool,
        number: serde_json::Number,
    },
    MultipleOf(serde_json::Number),
    UniqueItems,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountKeyword {
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    MinProperties,
    MaxProperties,
}

/// The constraints of named schemas that have any, by the name of the schema in the document.
pub(crate) type NamedConstraints = BTreeMap<String, Constraints>;

impl Constraints {
    /// Returns whether there is nothing to check.
    pub(crate) fn is_empty(&self) -> bool {
        let Constraints { limits, properties, items, entries, schema } = self;
        limits.is_empty()
            && properties.is_empty()
            && items.is_none()
            && entries.is_none()
            && schema.is_none()
    }
}
