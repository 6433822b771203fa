//! Servers of the minimal documents.

#[rustfmt::skip]
mod generated {
    pub mod bare;
    pub mod bodies;
    pub mod names;
    pub mod schemes;
    pub mod sparse;
    pub mod statuses;
    pub mod styles;
}

pub use generated::{bare, bodies, names, schemes, sparse, statuses, styles};
