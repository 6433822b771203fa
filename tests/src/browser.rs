//! Drives headless Chromium over the sandbox's pages: `tests/browser/run.mjs`, with what it needs.
//!
//! Packages of npm are installed into `tests/browser/node_modules` at the versions of the lock file. Chromium is taken
//! as found, or from Debian's packages where this process may install them.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

use crate::compile::workspace;

/// What a run of the stories came to.
#[derive(Clone, Debug)]
pub struct Run {
    /// All that was printed.
    pub text: String,
    /// The last line: how many stories, checks, requests and screenshots there were, and how many stories failed.
    pub counts: Value,
}

/// Where the screenshots are kept.
#[must_use]
pub fn screenshots() -> PathBuf {
    workspace().join("target/tests/screenshots")
}

/// A browser that can be driven.
///
/// # Errors
///
/// There is none, and it can't be installed. The text says what to install.
pub fn chromium() -> Result<PathBuf, String> {
    find_chromium().or_else(install_chromium).ok_or_else(|| {
        "there is no Chromium; install it (Debian: `apt-get install chromium`) so that `chromium` is on the PATH"
            .to_owned()
    })
}

/// Installs what the scripts import, unless it is there.
///
/// # Errors
///
/// There is no npm, or it can't install.
pub fn install_packages() -> Result<(), String> {
    let folder = folder();
    if is_installed(&folder) {
        return Ok(());
    }
    let arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
    let output = Command::new("npm").args(arguments).current_dir(&folder).output();
    let output = output
        .map_err(|error| format!("cannot run `npm` ({error}); install Node.js 20 or later"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`npm ci` in tests/browser failed: {}", said.trim_end()))
}

/// Runs all stories against the sandbox of these settings.
///
/// # Errors
///
/// There is no Node.js, or the script ended before it could count.
pub fn run(settings: &Value) -> Result<Run, String> {
    let mut child = Command::new("node")
        .arg("run.mjs")
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run `node` ({error}); install Node.js 20 or later"))?;
    let (stdin, settings) = (child.stdin.take(), settings.to_string());
    let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(settings.as_bytes())));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    // A script that does not read says why itself.
    drop(writer.join());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = text.lines().last().unwrap_or_default();
    match serde_json::from_str(last) {
        Ok(counts) => Ok(Run { counts, text }),
        Err(_) => Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr))),
    }
}

fn folder() -> PathBuf {
    workspace().join("tests/browser")
}

/// npm writes down what it installed; a lock file that changed since asks for another install.
fn is_installed(folder: &Path) -> bool {
    let changed = |name: &str| folder.join(name).metadata().and_then(|data| data.modified()).ok();
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Some(wanted), Some(found)) => wanted <= found,
        _ => false,
    }
}

fn find_chromium() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut candidates =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|path| path.is_file())
}

fn install_chromium() -> Option<PathBuf> {
    let user = Command::new("id").arg("-u").output().ok()?;
    if user.stdout.trim_ascii() != b"0" {
        return None;
    }
    let install = ["install", "-y", "--no-install-recommends", "chromium"];
    if !apt_get(&install) {
        // The lists may be missing or too old.
        let _ = apt_get(&["update"]);
        let _ = apt_get(&install);
    }
    find_chromium()
}

fn apt_get(arguments: &[&str]) -> bool {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", OsStr::new("noninteractive"));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
