//! Drives headless Chromium over the sandbox's pages: `tests/browser/run.mjs`, with what it needs.
//!
//! Chromium is taken as found, or from Debian's packages where this process may install them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::program;
use crate::tools::Missing;

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
    crate::metadata::target().join("tests/screenshots")
}

/// A browser that can be driven.
///
/// # Errors
///
/// There is none, and it can't be installed.
pub fn chromium() -> Result<PathBuf, Missing> {
    find_chromium().or_else(install_chromium).ok_or_else(|| {
        Missing(
            "no Chromium: install it (Debian: `apt-get install chromium`) so that `chromium` is on the PATH"
                .to_owned(),
        )
    })
}

/// How long all stories together may take.
const LIMIT: Duration = Duration::from_secs(600);

/// Runs all stories against the sandbox of these settings.
///
/// # Errors
///
/// The script does not end in time, or ended before it could count.
pub async fn run((node, folder): (&Path, &Path), settings: &Value) -> Result<Run, String> {
    let mut command = tokio::process::Command::new(node);
    command.arg("run.mjs").current_dir(folder);
    let output = program::run(&mut command, &settings.to_string(), LIMIT).await?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = text.lines().last().unwrap_or_default();
    match serde_json::from_str(last) {
        Ok(counts) => Ok(Run { counts, text }),
        Err(_) => Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr))),
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
