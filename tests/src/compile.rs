//! Compiles a piece of user code, and groups the compiler's messages by line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
pub use tools::workspace;

use crate::metadata;

/// Returns the target folder for compilations in tests. trybuild uses the same folder, so dependencies are built once.
#[must_use]
pub fn target() -> PathBuf {
    metadata::target().join("tests/trybuild")
}

/// A package outside the workspace: user code with only the given dependencies.
pub struct Package {
    folder: PathBuf,
    cargo: Box<dyn Fn(&Path) -> Command>,
}

/// The compiler's messages, by line of the user's code.
pub type Said = BTreeMap<usize, Vec<String>>;

impl Package {
    /// Creates a package with this name. Its dependency `mileston-api` comes from the workspace at `root`.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn new(name: &str, root: &Path) -> std::io::Result<Self> {
        Package::with(name, root, "")
    }

    /// Creates a package like [`Package::new`], with additional dependencies. `dependencies` contains lines for the
    /// manifest.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn with(name: &str, root: &Path, dependencies: &str) -> std::io::Result<Self> {
        let client = dependency("mileston-api", root, "mileston-api");
        Package::depending(name, root, &format!("{client}{dependencies}"))
    }

    /// Creates a package that depends on this workspace's `other-api`.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn of_other_api(name: &str) -> std::io::Result<Self> {
        let root = workspace();
        Package::depending(name, &root, &dependency("other-api", &root, "tests/other-api"))
    }

    /// Creates a package that depends on this workspace's `other-api` and `other-server`.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn of_other_server(name: &str) -> std::io::Result<Self> {
        let root = workspace();
        let client = dependency("other-api", &root, "tests/other-api");
        let server = dependency("other-server", &root, "tests/other-server");
        Package::depending(name, &root, &format!("{client}{server}"))
    }

    /// Sets the function that returns the cargo command for a package's folder. Tests use this to compile with a
    /// different cargo or for a different target.
    #[must_use]
    pub fn compiled_by(mut self, cargo: impl Fn(&Path) -> Command + 'static) -> Self {
        self.cargo = Box::new(cargo);
        self
    }

    /// Creates a package that depends on this workspace's `mileston-keys` and on serde. Its `.cargo/config.toml` sets
    /// these environment variables for the compiler.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn of_keys(name: &str, variables: &[(&str, &str)]) -> std::io::Result<Self> {
        let root = workspace();
        let dependencies = format!(
            "mileston-keys = {{ path = {:?}, features = [\"serde\"] }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\n",
            root.join("mileston-keys")
        );
        let package = Package::depending(name, &root, &dependencies)?;
        let lines: String =
            variables.iter().map(|(name, value)| format!("{name} = {value:?}\n")).collect();
        std::fs::create_dir_all(package.folder.join(".cargo"))?;
        std::fs::write(package.folder.join(".cargo/config.toml"), format!("[env]\n{lines}"))?;
        Ok(package)
    }

    /// Creates a package for generated code. It depends on this workspace's runtime and on the crates that
    /// generated types import.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn of_generated(name: &str, files: &BTreeMap<String, String>) -> std::io::Result<Self> {
        let root = workspace();
        let runtime = format!(
            "openapi-keys-runtime = {{ path = {:?}, features = [\"rustls\"] }}\n\
             serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n",
            root.join("runtime")
        );
        let package = Package::depending(name, &root, &runtime)?;
        let generated = package.folder.join("src/generated");
        // Files from an earlier run would be stale.
        drop(std::fs::remove_dir_all(&generated));
        for (name, text) in files {
            let path = generated.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&generated))?;
            std::fs::write(path, text)?;
        }
        Ok(package)
    }

    fn depending(name: &str, root: &Path, dependencies: &str) -> std::io::Result<Self> {
        let folder = metadata::target().join("tests").join(name);
        std::fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
             {dependencies}"
        );
        std::fs::write(folder.join("Cargo.toml"), manifest)?;
        // With the workspace's lock file, cargo downloads nothing.
        std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(Package { folder, cargo: Box::new(cargo) })
    }

    /// Checks the code as this package's library. Returns no messages if the code compiles.
    ///
    /// # Errors
    /// Returns an error if a file can't be written, if cargo can't be run, or if it fails although the code has no
    /// error.
    pub fn check(&self, code: &str) -> Result<Said, String> {
        let output = self.output(code)?;
        let said = said(&String::from_utf8_lossy(&output.stdout));
        if output.status.success() == said.is_empty() {
            Ok(said)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }

    /// Checks the code as this package's library. Returns cargo's complete output, with the messages in JSON.
    ///
    /// # Errors
    /// Returns an error if a file can't be written, or if cargo can't be run.
    pub fn output(&self, code: &str) -> Result<Output, String> {
        self.command(code)?
            // Like `cargo check`, but the compiler doesn't shorten long types.
            .args(["rustc", "--lib", "--profile=check", "--quiet", "--message-format=json"])
            .args(["--", "--diagnostic-width=10000"])
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))
    }

    /// Writes the code as this package's library, and returns a cargo command for the package, without arguments.
    ///
    /// # Errors
    /// Returns an error if a file can't be written.
    pub fn command(&self, code: &str) -> Result<Command, String> {
        std::fs::write(self.folder.join("src/lib.rs"), code).map_err(|error| error.to_string())?;
        Ok((self.cargo)(&self.folder))
    }
}

/// Returns a manifest line for a crate in a folder of the workspace `root`.
fn dependency(name: &str, root: &Path, folder: &str) -> String {
    format!("{name} = {{ path = {:?} }}\n", root.join(folder))
}

/// Returns a cargo command for a package outside the workspace. It runs offline and without the test run's flags.
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

/// Returns the errors in cargo's JSON messages, each with all its notes.
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

/// Returns the outermost macro call that expanded to this code.
pub(crate) fn called(span: &Value) -> &Value {
    match &span["expansion"]["span"] {
        Value::Null => span,
        outer => called(outer),
    }
}
