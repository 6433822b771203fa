//! Schemas: each module decides one kind of keyword, for every schema of the document.

pub(crate) mod formats;
pub(crate) mod hoist;
pub(crate) mod names;
pub(crate) mod place;
pub(crate) mod plain;
pub(crate) mod taken;
pub(crate) mod types;
pub(crate) mod walk;
