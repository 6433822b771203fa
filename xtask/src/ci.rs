//! `cargo xtask test`, `cargo xtask demo` and `cargo xtask docs`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::codegen::{Mode, codegen};
use crate::count::Count;
use crate::package::package;
use crate::{Failure, run};

/// Every feature except `mileston-api/native-tls`, which needs headers of the system that a clean machine may not have.
pub const FEATURES: &str = "openapi-keys/cli,mileston-api/axum,mileston-api/blocking,\
                        mileston-api/rust_decimal,mileston-keys/schemars,mileston-keys/serde";

/// All that CI asks for, in the order of how soon it can fail.
///
/// # Errors
///
/// The first step that fails.
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
    // The last line of the output is the sum of all test binaries, also if one failed.
    println!("\n{count}");
    result
}

fn tests(root: &Path, count: &mut Count) -> Result<(), Failure> {
    run::cargo_tests(root, &["test", "--workspace", "--features", FEATURES], count)?;
    let ours = ["test", "--package", "mileston-api", "--lib", "--tests", "--features"];
    run::cargo_tests(root, &[&ours[..], &[&unified()]].concat(), count)
}

/// What another crate in a user's program may turn on for all of it, since cargo unifies features: it changes how
/// `serde_json` hands over numbers and sorts maps, and must change nothing for us.
fn unified() -> String {
    let ours = "mileston-api/axum,mileston-api/blocking,mileston-api/rust_decimal";
    let features = ["arbitrary_precision", "float_roundtrip", "preserve_order"];
    features.iter().fold(ours.to_owned(), |all, feature| format!("{all},serde_json/{feature}"))
}

/// The demo: a binary of its own, so that this one stays small.
///
/// It isn't picked by its package: then cargo takes the features of the whole workspace, and `test` builds no dependency
/// a second time.
///
/// # Errors
///
/// A step of the demo failed.
pub fn demo(root: &Path) -> Result<(), Failure> {
    run::cargo(root, &["run", "--quiet", "--bin", "mileston-demo", "--features", FEATURES])
}

/// Builds the book and checks its links, with the package `mileston-book`.
///
/// # Errors
///
/// mdBook warns, or a link leads nowhere.
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

/// Licences, bans and sources once more, where cargo-deny is installed: `tests/tests/licences.rs` checks them in any case.
/// Advisories need a database from the network.
fn deny(root: &Path) -> Result<(), Failure> {
    let installed = Command::new("cargo-deny")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !installed.is_ok_and(|status| status.success()) {
        eprintln!(
            "\nSKIPPED: the deeper check by cargo-deny; `cargo install --locked cargo-deny` installs it"
        );
        return Ok(());
    }
    run::cargo(root, &["deny", "check", "licenses", "bans", "sources"])
}
