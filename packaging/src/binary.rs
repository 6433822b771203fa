//! Represents a sandbox binary, and finds the oldest glibc that the binary runs with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Platform;

/// A sandbox binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// The file.
    pub path: PathBuf,
    /// The platform that the binary runs on.
    pub platform: Platform,
}

impl Binary {
    /// Returns the oldest glibc that the binary runs with, e.g. `(2, 17)`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, or doesn't need glibc at all.
    pub fn glibc(&self) -> Result<(u32, u32), String> {
        let shown = self.path.display();
        let content = fs::read(&self.path).map_err(|error| format!("{shown}: {error}"))?;
        newest_symbol(&content).ok_or_else(|| {
            format!("{shown} doesn't use any glibc symbols: is it a Linux binary built for glibc?")
        })
    }

    /// Copies the binary to this path, and makes the copy executable.
    pub(crate) fn copy_to(&self, place: &Path) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("{}: {error}", place.display());
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::copy(&self.path, place).map_err(failed)?;
        make_executable(place).map_err(failed)
    }
}

/// Returns the newest glibc version that a program's symbols need. The file contains the versions as text, e.g.
/// `GLIBC_2.17`.
fn newest_symbol(content: &[u8]) -> Option<(u32, u32)> {
    const NAME: &[u8] = b"GLIBC_";
    let places = content.windows(NAME.len()).enumerate().filter(|(_, bytes)| *bytes == NAME);
    let versions = places.filter_map(|(at, _)| {
        let rest = content.get(at + NAME.len()..)?;
        let length = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b'.')?;
        let mut numbers = std::str::from_utf8(rest.get(..length)?).ok()?.split('.');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    });
    versions.max()
}

#[cfg(unix)]
fn make_executable(place: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(place, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_place: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_symbol_decides() {
        let content = b"\0GLIBC_2.2.5\0GLIBC_PRIVATE\0GLIBC_2.17\0GLIBC_2.9\0";
        assert_eq!(newest_symbol(content), Some((2, 17)));
        assert_eq!(newest_symbol(b"GLIBC_PRIVATE\0"), None);
        assert_eq!(newest_symbol(b""), None);
    }
}
