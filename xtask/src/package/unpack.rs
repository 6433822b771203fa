//! Unpacks an archive and reads its files.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::contents::Contents;

/// Unpacks an archive into a folder, and returns the files of the folder in it that is called `name`.
///
/// # Errors
///
/// The archive can't be unpacked or read.
pub(super) fn unpack(archive: &Path, folder: &Path, name: &str) -> Result<Contents, String> {
    let failed =
        |error: &dyn std::fmt::Display| format!("cannot unpack {}: {error}", archive.display());
    let packed = fs::File::open(archive).map_err(|error| failed(&error))?;
    // Linux, macOS and Windows all have `tar`. The archive is its input, because GNU tar reads `C:\` as the name of a machine.
    // `-m`: every archive has the same times, so cargo would not notice that a file has changed.
    let output =
        Command::new("tar").args(["-xmzf", "-"]).current_dir(folder).stdin(packed).output();
    let output = output.map_err(|error| failed(&format!("`tar`: {error}")))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    let mut contents = Contents::new();
    read(&folder.join(name), "", &mut contents).map_err(|error| failed(&error))?;
    Ok(contents)
}

fn read(folder: &Path, prefix: &str, contents: &mut Contents) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), contents)?;
        } else {
            contents.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}
