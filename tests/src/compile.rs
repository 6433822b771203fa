//! Gives a piece of user code to the compiler and reads what it says, line by line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::metadata;

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(PathBuf::from).unwrap_or(own)
}

/// Where compilations of tests put what they make; trybuild uses the same folder, so dependencies are built once.
#[must_use]
pub fn target() -> PathBuf {
    metadata::target().join("tests/trybuild")
}

/// A package that depends on a checkout of the client, and on nothing else unless it says so.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
}

/// What the compiler says, by the line of the user's code that it is said of.
pub type Said = BTreeMap<usize, Vec<String>>;

impl Package {
    /// A package of that name whose dependency `mileston-api` is in the workspace `root`.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn new(name: &str, root: &Path) -> std::io::Result<Self> {
        Package::with(name, root, "")
    }

    /// The same with more dependencies: lines of its manifest.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn with(name: &str, root: &Path, dependencies: &str) -> std::io::Result<Self> {
        let folder = metadata::target().join("tests").join(name);
        std::fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             mileston-api = {{ path = {:?} }}\n{dependencies}",
            root.join("mileston-api")
        );
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
        // The versions of the workspace, so that nothing is fetched.
        std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Package { folder })
    }

    /// Checks the code as this package's library. Empty: it compiles.
    ///
    /// # Errors
    /// Cargo cannot be run, or fails without saying why in the code.
    pub fn check(&self, code: &str) -> Result<Said, String> {
        std::fs::write(self.folder.join("src/lib.rs"), code).map_err(|error| error.to_string())?;
        let output = cargo(&self.folder)
            .args(["check", "--quiet", "--message-format=json"])
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        let said = said(&String::from_utf8_lossy(&output.stdout));
        if output.status.success() == said.is_empty() {
            Ok(said)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

/// Cargo for a package outside the workspace, without the network and without the flags of the test run.
#[must_use]
pub fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_NET_OFFLINE", "true")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTFLAGS");
    command
}

/// The errors of the messages in cargo's JSON, each with all its notes.
#[must_use]
pub fn said(messages: &str) -> Said {
    let mut said = Said::new();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        let primary = spans.iter().find(|span| span["is_primary"] == true).map(called);
        if let Some(line) = primary.and_then(|span| span["line_start"].as_u64()) {
            let text = message["rendered"].as_str().unwrap_or_default().to_owned();
            said.entry(usize::try_from(line).unwrap_or(usize::MAX)).or_default().push(text);
        }
    }
    said
}

/// The place where the outermost macro is called, for code that macros made.
pub(crate) fn called(span: &Value) -> &Value {
    match &span["expansion"]["span"] {
        Value::Null => span,
        outer => called(outer),
    }
}
