//! The tasks of this workspace. The binary only selects a task.

mod bundle;
mod ci;
pub mod codegen;
mod count;
mod frontend;
mod help;
mod package;
mod run;

pub use bundle::bundle;
pub use ci::{FEATURES, demo, docs, test};
pub use frontend::{Frontend, frontend};
pub use help::HELP;
pub use package::package;

use std::path::PathBuf;

/// A task's error: a message that says what to do.
pub type Failure = Box<dyn std::error::Error>;

/// Returns the root of the workspace. Reads `CARGO_MANIFEST_DIR` at run time if it is set, so that
/// the result is correct even after the checkout was moved.
#[must_use]
pub fn root() -> PathBuf {
    let own =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let own = PathBuf::from(own);
    own.parent().map(PathBuf::from).unwrap_or(own)
}
