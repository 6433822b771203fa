//! Clients for minimal documents, each generated from a document in `small/`. They compile without warnings.

#[rustfmt::skip]
mod generated {
    pub mod bare;
    pub mod bodies;
    pub mod errors;
    pub mod limits;
    pub mod names;
    pub mod options;
    pub mod pages;
    pub mod schemes;
    pub mod shapes;
    pub mod sparse;
    pub mod statuses;
    pub(super) mod styles;
}

pub use generated::{
    bare, bodies, errors, limits, names, options, pages, schemes, shapes, sparse, statuses,
};

/// Parameters of every style.
pub mod styles {
    pub use super::generated::styles::*;
    /// The type for the format `date-time`, exported where the generated server expects it.
    pub use crate::Timestamp;
}

/// Returns the card that the client fills in.
fn card<K>(_: &options::Client<K>) -> crate::Card {
    crate::Card::of_the_library()
}
