//! Builds the sandbox's binary, for this machine's glibc or an older one.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::files::run;
use crate::{Binary, Failure, Platform};

/// The oldest glibc that released binaries support. It was released in 2012, and is the baseline of manylinux2014.
pub const GLIBC: &str = "2.17";

/// The folder that pins the version of zig. zig's linker knows the symbols of older glibc versions.
const ZIG: &str = "packaging/zig";

/// The profile in the workspace's `Cargo.toml`.
const PROFILE: &str = "bundle";

/// Builds the binary for a platform, with the cargo profile `bundle`.
///
/// With `old_glibc`, this function installs zig (400 MB), and the binary runs with glibc 2.17 or later. Otherwise the
/// binary needs a glibc that is at least as new as this machine's.
///
/// # Errors
///
/// Returns an error if a tool is missing or the build fails.
pub fn build(platform: Platform, old_glibc: bool) -> Result<Binary, Failure> {
    let target = platform.target();
    let arguments = if old_glibc {
        ["zigbuild".to_owned(), "--target".to_owned(), format!("{target}.{GLIBC}")]
    } else {
        ["build".to_owned(), "--target".to_owned(), target]
    };
    let mut command = Command::new(cargo());
    command.args(arguments).args(["--profile", PROFILE, "--package", "mileston-sandbox"]);
    if old_glibc {
        let (programs, _) = tools::python(ZIG)?;
        command.env("PATH", path_with(programs)?);
    }
    Ok(Binary { path: built(&mut command)?, platform })
}

/// Builds the binary with the same features as `cargo test --workspace`, so that a test run doesn't recompile anything.
/// Writes the binary to `place` without its symbols, because packing the symbols would take longer than everything
/// else.
///
/// # Errors
///
/// Returns an error if the build fails, or if `strip`, which comes with a C compiler, is missing.
pub fn build_for_tests(features: &str, place: &Path) -> Result<Binary, Failure> {
    let mut command = Command::new(cargo());
    command.args(["build", "--offline", "--bin", "mileston-sandbox", "--features", features]);
    let path = built(&mut command)?;
    run(Command::new("strip").arg("-o").arg(place).arg(path))?;
    Ok(Binary { path: place.to_owned(), platform: Platform::of_this_machine()? })
}

fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn path_with(first: PathBuf) -> Result<OsString, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first).chain(std::env::split_paths(&path));
    std::env::join_paths(all).map_err(|error| format!("PATH: {error}"))
}

/// Runs cargo, and returns the program that it built.
fn built(command: &mut Command) -> Result<PathBuf, String> {
    command.args(["--quiet", "--message-format", "json-render-diagnostics"]);
    let said = run(command.current_dir(tools::workspace()))?;
    let artifacts = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = artifacts.filter_map(|it| it["executable"].as_str().map(PathBuf::from));
    programs
        .find(|path| path.file_stem().is_some_and(|name| name == Path::new("mileston-sandbox")))
        .ok_or_else(|| "cargo didn't build `mileston-sandbox`".to_owned())
}
