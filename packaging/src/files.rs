//! Prepares the package folders, and runs the programs that pack them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The licence texts. They are at the root of the workspace, and in every package.
pub(crate) const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Creates an empty folder for one package in the output folder.
pub(crate) fn fresh(out: &Path, name: &str) -> Result<PathBuf, String> {
    let folder = out.join("unpacked").join(name);
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    fs::create_dir_all(&folder).map_err(failed)?;
    Ok(folder)
}

/// Copies a folder with its subfolders, except Python's caches.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.file_name() == "__pycache__" {
            continue;
        }
        if entry.file_type().map_err(failed)?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(failed)?;
        }
    }
    Ok(())
}

/// Copies the licence texts into a folder.
pub(crate) fn add_licences(folder: &Path) -> Result<(), String> {
    for name in LICENCES {
        let from = tools::workspace().join(name);
        fs::copy(&from, folder.join(name))
            .map_err(|error| format!("{}: {error}", from.display()))?;
    }
    Ok(())
}

/// Writes a file.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<(), String> {
    fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()))
}

/// Runs a program, and returns its standard output.
pub(crate) fn run(command: &mut Command) -> Result<String, String> {
    let shown = Path::new(command.get_program()).file_name().map(OsStr::to_os_string);
    let shown = shown.unwrap_or_default().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("cannot run `{shown}`: {error}"))?;
    let [said, failed] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if output.status.success() {
        Ok(said)
    } else {
        Err(format!("`{shown}` failed ({}): {said}{failed}", output.status))
    }
}
