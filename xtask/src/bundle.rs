//! `cargo xtask bundle`: packs the sandbox for users of languages other than Rust.

use std::path::Path;

use crate::ci::FEATURES;
use crate::{Failure, run};

/// Builds and packs the sandbox with the `packaging` package. That package is a separate program,
/// so that `xtask` stays small.
///
/// The features are the same as in [`test`](crate::test), so that no dependency is built again.
///
/// # Errors
///
/// Returns an error if the sandbox can't be built or packed.
pub fn bundle(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let run = ["run", "--quiet", "--bin", "packaging", "--features", FEATURES, "--"];
    run::cargo(root, &[&run[..], arguments].concat())
}
