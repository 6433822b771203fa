//! Drives headless Chromium with a Node.js script: `tests/browser/run.mjs` for the sandbox's pages, and
//! `tests/browser/frontend.mjs` for pages whose client is written in Rust.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::program;

/// The result of running the stories, which are the scenarios in `tests/browser/stories` or `tests/browser/frontend`.
#[derive(Clone, Debug)]
pub struct Run {
    /// The complete output.
    pub text: String,
    /// The last line: the numbers of stories, checks, requests, screenshots and failed stories.
    pub counts: Value,
}

/// Returns the folder with the screenshots.
#[must_use]
pub fn screenshots() -> PathBuf {
    crate::metadata::target().join("tests/screenshots")
}

/// The time limit for all stories together.
const LIMIT: Duration = Duration::from_secs(600);

/// Runs all stories of a script with the given settings.
///
/// # Errors
///
/// Returns an error if the script can't be started, exceeds the time limit, or exits before it prints the counts.
pub async fn run(
    (node, folder): (&Path, &Path),
    script: &str,
    settings: &Value,
) -> Result<Run, String> {
    let mut command = tokio::process::Command::new(node);
    command.arg(script).current_dir(folder);
    let output = program::run(&mut command, &settings.to_string(), LIMIT).await?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let last = text.lines().last().unwrap_or_default();
    match serde_json::from_str(last) {
        Ok(counts) => Ok(Run { counts, text }),
        Err(_) => Err(format!("{text}{}", String::from_utf8_lossy(&output.stderr))),
    }
}
