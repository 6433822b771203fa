//! Finds PostgreSQL's server, or installs it from Debian's packages.

use std::path::PathBuf;

use crate::program::program;
use crate::{Missing, debian};

/// Returns the folder with the newest installed version of `initdb` and `postgres`.
///
/// # Errors
///
/// Returns an error if PostgreSQL is missing and can't be installed.
pub fn postgres() -> Result<PathBuf, Missing> {
    // Debian doesn't put the server's programs on the PATH, because several versions can be
    // installed.
    if let Some(folder) = debians() {
        return Ok(folder);
    }
    if debian::install(&["postgresql"])
        && let Some(folder) = debians()
    {
        return Ok(folder);
    }
    let initdb = program(&["initdb"], "postgresql")?;
    Ok(initdb.parent().map(PathBuf::from).unwrap_or_default())
}

fn debians() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let folders = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    folders.filter(|folder| folder.join("initdb").is_file()).max_by_key(|folder| {
        let version = folder.parent()?.file_name()?.to_str()?;
        version.parse::<u32>().ok()
    })
}
