//! Unpacks an archive and reads its files.

use std::fmt::Display;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use super::contents::Contents;

/// Unpacks an archive that contains a folder called `name`, and returns the files in that folder. Also updates
/// `<folder>/<name>` so that it contains exactly these files.
///
/// An unchanged file isn't written, so that cargo doesn't build it again. A changed file gets the current time as its
/// modification time. The file's modification time in the archive can't be used: it is the same in every archive, so
/// cargo wouldn't notice the change.
///
/// # Errors
///
/// Returns an error if the archive can't be unpacked or read.
pub(super) fn unpack(archive: &Path, folder: &Path, name: &str) -> Result<Contents, String> {
    let failed = |error: &dyn Display| format!("cannot unpack {}: {error}", archive.display());
    let fresh = folder.join("unpacked");
    remake(&fresh).map_err(|error| failed(&error))?;
    let packed = fs::File::open(archive).map_err(|error| failed(&error))?;
    // Linux, macOS and Windows have `tar`. Pass the archive on standard input, because GNU tar reads `C:\` as a host
    // name.
    let output = Command::new("tar").args(["-xzf", "-"]).current_dir(&fresh).stdin(packed).output();
    let output = output.map_err(|error| failed(&format!("`tar`: {error}")))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr).trim_end()));
    }
    let contents = read(&fresh.join(name)).map_err(|error| failed(&error))?;
    update(&folder.join(name), &contents).map_err(|error| failed(&error))?;
    Ok(contents)
}

fn remake(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}

/// Updates a folder so that it contains exactly these files.
fn update(folder: &Path, contents: &Contents) -> io::Result<()> {
    let old = if folder.exists() { read(folder)? } else { Contents::new() };
    for name in old.keys().filter(|name| !contents.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, content) in contents.iter().filter(|(name, content)| old.get(*name) != Some(content))
    {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, content)?;
    }
    Ok(())
}

fn read(folder: &Path) -> io::Result<Contents> {
    let mut contents = Contents::new();
    add(folder, "", &mut contents)?;
    Ok(contents)
}

fn add(folder: &Path, prefix: &str, contents: &mut Contents) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add(&entry.path(), &format!("{name}/"), contents)?;
        } else {
            contents.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_file_is_written_only_if_it_has_changed() {
        let folder = std::env::temp_dir().join(format!("xtask-unpack-{}", std::process::id()));
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let old = [file("a", "1"), file("src/b", "1"), file("src/c", "1")];
        update(&folder, &Contents::from(old)).unwrap();
        for name in ["a", "src/b"] {
            let written = fs::File::options().write(true).open(folder.join(name)).unwrap();
            written.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        }
        let new = Contents::from([file("a", "1"), file("src/b", "2"), file("d/e", "1")]);
        update(&folder, &new).unwrap();
        assert_eq!(read(&folder).unwrap(), new);
        let time = |name: &str| fs::metadata(folder.join(name)).unwrap().modified().unwrap();
        assert_eq!(time("a"), SystemTime::UNIX_EPOCH);
        assert!(time("src/b") > SystemTime::UNIX_EPOCH);
        fs::remove_dir_all(folder).unwrap();
    }
}
