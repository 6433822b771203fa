//! Turns composed schemas into objects, enums and unions of the normal form.

use super::{additional, all_of, bases, enums, facets, kinds, not, nullable, one_of};
use crate::Node;
use crate::normalise::Record;

/// Rewrites `allOf`, `oneOf`, `anyOf`, `not`, enums, `nullable`, `additionalProperties`, constraints and defaults.
///
/// References must point to `#/components/schemas/Name`, and named schemas must not be references.
pub(crate) fn compose(root: &mut Node, record: &mut Record) {
    not::drop_all(root, record);
    // Merging compares values, so enums are rewritten first.
    enums::normalise(root, record);
    bases::unite(root, record);
    all_of::merge_all(root, record);
    // Alternatives are also compared, so `additionalProperties` is rewritten before unions.
    additional::normalise(root, record);
    one_of::normalise(root, record);
    kinds::name_alternatives(root);
    nullable::move_to_places(root, record);
    facets::describe(root);
}

#[cfg(test)]
mod tests;
