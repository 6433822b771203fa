//! Normalises schemas. Each module handles one kind of keyword, in every schema of the document.

pub(crate) mod additional;
pub(crate) mod all_of;
pub(crate) mod bases;
pub(crate) mod compose;
pub(crate) mod enums;
pub(crate) mod facets;
pub(crate) mod formats;
pub(crate) mod hoist;
mod keys;
pub(crate) mod kinds;
mod named;
pub(crate) mod names;
pub(crate) mod not;
pub(crate) mod nullable;
pub(crate) mod one_of;
pub(crate) mod one_way;
pub(crate) mod place;
pub(crate) mod plain;
mod remarks;
pub(crate) mod taken;
pub(crate) mod types;
pub(crate) mod walk;

#[cfg(test)]
mod testing;
