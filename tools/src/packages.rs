//! Finds Node.js and Python, and installs their packages once, at pinned versions, into folders
//! that Git ignores.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::once::{is_marked, lock};
use crate::{Missing, workspace};

const NODE: &str = "Node.js 20 or later with npm (https://nodejs.org)";

/// Finds Node.js 20 or later, and installs the packages in this folder's npm lock file. Returns the program, and the
/// absolute path of the folder.
///
/// # Errors
///
/// Returns an error if Node.js or npm is missing or too old, or the packages can't be fetched.
pub fn node(folder: &str) -> Result<(PathBuf, PathBuf), Missing> {
    let folder = workspace().join(folder);
    let program = version("node", &["--version"], (20, 0), NODE)?;
    let lock = folder.join("package-lock.json");
    install(&folder.join("node_modules"), &lock, || {
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        run(Command::new("npm").args(arguments).current_dir(&folder))
    })?;
    Ok((program, folder))
}

/// Finds npm, and checks that Node.js 20 or later is installed. Returns the name of the npm program.
///
/// # Errors
///
/// Returns an error if npm or Node.js is missing or too old.
pub fn npm() -> Result<PathBuf, Missing> {
    version("node", &["--version"], (20, 0), NODE)?;
    version(if cfg!(windows) { "npm.cmd" } else { "npm" }, &["--version"], (9, 0), NODE)
}

/// Finds Python 3.11 or later, installs the packages in the folder's requirements file, and checks their hashes.
/// Returns the folder with the packages' programs, and the absolute path of the given folder.
///
/// # Errors
///
/// Returns an error if Python or its `venv` is missing or too old, or the packages can't be fetched.
pub fn python(folder: &str) -> Result<(PathBuf, PathBuf), Missing> {
    let folder = workspace().join(folder);
    let what = "Python 3.11 or later with venv (https://www.python.org; Debian: python3-venv)";
    let program = version("python3", &["--version"], (3, 11), what)?;
    let venv = folder.join(".venv");
    let programs = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let lock = folder.join("requirements.txt");
    install(&venv, &lock, || {
        run(Command::new(&program).args(["-m", "venv", "--clear"]).arg(&venv))?;
        let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(Command::new(programs.join("python"))
            .args(arguments)
            .args(["--only-binary", ":all:", "--require-hashes", "--requirement"])
            .arg(&lock))
    })?;
    Ok((programs, folder))
}

/// Returns the program's name if it runs and is new enough.
fn version(
    program: &str,
    arguments: &[&str],
    wanted: (u32, u32),
    what: &str,
) -> Result<PathBuf, Missing> {
    let output = Command::new(program).args(arguments).output();
    let output =
        output.map_err(|error| Missing(format!("no `{program}` ({error}): install {what}")))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match parse_version(&said) {
        Some(found) if found >= wanted => Ok(PathBuf::from(program)),
        _ => Err(Missing(format!(
            "`{program}` is too old or has an unknown version ({said:?}): install {what}"
        ))),
    }
}

/// Returns the major and minor version of `v20.1.0` or `Python 3.11.7`.
fn parse_version(said: &str) -> Option<(u32, u32)> {
    let digits = said.find(|letter: char| letter.is_ascii_digit())?;
    let mut parts = said.get(digits..)?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Installs the packages, unless the packages in this lock file are already installed.
fn install(
    place: &Path,
    lock_file: &Path,
    make: impl FnOnce() -> Result<(), String>,
) -> Result<(), Missing> {
    let missing = |error: String| Missing(format!("cannot install {}: {error}", place.display()));
    let io = |error: std::io::Error| missing(error.to_string());
    let _guard = lock(place).map_err(io)?;
    let wanted = fs::read(lock_file).map_err(io)?;
    let mark = place.join(".installed");
    if is_marked(&mark, &wanted) {
        return Ok(());
    }
    make().map_err(missing)?;
    fs::write(mark, wanted).map_err(io)
}

fn run(command: &mut Command) -> Result<(), String> {
    let shown = Path::new(command.get_program()).file_name().map(OsStr::to_os_string);
    let shown = shown.unwrap_or_default().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run `{shown}` ({error})"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` failed ({}): {}", output.status, said.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_tools_print_them() {
        assert_eq!(parse_version("v20.20.2"), Some((20, 20)));
        assert_eq!(parse_version("Python 3.11.7"), Some((3, 11)));
        assert_eq!(parse_version(""), None);
    }

    #[test]
    fn the_error_for_a_missing_tool_says_what_to_install() {
        let Missing(said) = version("no-such-tool", &[], (1, 0), "the tool").unwrap_err();
        assert_eq!(
            said,
            "no `no-such-tool` (No such file or directory (os error 2)): install the tool"
        );
    }

    #[test]
    fn packages_are_installed_once_for_each_lock_file() {
        let folder = crate::target().join("tests/tools");
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("place")).unwrap();
        let (place, lock) = (folder.join("place"), folder.join("lock.txt"));
        let mut made = 0;
        for (text, expected) in [("one", 1), ("one", 1), ("two", 2), ("two", 2)] {
            fs::write(&lock, text).unwrap();
            install(&place, &lock, || {
                made += 1;
                Ok(())
            })
            .unwrap();
            assert_eq!(made, expected);
        }
        fs::write(&lock, "three").unwrap();
        let Missing(said) = install(&place, &lock, || Err("no network".to_owned())).unwrap_err();
        assert!(said.ends_with("no network"), "{said}");
    }
}
