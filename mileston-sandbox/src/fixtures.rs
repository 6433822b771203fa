//! Records that a sandbox creates at startup, from a file in YAML or JSON.

mod error;
mod load;
mod parsed;
mod records;
mod sections;
mod tree;
mod yaml;

pub use error::FixtureError;
pub(crate) use load::Loader;
pub use parsed::Fixtures;
pub use records::FixtureRecords;
