//! Servers of the same documents.

pub mod bare;
pub mod sparse;
