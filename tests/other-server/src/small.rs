//! Servers of the same documents.

#[rustfmt::skip]
mod generated {
    pub mod bare;
    pub mod sparse;
}

pub use generated::{bare, sparse};
