//! Finds Chromium, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::{Missing, debian};

/// Returns the path of Chromium.
///
/// # Errors
///
/// Returns an error if Chromium is missing and can't be installed.
pub fn chromium() -> Result<PathBuf, Missing> {
    let installed = || debian::install(&["chromium"]).then(find).flatten();
    find().or_else(installed).ok_or_else(|| {
        Missing(
            "no Chromium: install it (Debian: `apt-get install chromium`) so that `chromium` is on the PATH"
                .to_owned(),
        )
    })
}

fn find() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut candidates =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|path| path.is_file())
}
