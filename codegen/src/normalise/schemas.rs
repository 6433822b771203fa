//! Schemas: each module decides one kind of keyword, for every schema of the document.

pub(crate) mod additional;
pub(crate) mod all_of;
pub(crate) mod bases;
pub(crate) mod compose;
pub(crate) mod enums;
pub(crate) mod facets;
mod keys;
pub(crate) mod kinds;
mod named;
pub(crate) mod not;
pub(crate) mod nullable;
pub(crate) mod one_of;
pub(crate) mod one_way;
mod remarks;
#[cfg(test)]
mod testing;
pub(crate) mod walk;
