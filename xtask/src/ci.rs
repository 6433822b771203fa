//! The tasks `cargo xtask test`, `cargo xtask demo` and `cargo xtask docs`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::codegen::{Mode, codegen};
use crate::count::Count;
use crate::package::package;
use crate::{Failure, run};

/// Every feature except `mileston-api/native-tls`, which needs system headers that a clean machine may not have.
pub const FEATURES: &str = "openapi-keys/cli,mileston-api/axum,mileston-api/blocking,\
                        mileston-api/rust_decimal,mileston-fleet/redis-sentinel,mileston-fleet/redis-tls,\
                        mileston-fleet/sqlx,mileston-fleet/tokio-postgres,\
                        mileston-keys/schemars,mileston-keys/serde";

/// Runs the checks and tests that every change must pass. The fastest steps come first.
///
/// # Errors
///
/// Returns an error if a step fails. Later steps aren't run.
pub fn test(root: &Path) -> Result<(), Failure> {
    eprintln!("$ cargo xtask codegen --check");
    eprintln!("{}", codegen(root, Mode::Check)?);
    run::cargo(root, &["fmt", "--all", "--check"])?;
    deny(root)?;
    docs(root)?;
    run::cargo(
        root,
        &["clippy", "--workspace", "--all-targets", "--features", FEATURES, "--", "-D", "warnings"],
    )?;
    documentation(root)?;
    eprintln!("\n$ cargo xtask package");
    println!("{}", package(root)?);
    let mut count = Count::default();
    let result = tests(root, &mut count);
    // The last line of the output adds up the results of all test binaries, even if a test failed.
    println!("\n{count}");
    result
}

fn tests(root: &Path, count: &mut Count) -> Result<(), Failure> {
    run::cargo_tests(root, &["test", "--workspace", "--features", FEATURES], count)?;
    let ours = ["test", "--package", "mileston-api", "--lib", "--tests", "--features"];
    run::cargo_tests(root, &[&ours[..], &[&unified()]].concat(), count)
}

/// Returns the features for the tests of `mileston-api`, including features of `serde_json`. If
/// another crate in a user's program enables such a feature, cargo enables it for all crates. The
/// features change how `serde_json` represents numbers and sorts maps, but must not change the
/// client's behaviour.
fn unified() -> String {
    let ours = "mileston-api/axum,mileston-api/blocking,mileston-api/rust_decimal";
    let features = ["arbitrary_precision", "float_roundtrip", "preserve_order"];
    features.iter().fold(ours.to_owned(), |all, feature| format!("{all},serde_json/{feature}"))
}

/// Runs the demo. The demo is a separate binary, so that `xtask` stays small.
///
/// The demo isn't selected with `--package`, so that cargo uses the features of the complete workspace, and `test`
/// doesn't have to build the dependencies again.
///
/// # Errors
///
/// Returns an error if a step of the demo failed.
pub fn demo(root: &Path) -> Result<(), Failure> {
    run::cargo(root, &["run", "--quiet", "--bin", "mileston-demo", "--features", FEATURES])
}

/// Builds the book and checks its links, by running the package `mileston-book`.
///
/// # Errors
///
/// Returns an error if mdBook fails or prints a warning, or if a link is broken.
pub fn docs(root: &Path) -> Result<(), Failure> {
    let build = ["run", "--quiet", "--bin", "mileston-book", "--features", FEATURES, "--", "build"];
    run::cargo(root, &build)
}

fn documentation(root: &Path) -> Result<(), Failure> {
    let mut command = run::program();
    command
        .args(["doc", "--workspace", "--no-deps", "--features", FEATURES])
        .env("RUSTDOCFLAGS", "-D warnings")
        .current_dir(root);
    let shown =
        format!("RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --features {FEATURES}");
    run::run(command, &shown)
}

/// Checks licences, bans and sources with cargo-deny if it is installed. `tests/tests/licences.rs` always checks all
/// three. Advisories aren't checked, because they need a database from the network.
fn deny(root: &Path) -> Result<(), Failure> {
    let installed = Command::new("cargo-deny")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        eprintln!(
            "\nSKIPPED: the extra check by cargo-deny; to install it, run `cargo install --locked cargo-deny`"
        );
        return Ok(());
    }
    run::cargo(root, &["deny", "check", "licenses", "bans", "sources"])
}
