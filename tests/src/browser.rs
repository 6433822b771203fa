//! Drives headless Chromium by a script in Node.js: `tests/browser/run.mjs` over the pages of the sandbox,
//! `tests/browser/frontend.mjs` over pages whose client is Rust.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::program;

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

/// How long all stories together may take.
const LIMIT: Duration = Duration::from_secs(600);

/// Runs all stories of a script with these settings.
///
/// # Errors
///
/// The script does not end in time, or ended before it could count.
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
