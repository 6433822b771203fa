//! Clients of documents that lack nearly everything, each generated from one in `small/`: they compile without a warning.

#[rustfmt::skip]
mod generated {
    pub mod bare;
    pub mod names;
    pub mod options;
    pub mod sparse;
}

pub use generated::{bare, names, options, sparse};
