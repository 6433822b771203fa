//! Clients of documents that lack nearly everything, each generated from one in `small/`: they compile without a warning.

pub mod bare;
pub mod sparse;
