//! Installs locked versions of Node.js packages.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failure;

/// Installs the packages in this folder's lock file. Does nothing if `package`, which is one of
/// these packages, is already installed.
///
/// # Errors
///
/// Returns an error if npm is missing or fails.
pub fn install(folder: &Path, package: &str) -> Result<(), Failure> {
    if folder.join("node_modules").join(package).exists() {
        return Ok(());
    }
    let status = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("cannot run `npm` ({error}): install Node.js 20 or later"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`npm ci` failed in {}", folder.display()).into())
    }
}
