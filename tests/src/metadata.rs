//! Reads the workspace's metadata from cargo: packages, targets, dependencies and the target folder.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
pub use tools::{members, target};

use crate::compile::workspace;

/// Returns the output of `cargo metadata`, with the dependencies of all features and platforms. Downloads missing
/// dependencies.
///
/// # Errors
///
/// Returns an error if cargo can't be run or fails.
pub fn whole() -> Result<Value, String> {
    tools::metadata(&["--all-features"])
}

/// Returns the names of the crates in a package's `cargo tree`, for this platform and the default features. They
/// include the package itself.
///
/// # Errors
///
/// Returns an error if cargo can't be run, fails, or prints something other than a tree.
pub fn tree(package: &str, edges: &str) -> Result<BTreeSet<String>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--prefix", "none", "--format", "{p}"])
        .args(["--package", package, "--edges", edges])
        .current_dir(workspace())
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo tree --package {package}: {error}"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let names: BTreeSet<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    if names.contains(package) {
        Ok(names)
    } else {
        Err(format!("the output of `cargo tree` isn't a tree: did its format change?\n{text}"))
    }
}

/// Returns the packages in the output of `cargo metadata`.
#[must_use]
pub fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().map_or(&[], Vec::as_slice)
}

/// Returns a string field, or an empty string if the field isn't a string.
#[must_use]
pub fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}
