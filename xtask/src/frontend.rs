//! The task `cargo xtask frontend`: builds the example page for browsers, and serves it.

use std::path::Path;

use crate::ci::FEATURES;
use crate::{Failure, run};

/// The folder of the example, relative to the root of the workspace.
const EXAMPLE: &str = "examples/checkout-plain";

/// What to do with the example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frontend {
    /// Build it, and print its folder and size.
    Build,
    /// Build it, print its folder and size, and serve it until Ctrl-C.
    Serve,
}

/// Builds the example with the `wasm-build` package. That package is a separate program, so that
/// `xtask` stays small.
///
/// The features are the same as in [`test`](crate::test), so that no dependency is built again.
///
/// # Errors
///
/// Returns an error if the example can't be built or served.
pub fn frontend(root: &Path, what: Frontend) -> Result<(), Failure> {
    let command = match what {
        Frontend::Build => "build",
        Frontend::Serve => "serve",
    };
    let build = ["run", "--quiet", "--bin", "wasm-build", "--features", FEATURES];
    run::cargo(root, &[&build[..], &["--", command, EXAMPLE]].concat())?;
    if what == Frontend::Build {
        print!("{NEXT}");
    }
    Ok(())
}

const NEXT: &str = "
To try it, start a sandbox in one terminal:

    cargo run -p mileston-sandbox -- serve

The sandbox prints `export` lines. Paste them into another terminal, and serve the page there:

    cargo xtask frontend serve
";
