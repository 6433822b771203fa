//! Finds Chromium, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::Missing;
use crate::program::program;

/// Returns the path of Chromium.
///
/// # Errors
///
/// Returns an error if Chromium is missing and can't be installed.
pub fn chromium() -> Result<PathBuf, Missing> {
    program(&["chromium", "chromium-browser", "google-chrome"], "chromium")
}
