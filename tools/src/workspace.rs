//! Finds the workspace's folder and packages, and the folder that cargo builds into.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// Returns the root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(PathBuf::from).unwrap_or(own)
}

/// Returns the folder that cargo builds into. `CARGO_TARGET_DIR` and cargo's configuration can change this folder.
#[must_use]
pub fn target() -> PathBuf {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    TARGET.get_or_init(find_target).clone()
}

fn find_target() -> PathBuf {
    let found = members().ok().and_then(|it| it["target_directory"].as_str().map(PathBuf::from));
    found.unwrap_or_else(|| workspace().join("target"))
}

/// Returns the output of `cargo metadata` for the workspace's own packages, without their
/// dependencies. Doesn't need the network.
///
/// # Errors
///
/// Returns an error if cargo can't be run, or reports an error.
pub fn members() -> Result<Value, String> {
    metadata(&["--no-deps", "--offline"])
}

/// Runs `cargo metadata` for the workspace with additional arguments, and returns the output.
///
/// # Errors
///
/// Returns an error if cargo can't be run, or reports an error.
pub fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments)
        .current_dir(workspace())
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}
