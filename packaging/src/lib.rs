//! Packs the sandbox's binary for npm and PyPI, and as an OCI image.
//!
//! All packages for a platform contain the same binary. The sources of the packages are in `packaging/npm`,
//! `packaging/pypi` and `packaging/image`. This crate adds the binary, the licences, and the version of the workspace.

mod binary;
pub mod build;
mod files;
mod image;
mod notices;
mod npm;
mod platform;
mod pypi;

pub use binary::Binary;
pub use image::image;
pub use npm::npm;
pub use platform::{Arch, Platform, System};
pub use pypi::pypi;

use std::path::PathBuf;

use tools::Missing;

/// The version of all packages: the version of the workspace.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The maximum size of a packed file, in bytes. There is a maximum because users have to download the file.
pub const SIZE_LIMIT: u64 = 10_000_000;

/// The reason why something can't be packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A tool isn't installed on this machine. Tests that need the tool can be skipped.
    Missing(Missing),
    /// Something else failed. The message says what.
    Other(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Missing(missing) => missing.fmt(f),
            Failure::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Missing> for Failure {
    fn from(missing: Missing) -> Self {
        Failure::Missing(missing)
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Failure::Other(message)
    }
}

/// Returns the folder that contains the sources of the npm, PyPI and image packages.
fn sources() -> PathBuf {
    tools::workspace().join("packaging")
}
