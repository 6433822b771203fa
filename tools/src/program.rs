//! Finds a program on the PATH, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::{Missing, debian};

/// Returns the path of the first of these programs that is on the PATH. If none of them is, installs the Debian package
/// and looks again.
///
/// # Errors
///
/// Returns an error if the program is missing and can't be installed.
pub(crate) fn program(names: &[&str], package: &str) -> Result<PathBuf, Missing> {
    let installed = || debian::install(&[package]).then(|| find(names)).flatten();
    find(names).or_else(installed).ok_or_else(|| {
        let name = names.first().unwrap_or(&package);
        Missing(format!(
            "no `{name}`: install it (Debian: `apt-get install {package}`) so that it is on the PATH"
        ))
    })
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let mut candidates =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|path| path.is_file())
}
