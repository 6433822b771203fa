//! Clients of documents that lack nearly everything, each generated from one in `small/`: they compile without a warning.

#[rustfmt::skip]
mod generated {
    pub mod bare;
    pub mod bodies;
    pub mod names;
    pub mod options;
    pub mod pages;
    pub mod schemes;
    pub mod shapes;
    pub mod sparse;
}

pub use generated::{bare, bodies, names, options, pages, schemes, shapes, sparse};

/// The card that the client fills in.
fn card<K>(_: &options::Client<K>) -> crate::Card {
    crate::Card::of_the_library()
}
